import type { Span } from "../../model/batch.ts";

/** An axis cut where spans begin and end, and who takes each piece. Piece j has j edges before it. */
export interface Segments<Taker> {
  readonly edges: Float64Array;
  readonly takers: readonly (readonly Taker[])[];
}

interface Stretch<Taker> {
  readonly from: number;
  readonly to: number;
  readonly takers: readonly Taker[];
}

function segmentsOf<Taker>(all: readonly Stretch<Taker>[]): Segments<Taker> {
  const stretches = all.filter(({ from, to }) => from < to);
  const edges = Float64Array.from(new Set(stretches.flatMap(({ from, to }) => [from, to]))).sort();
  // By taker, how many more of its stretches are open from each piece on: there are few takers, and many stretches.
  const opened = new Map<Taker, Int32Array>();
  for (const { from, to, takers: own } of stretches) {
    const [first, end] = [edgesUpTo(edges, from), edgesUpTo(edges, to)];
    for (const taker of own) {
      const changes = opened.get(taker) ?? new Int32Array(edges.length + 1);
      changes[first]!++;
      changes[end]!--;
      opened.set(taker, changes);
    }
  }
  const takers: Taker[][] = Array.from({ length: edges.length + 1 }, () => []);
  for (const [taker, changes] of opened)
    for (let piece = 0, open = 0; piece < changes.length; piece++) {
      open += changes[piece]!;
      if (open > 0) takers[piece]!.push(taker);
    }
  return { edges, takers };
}

/** Segments of rows: a span takes fromRow <= row < toRow. */
export function rowSegments<Taker>(
  spans: readonly Span[],
  takersOf: (span: number) => readonly Taker[],
): Segments<Taker> {
  return segmentsOf(spans.map(({ fromRow, toRow }, i) => ({ from: fromRow, to: toRow, takers: takersOf(i) })));
}

/**
 * Segments of time, for what is no request: a span takes fromNs < time <= toNs.
 * Half a nanosecond makes that "from" and "before", so that what is known when a chunk arrives settles it.
 */
export function timeSegments<Taker>(
  spans: readonly Span[],
  takersOf: (span: number) => readonly Taker[],
): Segments<Taker> {
  const edge = (ns: number): number => (Number.isNaN(ns) ? Number.POSITIVE_INFINITY : ns + 0.5);
  return segmentsOf(spans.map(({ fromNs, toNs }, i) => ({ from: edge(fromNs), to: edge(toNs), takers: takersOf(i) })));
}

/** How many edges are at or before a place. */
export function edgesUpTo(edges: Float64Array, place: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (edges[mid]! <= place) low = mid + 1;
    else high = mid;
  }
  return low;
}
