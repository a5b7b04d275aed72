import type { Chunk, CompletionBatch } from "../model/batch.ts";
import { OPS } from "../model/ops.ts";
import { companyOfRow, endInCompany, type InCompany, issueInCompany, reachEnd, startCompany } from "./company.ts";
import type { Part } from "./scopes/part.ts";
import type { SlowRequest } from "./summary.ts";

const MOST_SLOW = 10;

/** The requests with the longest d2c so far, slowest first, each with its company; of equals the first row. */
export interface SlowestState {
  readonly slowest: SlowRequest[];
  readonly company: InCompany;
}

export function startSlowest(): SlowestState {
  return { slowest: [], company: startCompany() };
}

/** Merges issues and completions by time; a completion waits for its own issue. */
export function addToSlowest(state: SlowestState, { requests, completions }: Chunk, issued: Part, done: Part): void {
  let k = 0;
  for (let d = 0; d < done.count; d++) {
    const c = done.index[d]!;
    while (k < issued.count) {
      const i = issued.index[k]!;
      const isLater = requests.firstRow + i > completions.row[c]!;
      if (isLater && !(requests.issueNs[i]! < completions.completeNs[c]!)) break;
      issueInCompany(state.company, requests, i);
      k++;
    }
    reachEnd(state.company, completions, c);
    keepIfSlow(state, completions, c);
    endInCompany(state.company, completions, c);
  }
  for (; k < issued.count; k++) issueInCompany(state.company, requests, issued.index[k]!);
}

function keepIfSlow({ slowest, company }: SlowestState, completions: CompletionBatch, c: number): void {
  const latencyNs = completions.completeNs[c]! - completions.issueNs[c]!;
  const isSlow = slowest.length < MOST_SLOW ? latencyNs >= 0 : latencyNs >= slowest[MOST_SLOW - 1]!.latencyNs;
  if (!isSlow) return;
  const row = completions.row[c]!;
  insert(slowest, { ...slowRequest(completions, c, latencyNs), ...companyOfRow(company, row) });
}

function slowRequest(completions: CompletionBatch, i: number, latencyNs: number) {
  return {
    row: completions.row[i]!,
    op: OPS[completions.op[i]!]!,
    offsetBytes: completions.offsetBytes[i]!,
    lengthBytes: completions.lengthBytes[i]!,
    issueNs: completions.issueNs[i]!,
    latencyNs,
    device: completions.device[i]!,
  };
}

function insert(slowest: SlowRequest[], request: SlowRequest): void {
  slowest.push(request);
  slowest.sort((a, b) => b.latencyNs - a.latencyNs || a.row - b.row);
  if (slowest.length > MOST_SLOW) slowest.pop();
}
