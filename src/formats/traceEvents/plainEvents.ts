import { OP_CODE } from "../../model/ops.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import {
  BLOCK_EVENT,
  type BlockEventAssembler,
  DOUBLE,
  deviceNumber,
  EVENT_DOUBLES,
  EVENT_INTS,
  INT,
  PlainOrigin,
} from "../blockEvents/index.ts";
import type { PlainLines } from "../text/readLines.ts";
import type { EventNames } from "./eventNames.ts";
import type { EventTime } from "./eventTime.ts";
import type { Met } from "./met.ts";
import type { Processes } from "./processes.ts";
import { RwbsByKey } from "./rwbs.ts";
import { OTHER_EVENT } from "./tracepoints.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const [INTS, DOUBLES, SECTOR] = [EVENT_INTS, EVENT_DOUBLES, SECTOR_BYTES];
const {
  kind: KIND,
  device: DEVICE,
  op: OP,
  flags: FLAGS,
  process: PROCESS,
  cpu: CPU,
  error: ERROR,
  cgroup: CGROUP,
} = INT;
const { offset: OFFSET, length: LENGTH, timeNs: TIME_NS, extra: EXTRA } = DOUBLE;
const { queue: QUEUE, getRequest: GET_REQUEST, insert: INSERT, merge: MERGE, issue: ISSUE } = BLOCK_EVENT;
const { complete: COMPLETE, remap: REMAP } = BLOCK_EVENT;
const { silent: SILENT } = OTHER_EVENT;
const { flush: FLUSH } = OP_CODE;
const [TAB, LINE_FEED, SPACE, PARENTHESIS, CLOSE_PARENTHESIS, PLUS, COMMA] = [9, 10, 32, 40, 41, 43, 44];
const [HYPHEN, DOT, ZERO, COLON, LESS, BRACKET, CLOSE_BRACKET] = [45, 46, 48, 58, 60, 91, 93];
const [BEFORE_A, LETTER_BITS, MOST_LETTERS] = [64, 5, 6];
const OP_BITS = 4;
/** Digits that fit 32 bits whatever they are. */
const SMALL_DIGITS = 9;
/** Sectors of so many digits have bytes that are exact. */
const MOST_DIGITS = 12;
const NAME_COLUMN = 16;
const NO_CPU = -1;
const ODD = -1;

/** Reads ftrace's usual lines, `NAME-PID [CPU] FLAGS SECONDS: EVENT: …`, straight into the assembler's events. */
export class PlainEvents implements PlainLines {
  lines = 0;
  readonly #assembler: BlockEventAssembler;
  readonly #origin = new PlainOrigin();
  readonly #time: EventTime;
  readonly #names: EventNames;
  readonly #processes: Processes;
  readonly #met: Met;
  readonly #rwbs = new RwbsByKey();
  readonly #task = { pid: 0, cpu: 0, nameFrom: 0, nameTo: 0 };

  constructor(assembler: BlockEventAssembler, time: EventTime, names: EventNames, processes: Processes, met: Met) {
    this.#assembler = assembler;
    this.#time = time;
    this.#names = names;
    this.#processes = processes;
    this.#met = met;
  }

  /** Hot. */
  read(bytes: Uint8Array, from: number, end: number): number {
    this.lines = 0;
    // All that is looked for below ends at a line feed.
    const last = bytes.lastIndexOf(LINE_FEED, end - 1);
    if (Number.isNaN(this.#time.zeroSeconds)) return from;
    let lines = 0;
    let at = from;
    while (at <= last) {
      const next = this.#take(bytes, at, last);
      if (next < 0) break;
      at = next;
      lines++;
    }
    this.lines = lines;
    return at;
  }

  /** Reads the line that begins there; gives where the next begins, or ODD, and then has done nothing. */
  #take(bytes: Uint8Array, start: number, last: number): number {
    const colon = start + this.#time.column;
    if (colon >= last || bytes[colon] !== COLON) return ODD;
    const dot = bytes[colon - 7] === DOT ? colon - 7 : colon - 10;
    let fraction = 0;
    for (let at = dot + 1; at < colon; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit >>> 0 > 9) return ODD;
      fraction = (Math.imul(fraction, 10) + digit) | 0;
    }
    if (bytes[dot] !== DOT) return ODD;
    let taskTo = dot;
    let seconds = 0;
    let unit = 1;
    for (let digit = bytes[taskTo - 1]! - ZERO; digit >>> 0 <= 9; digit = bytes[--taskTo - 1]! - ZERO) {
      seconds = (seconds + Math.imul(digit, unit)) | 0;
      unit = Math.imul(unit, 10);
    }
    if (taskTo === dot || dot - taskTo > SMALL_DIGITS || taskTo <= start || bytes[taskTo - 1] !== SPACE) return ODD;
    for (let at = start; at < taskTo; at++) if (bytes[at] === LINE_FEED) return ODD;

    const nameAt = colon + 2;
    if (bytes[colon + 1] !== SPACE) return ODD;
    let at = this.#names.endOf(bytes, nameAt);
    if (at < 0) return ODD;
    const kind = this.#names.eventAt(bytes, nameAt);
    if (kind === SILENT) {
      while (bytes[at] !== LINE_FEED) at++;
      this.#met.silent++;
      return at + 1;
    }
    while (bytes[at] === SPACE) at++;
    const deviceAt = at;
    let major = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      major = (Math.imul(major, 10) + digit) | 0;
    if (at === deviceAt || at > deviceAt + SMALL_DIGITS || bytes[at] !== COMMA) return ODD;
    const minorAt = ++at;
    let minor = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      minor = (Math.imul(minor, 10) + digit) | 0;
    if (at === minorAt || at > minorAt + SMALL_DIGITS || bytes[at] !== SPACE) return ODD;

    const lettersAt = ++at;
    let key = 0;
    for (let byte = bytes[at]!; byte !== SPACE; byte = bytes[++at]!) {
      const letter = byte - BEFORE_A;
      if (letter < 1 || letter > 26) return ODD;
      key = (key << LETTER_BITS) | letter;
    }
    if (at > lettersAt + MOST_LETTERS) return ODD;
    const code = this.#rwbs.ofKey(key);
    if (code < 0) return ODD;
    const op = code & ((1 << OP_BITS) - 1);
    if (op === FLUSH) return ODD;

    at = pastCommand(bytes, at + 1);
    const sectorAt = at;
    let sector = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO) sector = sector * 10 + digit;
    if (at === sectorAt || at > sectorAt + MOST_DIGITS || bytes[at] !== SPACE) return ODD;
    if (bytes[at + 1] !== PLUS || bytes[at + 2] !== SPACE) return ODD;
    at += 3;
    const countAt = at;
    let count = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      count = (Math.imul(count, 10) + digit) | 0;
    if (count === 0 || at > countAt + SMALL_DIGITS || bytes[at] !== SPACE) return ODD;
    at++;

    const elapsed = seconds - this.#time.zeroSeconds;
    const timeNs = elapsed * 1e9 + (colon - dot === 7 ? fraction * 1000 : fraction);
    if (kind === REMAP)
      return this.#remap(bytes, at, deviceNumber(major, minor), op, sector * SECTOR, count * SECTOR, timeNs);
    if (bytes[at] === LESS) return ODD;
    while (bytes[at] !== BRACKET) if (bytes[at++] === LINE_FEED) return ODD;
    let process = 0;
    let cpu = NO_CPU;
    if (kind === COMPLETE) {
      if (bytes[at + 1] !== ZERO || bytes[at + 2] !== CLOSE_BRACKET || bytes[at + 3] !== LINE_FEED) return ODD;
      at += 3;
    } else {
      while (bytes[at] !== LINE_FEED) at++;
      if (bytes[at - 1] !== CLOSE_BRACKET) return ODD;
      if (kind === ISSUE || kind === QUEUE) {
        if (!this.#readTask(bytes, start, taskTo)) return ODD;
        process = this.#processes.index(bytes, this.#task);
        cpu = this.#task.cpu;
      } else if (kind !== MERGE && kind !== INSERT && kind !== GET_REQUEST) return ODD;
    }
    const device = this.#assembler.device(deviceNumber(major, minor));
    this.#met.block(kind, device);
    const i = this.#assembler.begin();
    const { ints, doubles } = this.#assembler.events;
    const int = i * INTS;
    const double = i * DOUBLES;
    ints[int + KIND] = kind;
    ints[int + DEVICE] = device;
    ints[int + OP] = op;
    ints[int + FLAGS] = code >> OP_BITS;
    ints[int + PROCESS] = process;
    ints[int + CPU] = cpu;
    ints[int + ERROR] = 0;
    ints[int + CGROUP] = 0;
    doubles[double + OFFSET] = sector * SECTOR;
    doubles[double + LENGTH] = count * SECTOR;
    doubles[double + TIME_NS] = timeNs;
    doubles[double + EXTRA] = 0;
    return at + 1;
  }

  /** `<- (254,1) 16571248`. */
  #remap(
    bytes: Uint8Array,
    from: number,
    number: number,
    op: number,
    offsetBytes: number,
    lengthBytes: number,
    timeNs: number,
  ): number {
    const origin = this.#origin;
    const next = origin.read(bytes, from);
    if (next < 0) return ODD;
    const device = this.#assembler.device(number);
    this.#met.block(REMAP, device);
    this.#assembler.remap(device, op, offsetBytes, lengthBytes, timeNs, origin.number, origin.offsetBytes);
    return next;
  }

  /** `NAME-PID [CPU] FLAGS `, backwards; gives false for all other shapes. */
  #readTask(bytes: Uint8Array, start: number, to: number): boolean {
    const task = this.#task;
    let at = to;
    while (bytes[at - 1] === SPACE) at--;
    if (bytes[at - 1] !== CLOSE_BRACKET) {
      if (bytes[at - 1] === CLOSE_PARENTHESIS) return false;
      while (bytes[at - 1]! > SPACE) at--;
      if (bytes[at - 1] !== SPACE || (bytes[at]! - ZERO) >>> 0 <= 9) return false;
      while (bytes[at - 1] === SPACE) at--;
      if (bytes[at - 1] !== CLOSE_BRACKET) return false;
    }
    const cpuTo = --at;
    let cpu = 0;
    let unit = 1;
    for (let digit = bytes[at - 1]! - ZERO; digit >>> 0 <= 9; digit = bytes[--at - 1]! - ZERO) {
      cpu = (cpu + Math.imul(digit, unit)) | 0;
      unit = Math.imul(unit, 10);
    }
    if (at === cpuTo || cpuTo - at > SMALL_DIGITS || bytes[at - 1] !== BRACKET) return false;
    at--;
    while (bytes[at - 1] === SPACE) at--;
    const pidTo = at;
    let pid = 0;
    unit = 1;
    for (let digit = bytes[at - 1]! - ZERO; digit >>> 0 <= 9; digit = bytes[--at - 1]! - ZERO) {
      pid = (pid + Math.imul(digit, unit)) | 0;
      unit = Math.imul(unit, 10);
    }
    if (at === pidTo || pidTo - at > SMALL_DIGITS || bytes[at - 1] !== HYPHEN) return false;
    const nameTo = at - 1;
    let nameFrom = Math.max(start, nameTo - NAME_COLUMN);
    while (nameFrom < nameTo && (bytes[nameFrom] === SPACE || bytes[nameFrom] === TAB)) nameFrom++;
    if (nameFrom >= nameTo) return false;
    task.pid = pid;
    task.cpu = cpu;
    task.nameFrom = nameFrom;
    task.nameTo = nameTo;
    return true;
  }
}

/** Where the sector begins: after `4096 () `, `() ` or nothing. */
function pastCommand(bytes: Uint8Array, from: number): number {
  let at = from;
  while ((bytes[at]! - ZERO) >>> 0 <= 9) at++;
  const open = at === from ? at : at + 1;
  if (at > from && bytes[at] !== SPACE) return from;
  return bytes[open] === PARENTHESIS && bytes[open + 1] === CLOSE_PARENTHESIS && bytes[open + 2] === SPACE
    ? open + 3
    : from;
}
