import type { Span } from "../../model/batch.ts";

/** The rows of all the spans as ranges that do not touch, ascending. */
export function rowRanges(spans: readonly Span[]): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  for (const { fromRow, toRow } of spans.toSorted((a, b) => a.fromRow - b.fromRow)) {
    const last = ranges.at(-1);
    if (last && fromRow <= last[1]) last[1] = Math.max(last[1], toRow);
    else ranges.push([fromRow, toRow]);
  }
  return ranges;
}
