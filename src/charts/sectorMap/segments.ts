import type { SectorMap } from "../../analysis/metrics/sectorMap.ts";
import { classLook, DISCARDED, type Look, merged, ZEROED } from "./looks.ts";

/** A stretch of cells that look alike, with one look for each of the maps drawn together. */
export interface Segment {
  readonly first: number;
  readonly end: number;
  readonly looks: readonly Look[];
}

interface Run {
  readonly first: number;
  readonly end: number;
  readonly look: Look;
}

/** What a sector map says of the sectors, as stretches that do not overlap; in sectors, ascending. */
export function segmentsOf({ runs, discard, writeZeroes }: SectorMap): readonly Segment[] {
  return overlaid([
    runs.map(([first, length, sectorClass]) => run(first!, length!, classLook(sectorClass!))),
    discard.runs.map(([first, length]) => run(first!, length!, DISCARDED)),
    writeZeroes.runs.map(([first, length]) => run(first!, length!, ZEROED)),
  ]);
}

function run(first: number, length: number, look: Look): Run {
  return { first, end: first + length, look };
}

/** Two maps over each other: each stretch with its look in A and in B. */
export function paired(a: readonly Segment[], b: readonly Segment[]): readonly Segment[] {
  const edges = new Set([...a, ...b].flatMap(({ first, end }) => [first, end]));
  const ascending = [...edges].sort((one, other) => one - other);
  const lookAt = [lookReader(a), lookReader(b)];
  const segments: Segment[] = [];
  for (let i = 1; i < ascending.length; i++) {
    const first = ascending[i - 1]!;
    append(segments, { first, end: ascending[i]!, looks: lookAt.map((look) => look(first)) });
  }
  return segments;
}

/** The look at a place; places must be asked for in ascending order. */
function lookReader(segments: readonly Segment[]): (place: number) => Look {
  let next = 0;
  return (place) => {
    while (next < segments.length && segments[next]!.end <= place) next++;
    const here = segments[next];
    return here !== undefined && here.first <= place ? here.looks[0]! : 0;
  };
}

/** @param layers lists of runs, ascending; the runs of a list do not overlap. */
function overlaid(layers: readonly (readonly Run[])[]): readonly Segment[] {
  const edges = new Set(layers.flat().flatMap(({ first, end }) => [first, end]));
  const ascending = [...edges].sort((a, b) => a - b);
  const next = layers.map(() => 0);
  const segments: Segment[] = [];
  for (let i = 1; i < ascending.length; i++) {
    const first = ascending[i - 1]!;
    let look = 0;
    layers.forEach((layer, l) => {
      while (next[l]! < layer.length && layer[next[l]!]!.end <= first) next[l]!++;
      const here = layer[next[l]!];
      if (here !== undefined && here.first <= first) look |= here.look;
    });
    append(segments, { first, end: ascending[i]!, looks: [look] });
  }
  return segments;
}

/** The same in cells of `factor` units: a cell that several stretches share takes what is strongest in them. */
export function coarsened(segments: readonly Segment[], factor: number): readonly Segment[] {
  const coarse: Segment[] = [];
  for (const { first, end, looks } of segments) {
    const from = Math.floor(first / factor);
    const to = Math.ceil(end / factor);
    const last = coarse.at(-1);
    if (last === undefined || from >= last.end) {
      append(coarse, { first: from, end: to, looks });
      continue;
    }
    // Stretches do not overlap, so only the last cell can be shared.
    coarse.pop();
    append(coarse, { ...last, end: from });
    append(coarse, { first: from, end: from + 1, looks: last.looks.map((look, i) => merged(look, looks[i]!)) });
    append(coarse, { first: from + 1, end: to, looks });
  }
  return coarse;
}

function append(segments: Segment[], segment: Segment): void {
  if (segment.first >= segment.end || segment.looks.every((look) => look === 0)) return;
  const last = segments.at(-1);
  if (last !== undefined && last.end === segment.first && sameLooks(last, segment)) {
    segments[segments.length - 1] = { ...last, end: segment.end };
  } else segments.push(segment);
}

function sameLooks(a: Pick<Segment, "looks">, b: Pick<Segment, "looks">): boolean {
  return a.looks.every((look, i) => look === b.looks[i]);
}

/** How many stretches stand apart, whatever is in them. */
export function rangesIn(segments: readonly Segment[]): number {
  return segments.filter(({ first }, i) => segments[i - 1]?.end !== first).length;
}

export function cellsIn(segments: readonly Segment[], counts: (looks: readonly Look[]) => boolean): number {
  return segments.reduce((sum, { first, end, looks }) => (counts(looks) ? sum + end - first : sum), 0);
}
