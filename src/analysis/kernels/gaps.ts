import type { RequestBatch } from "../../model/batch.ts";
import { addToHistogram, type LogHistogram, startLogHistogram } from "./logHistogram.ts";
import { PER_DEVICE, roomForDevice, startPrevious } from "./previous.ts";

/** Times between data requests and the previous ones on their devices: of any op, and of the same op. */
export interface Gaps {
  readonly all: LogHistogram;
  readonly byOp: (LogHistogram | undefined)[];
  previousNs: Float64Array;
}

export function startGaps(): Gaps {
  return { all: startLogHistogram(), byOp: [], previousNs: startPrevious() };
}

/** Adds the gaps of the chosen rows, by queue time where it is recorded; requests may have been queued in another order than issued. */
export function addGaps(gaps: Gaps, requests: RequestBatch, rows: Uint32Array, rowCount: number): void {
  const { op, device, lengthBytes, queueNs, issueNs } = requests;
  const { all, byOp } = gaps;
  let previous = gaps.previousNs;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    if (lengthBytes[i] === 0) continue;
    const code = op[i]!;
    const base = device[i]! * PER_DEVICE;
    if (base >= previous.length) previous = roomForDevice(previous, device[i]!);
    const own = base + 1 + code;
    const queued = queueNs[i]!;
    const time = Number.isNaN(queued) ? issueNs[i]! : queued;
    const gap = Math.abs(time - previous[base]!);
    const ownGap = Math.abs(time - previous[own]!);
    if (gap >= 0) addToHistogram(all, gap);
    byOp[code] ??= startLogHistogram();
    if (ownGap >= 0) addToHistogram(byOp[code], ownGap);
    previous[base] = time;
    previous[own] = time;
  }
  gaps.previousNs = previous;
}
