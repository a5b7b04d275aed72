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
  const takers: Set<Taker>[] = Array.from({ length: edges.length + 1 }, () => new Set());
  for (const { from, to, takers: own } of stretches) {
    const end = edgesUpTo(edges, to);
    for (let j = edgesUpTo(edges, from); j < end; j++) for (const taker of own) takers[j]!.add(taker);
  }
  return { edges, takers: takers.map((set) => [...set]) };
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
