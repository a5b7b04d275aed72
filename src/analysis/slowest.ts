import type { Chunk, CompletionBatch } from "../model/batch.ts";
import { OPS } from "../model/ops.ts";
import {
  askNoMore,
  companyOfRow,
  endInCompany,
  type InCompany,
  issueInCompany,
  reachEnd,
  startCompany,
} from "./company.ts";
import { passQuietStretch, type Reached } from "./quietStretch.ts";
import type { Part } from "./scopes/part.ts";
import type { SlowRequest } from "./summary.ts";

const MOST_SLOW = 10;

/** The requests with the longest d2c so far, slowest first, each with its company; of equals the first row. */
export interface SlowestState {
  readonly slowest: SlowRequest[];
  readonly company: InCompany;
  readonly reached: Reached;
  /** By request of the chunk at hand 1 where its company may be asked for. */
  isAsked: Uint8Array;
}

export function startSlowest(): SlowestState {
  return { slowest: [], company: startCompany(), reached: { issues: 0, ends: 0 }, isAsked: new Uint8Array(0) };
}

/** Merges issues and completions by time; a completion waits for its own issue. */
export function addToSlowest(state: SlowestState, chunk: Chunk, issued: Part, done: Part): void {
  const { requests, completions } = chunk;
  const { firstRow, issueNs } = requests;
  const { row, completeNs } = completions;
  askForSlow(state, chunk, done);
  const { company, isAsked, reached } = state;
  passQuietStretch(company, chunk, issued, done, isAsked, reached);
  let k = reached.issues;
  for (let d = reached.ends; d < done.count; d++) {
    const c = done.index[d]!;
    const ownRow = row[c]!;
    const atNs = completeNs[c]!;
    for (; k < issued.count; k++) {
      const i = issued.index[k]!;
      if (firstRow + i > ownRow && !(issueNs[i]! < atNs)) break;
      issueInCompany(company, requests, i, isAsked[i]!);
    }
    reachEnd(company, completions, c);
    if (isSlow(state.slowest, atNs - completions.issueNs[c]!)) keepSlow(state, completions, c);
    endInCompany(company, completions, c);
  }
  for (; k < issued.count; k++) issueInCompany(company, requests, issued.index[k]!, isAsked[issued.index[k]!]!);
}

/** Of requests that end in this chunk it is known whether they may be among the slowest. */
function askForSlow(state: SlowestState, { requests, completions }: Chunk, done: Part): void {
  if (state.isAsked.length < requests.length) state.isAsked = new Uint8Array(2 * requests.length);
  const { isAsked, slowest, company } = state;
  const { firstRow } = requests;
  const { row, issueNs, completeNs } = completions;
  isAsked.fill(1, 0, requests.length);
  for (let d = 0; d < done.count; d++) {
    const c = done.index[d]!;
    if (isSlow(slowest, completeNs[c]! - issueNs[c]!)) continue;
    const i = row[c]! - firstRow;
    if (i >= 0) isAsked[i] = 0;
    else askNoMore(company, row[c]!);
  }
}

/** Whether a request is among the slowest so far; its time may be NaN. */
function isSlow(slowest: readonly SlowRequest[], latencyNs: number): boolean {
  return slowest.length < MOST_SLOW ? latencyNs >= 0 : latencyNs >= slowest[MOST_SLOW - 1]!.latencyNs;
}

function keepSlow({ slowest, company }: SlowestState, completions: CompletionBatch, c: number): void {
  const latencyNs = completions.completeNs[c]! - completions.issueNs[c]!;
  insert(slowest, { ...slowRequest(completions, c, latencyNs), ...companyOfRow(company, completions.row[c]!) });
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
    /** It is named when all devices are known. */
    target: null,
  };
}

function insert(slowest: SlowRequest[], request: SlowRequest): void {
  slowest.push(request);
  slowest.sort((a, b) => b.latencyNs - a.latencyNs || a.row - b.row);
  if (slowest.length > MOST_SLOW) slowest.pop();
}
