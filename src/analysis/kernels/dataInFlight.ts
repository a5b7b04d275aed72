import type { View } from "../metric.ts";
import { IS_DATA_OP } from "./dataRequest.ts";
import { complete, type InFlight, issue } from "./inFlight.ts";

/** Merges issues and completions of data requests by time; a completion waits for its own issue. */
export function addDataInFlight(state: InFlight, view: View): void {
  const { requests, rows, rowCount, completions, done, doneCount } = view;
  let k = 0;
  for (let d = 0; d < doneCount; d++) {
    const c = done[d]!;
    if (IS_DATA_OP[completions.op[c]!] === 0 || !(completions.lengthBytes[c]! > 0)) continue;
    const row = completions.row[c]!;
    const completeNs = completions.completeNs[c]!;
    while (k < rowCount) {
      const i = rows[k]!;
      if (requests.firstRow + i > row && !(requests.issueNs[i]! < completeNs)) break;
      issueData(state, view, i);
      k++;
    }
    complete(state, row, completeNs);
  }
  for (; k < rowCount; k++) issueData(state, view, rows[k]!);
}

function issueData(state: InFlight, { requests }: View, i: number): void {
  if (IS_DATA_OP[requests.op[i]!] === 0 || !(requests.lengthBytes[i]! > 0)) return;
  issue(state, requests.firstRow + i, requests.issueNs[i]!);
}
