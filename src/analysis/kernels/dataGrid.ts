import type { View } from "../metric.ts";
import { type AdaptiveGrid, reachInGrid } from "./adaptiveGrid.ts";
import { IS_DATA_OP } from "./dataRequest.ts";

/** Takes the times and addresses of a view's data requests into the range of a grid. */
export function reachDataRequests(grid: AdaptiveGrid, { requests, rows, rowCount }: View): void {
  const { op, offsetBytes, lengthBytes, issueNs } = requests;
  const movesData = IS_DATA_OP;
  let [firstNs, lastNs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const length = lengthBytes[i]!;
    if (movesData[op[i]!] === 0 || !(length > 0)) continue;
    const atNs = issueNs[i]!;
    const offset = offsetBytes[i]!;
    if (atNs < firstNs) firstNs = atNs;
    if (atNs > lastNs) lastNs = atNs;
    if (offset < from) from = offset;
    if (offset + length > until) until = offset + length;
  }
  if (until > from) reachInGrid(grid, firstNs, lastNs, from, until - 1);
}
