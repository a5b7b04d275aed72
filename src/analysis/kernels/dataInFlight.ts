import type { View } from "../metric.ts";
import { IS_DATA_OP } from "./dataRequest.ts";
import { type InFlight, settle } from "./inFlight.ts";

const IS_DATA = IS_DATA_OP;

/**
 * Merges issues and completions of data requests by time; a completion waits for its own issue.
 * The latest moment is held in variables: a call for each event would allocate its time.
 */
export function addDataInFlight(state: InFlight, view: View): void {
  const { requests, rows, rowCount, completions, done, doneCount } = view;
  const { firstRow, op, lengthBytes, issueNs } = requests;
  const { row, op: opDone, lengthBytes: bytesDone, completeNs } = completions;
  let { atNs, lastRow } = state;
  let k = 0;
  for (let d = 0; ; d++) {
    const isOver = d >= doneCount;
    const c = isOver ? 0 : done[d]!;
    if (!isOver && (IS_DATA[opDone[c]!] === 0 || !(bytesDone[c]! > 0))) continue;
    const ownRow = isOver ? Number.POSITIVE_INFINITY : row[c]!;
    const endNs = isOver ? Number.NaN : completeNs[c]!;
    for (; k < rowCount; k++) {
      const i = rows[k]!;
      const fromNs = issueNs[i]!;
      if (firstRow + i > ownRow && !(fromNs < endNs)) break;
      if (IS_DATA[op[i]!] === 0 || !(lengthBytes[i]! > 0)) continue;
      if (!(fromNs <= atNs)) {
        settle(state);
        atNs = fromNs;
        state.atNs = fromNs;
      }
      state.issued++;
      lastRow = firstRow + i;
      state.lastRowCompleted = false;
    }
    if (isOver) break;
    if (Number.isNaN(endNs)) {
      state.untimed++;
      continue;
    }
    if (!(endNs <= atNs)) {
      settle(state);
      atNs = endNs;
      state.atNs = endNs;
    }
    state.completed += 1 + state.untimed;
    state.untimed = 0;
    if (ownRow === lastRow) state.lastRowCompleted = true;
  }
  state.lastRow = lastRow;
}
