import type { RequestBatch } from "../../model/batch.ts";
import { OPS } from "../../model/ops.ts";
import { addGroup, addGroups, BLOCK_ROWS, leaveInOrder, putGroup, putNumber, sortBlock } from "./block.ts";
import { type LogHistogram, startLogHistogram } from "./logHistogram.ts";
import { PER_DEVICE as NUMBERS, roomForDevice, startPrevious } from "./previous.ts";

// Hot code reads constants of its own file.
const PER_DEVICE = NUMBERS;

/** Times between data requests and the previous ones on their devices: of any op, and of the same op. */
export interface Gaps {
  readonly all: LogHistogram;
  readonly byOp: (LogHistogram | undefined)[];
  previousNs: Float64Array;
}

export function startGaps(): Gaps {
  return { all: startLogHistogram(), byOp: [], previousNs: startPrevious() };
}

// Nothing is kept here from one block to the next.
const ownGap = new Float64Array(BLOCK_ROWS);
const OP_CODES = OPS.length;

/** Adds the gaps of the chosen rows, by queue time where it is recorded; requests may have been queued in another order than issued. */
export function addGaps(gaps: Gaps, requests: RequestBatch, rows: Uint32Array, rowCount: number): void {
  for (let first = 0; first < rowCount; first += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rowCount - first);
    leaveInOrder(count);
    putGaps(gaps, requests, rows, first, count);
    addGroup(gaps.all, 0);
    sortBlock(OP_CODES, count);
    for (let k = 0; k < count; k++) putNumber(k, ownGap[k]!);
    addGroups(gaps.byOp, OP_CODES);
  }
}

function putGaps(gaps: Gaps, requests: RequestBatch, rows: Uint32Array, first: number, count: number): void {
  const { op, device, lengthBytes, queueNs, issueNs } = requests;
  let previous = gaps.previousNs;
  for (let k = 0; k < count; k++) {
    const i = rows[first + k]!;
    const code = op[i]!;
    putGroup(k, code);
    putNumber(k, Number.NaN);
    ownGap[k] = Number.NaN;
    if (lengthBytes[i] === 0) continue;
    const base = device[i]! * PER_DEVICE;
    if (base >= previous.length) previous = roomForDevice(previous, device[i]!);
    const own = base + 1 + code;
    const queued = queueNs[i]!;
    const time = Number.isNaN(queued) ? issueNs[i]! : queued;
    putNumber(k, Math.abs(time - previous[base]!));
    ownGap[k] = Math.abs(time - previous[own]!);
    previous[base] = time;
    previous[own] = time;
  }
  gaps.previousNs = previous;
}
