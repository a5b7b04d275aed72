import type { TraceBuilder } from "../../model/builder.ts";
import { OP_CODE } from "../../model/ops.ts";
import type { ByteNames } from "../text/byteNames.ts";
import { PlainNumber } from "../text/plainNumber.ts";
import type { LogTimes } from "./logTimes.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const { read: READ, write: WRITE, flush: FLUSH, discard: DISCARD } = OP_CODE;
const [LINE_FEED, SPACE, LETTER_E] = [10, 32, 101];
const [READ_NAME, WRIT, SYNC, DATA, TRIM] = [
  wordOf("read"),
  wordOf("writ"),
  wordOf("sync"),
  wordOf("data"),
  wordOf("trim"),
];
const NO_CPU = -1;
const ODD = -1;

/** Reads the usual lines of requests, `356 /dev/vdb read 0 16384`, straight into the columns. */
export class PlainRequests {
  readonly #out: TraceBuilder;
  readonly #times: LogTimes;
  readonly #devices: ByteNames;
  readonly #time = new PlainNumber();
  readonly #offset = new PlainNumber();
  readonly #length = new PlainNumber();

  constructor(out: TraceBuilder, times: LogTimes, devices: ByteNames) {
    this.#out = out;
    this.#times = times;
    this.#devices = devices;
  }

  /** Reads the line that begins there; gives its line feed, or ODD, and then has done nothing. Hot. */
  readonly take = (bytes: Uint8Array, from: number): number => {
    const { version } = this.#times;
    let nameAt = from;
    if (version === 3) {
      const to = this.#time.read(bytes, from);
      if (to === from || bytes[to] !== SPACE) return ODD;
      nameAt = to + 1;
    } else if (version !== 2) return ODD;
    const devices = this.#devices;
    const latestTo = devices.endOfLast(bytes, nameAt);
    const isLatest = latestTo > nameAt && bytes[latestTo] === SPACE;
    const nameTo = isLatest ? latestTo : nameEnd(bytes, nameAt);
    if (nameTo === nameAt || bytes[nameTo] !== SPACE) return ODD;

    let at = nameTo + 5;
    const action = wordAt(bytes, nameTo + 1);
    let op = READ;
    if (action === WRIT) {
      if (bytes[at++] !== LETTER_E) return ODD;
      op = WRITE;
    } else if (action === SYNC) op = FLUSH;
    else if (action === DATA) {
      if (wordAt(bytes, at) !== SYNC) return ODD;
      at += 4;
      op = FLUSH;
    } else if (action === TRIM) op = DISCARD;
    else if (action !== READ_NAME) return ODD;
    if (bytes[at] !== SPACE) return ODD;
    const offsetAt = at + 1;
    at = this.#offset.read(bytes, offsetAt);
    if (at === offsetAt || bytes[at] !== SPACE) return ODD;
    const lengthAt = at + 1;
    at = this.#length.read(bytes, lengthAt);
    if (at === lengthAt || bytes[at] !== LINE_FEED) return ODD;

    this.#add(op, version, isLatest ? devices.lastNumber : devices.find(bytes, nameAt, nameTo));
    return at;
  };

  /** A flush repeats the offset of the request before it, and has none. */
  #add(op: number, version: number, device: number): void {
    const out = this.#out;
    const batch = out.requests;
    const i = batch.length;
    batch.op[i] = op;
    batch.flags[i] = 0;
    batch.device[i] = device;
    batch.offsetBytes[i] = op === FLUSH ? 0 : this.#offset.value;
    batch.lengthBytes[i] = op === FLUSH ? 0 : this.#length.value;
    batch.issueNs[i] = version === 3 ? this.#times.timeNs(this.#time.value) : out.rows;
    batch.queueNs[i] = Number.NaN;
    batch.process[i] = 0;
    batch.cpu[i] = NO_CPU;
    batch.mergedBios[i] = 0;
    batch.cgroup[i] = 0;
    out.takeRequest();
  }
}

function nameEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at]! > SPACE) at++;
  return at;
}

/** Four bytes, as one little-endian word. */
function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

function wordOf(text: string): number {
  return wordAt(new TextEncoder().encode(text), 0);
}
