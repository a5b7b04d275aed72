import type { RequestBatch } from "../../model/batch.ts";
import { OPS } from "../../model/ops.ts";
import { IS_DATA_OP } from "./dataRequest.ts";
import { addToFrequent, type Frequent, startFrequent } from "./frequent.ts";
import { PER_DEVICE, roomForDevice, startPrevious } from "./previous.ts";

const MOST_ROWS = 4096;
/** Of what is not the next data request of its op. */
const NO_OP = 255;

/** How far the start of each data request is from that of the previous one of its op and device: the commonest, by op. */
export interface Strides {
  readonly byOp: (Frequent | undefined)[];
  previousStart: Float64Array;
}

export function startStrides(): Strides {
  return { byOp: [], previousStart: startPrevious() };
}

// Nothing is kept in these from one batch to the next.
const stride = new Float64Array(MOST_ROWS);
const opOf = new Uint8Array(MOST_ROWS);
const ofOneOp = new Float64Array(MOST_ROWS);
const isMet = new Uint8Array(OPS.length);

export function addStrides(strides: Strides, requests: RequestBatch, rows: Uint32Array, rowCount: number): void {
  for (let first = 0; first < rowCount; first += MOST_ROWS) {
    const count = Math.min(MOST_ROWS, rowCount - first);
    isMet.fill(0);
    measure(strides, requests, rows, first, count);
    for (let op = 0; op < OPS.length; op++) if (isMet[op] === 1) addThoseOf(strides, op, count);
  }
}

function measure(strides: Strides, requests: RequestBatch, rows: Uint32Array, first: number, count: number): void {
  const { op, device, offsetBytes, lengthBytes } = requests;
  const movesData = IS_DATA_OP;
  let starts = strides.previousStart;
  for (let k = 0; k < count; k++) {
    const i = rows[first + k]!;
    const code = op[i]!;
    opOf[k] = NO_OP;
    if (movesData[code] === 0 || !(lengthBytes[i]! > 0)) continue;
    const place = device[i]! * PER_DEVICE + 1 + code;
    if (place >= starts.length) starts = roomForDevice(starts, device[i]!);
    const offset = offsetBytes[i]!;
    const before = starts[place]!;
    starts[place] = offset;
    if (Number.isNaN(before)) continue;
    stride[k] = offset - before;
    opOf[k] = code;
    isMet[code] = 1;
  }
  strides.previousStart = starts;
}

function addThoseOf({ byOp }: Strides, op: number, count: number): void {
  let found = 0;
  for (let k = 0; k < count; k++) if (opOf[k] === op) ofOneOp[found++] = stride[k]!;
  byOp[op] ??= startFrequent();
  addToFrequent(byOp[op], ofOneOp, 0, found);
}
