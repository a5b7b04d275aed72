import type { TraceBuilder } from "../../model/builder.ts";
import { OP_CODE } from "../../model/ops.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import type { PlainLines } from "../text/readLines.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const { read: READ, write: WRITE } = OP_CODE;
const SECTOR = SECTOR_BYTES;
const [LINE_FEED, SPACE, ZERO, LETTER_R, LETTER_W] = [10, 32, 48, 82, 87];
/** Sectors of so many digits have bytes that are exact. */
const MOST_DIGITS = 12;
const NO_CPU = -1;

/** Reads lines like `W 66 2`, straight into the columns. */
export class PlainRequests implements PlainLines {
  lines = 0;
  readonly #device: number;
  readonly #out: TraceBuilder;

  constructor(device: number, out: TraceBuilder) {
    this.#device = device;
    this.#out = out;
  }

  /** Hot. */
  read(bytes: Uint8Array, from: number, end: number): number {
    const out = this.#out;
    const device = this.#device;
    const batch = out.requests;
    const { op, flags, offsetBytes, lengthBytes, issueNs, queueNs, process, cpu, mergedBios, cgroup } = batch;
    let row = out.rows;
    let at = from;
    let lines = 0;
    while (at < end) {
      const letter = bytes[at];
      if ((letter !== LETTER_R && letter !== LETTER_W) || bytes[at + 1] !== SPACE) break;
      const sectorAt = at + 2;
      let to = sectorAt;
      let sector = 0;
      for (let digit = bytes[to]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++to]! - ZERO)
        sector = sector * 10 + digit;
      if (to === sectorAt || to > sectorAt + MOST_DIGITS || bytes[to] !== SPACE) break;
      const countAt = ++to;
      let count = 0;
      for (let digit = bytes[to]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++to]! - ZERO)
        count = count * 10 + digit;
      if (to === countAt || to > countAt + MOST_DIGITS || to >= end || bytes[to] !== LINE_FEED) break;
      const i = batch.length;
      op[i] = letter === LETTER_R ? READ : WRITE;
      flags[i] = 0;
      batch.device[i] = device;
      offsetBytes[i] = sector * SECTOR;
      lengthBytes[i] = count * SECTOR;
      issueNs[i] = row++;
      queueNs[i] = Number.NaN;
      process[i] = 0;
      cpu[i] = NO_CPU;
      mergedBios[i] = 0;
      cgroup[i] = 0;
      out.takeRequest();
      lines++;
      at = to + 1;
    }
    this.lines = lines;
    return at;
  }
}
