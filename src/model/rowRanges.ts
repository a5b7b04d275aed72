/** Rows of a trace as ranges [from, to); null: every row. */
export type RowRanges = readonly (readonly [from: number, to: number])[] | null;

export function isInRows(row: number, ranges: RowRanges): boolean {
  return ranges === null || ranges.some(([from, to]) => row >= from && row < to);
}
