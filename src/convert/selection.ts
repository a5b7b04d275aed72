import type { RequestBatch } from "../model/batch.ts";
import type { Ns } from "../model/units.ts";

/** Which requests are converted: those that fulfil all of it. */
export interface Selection {
  /** Indexes of the devices. */
  readonly devices: ReadonlySet<number>;
  /** Ranges of the trace's rows, ascending and apart; null is all. */
  readonly rows: readonly (readonly [from: number, to: number])[] | null;
  /** Issued at or after this. */
  readonly fromNs: Ns;
  /** Issued before this. */
  readonly untilNs: Ns;
}

/** Whether nothing but the device decides. */
export function takesAllRows({ rows, fromNs, untilNs }: Selection): boolean {
  return rows === null && fromNs === Number.NEGATIVE_INFINITY && untilNs === Number.POSITIVE_INFINITY;
}

/** Whether something at this row and time lies in the selected stretches. */
export function takesPlace({ rows, fromNs, untilNs }: Selection, row: number, timeNs: Ns): boolean {
  if (timeNs < fromNs || timeNs >= untilNs) return false;
  return rows === null || rows.some(([from, to]) => row >= from && row < to);
}

/** The positions of the selected requests of a batch, ascending; the array is used again by the next call. */
export function selector(selection: Selection): (requests: RequestBatch) => Uint32Array {
  const { devices, fromNs, untilNs } = selection;
  const ranges = selection.rows ?? [[0, Number.POSITIVE_INFINITY] as const];
  let positions = new Uint32Array(0);
  let range = 0;
  return ({ firstRow, length, device, issueNs }) => {
    if (positions.length < length) positions = new Uint32Array(length);
    let count = 0;
    for (let i = 0; i < length; i++) {
      const row = firstRow + i;
      while (range < ranges.length && row >= ranges[range]![1]) range++;
      if (range === ranges.length) break;
      const timeNs = issueNs[i]!;
      if (row < ranges[range]![0] || timeNs < fromNs || timeNs >= untilNs || !devices.has(device[i]!)) continue;
      positions[count++] = i;
    }
    return positions.subarray(0, count);
  };
}
