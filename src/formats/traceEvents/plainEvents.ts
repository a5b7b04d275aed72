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
import { word } from "../text/cursor.ts";
import type { PlainLines } from "../text/readLines.ts";
import type { EventNames } from "./eventNames.ts";
import type { EventTime } from "./eventTime.ts";
import type { Met } from "./met.ts";
import type { PlainTask } from "./plainTask.ts";
import { PlainTime } from "./plainTime.ts";
import { printedPriority } from "./priority.ts";
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
const [LINE_FEED, SPACE, PARENTHESIS, CLOSE_PARENTHESIS, PLUS, COMMA] = [10, 32, 40, 41, 43, 44];
const [ZERO, COLON, LESS, BRACKET, CLOSE_BRACKET] = [48, 58, 60, 91, 93];
const [BEFORE_A, LETTER_BITS, MOST_LETTERS] = [64, 5, 6];
const OP_BITS = 4;
/** Digits that fit 32 bits whatever they are. */
const SMALL_DIGITS = 9;
/** Sectors of so many digits have bytes that are exact. */
const MOST_DIGITS = 12;
const SYSTEM = word("block:");
const SYSTEM_COLON = SYSTEM.length - 1;
const NO_CPU = -1;
const ODD = -1;

/** Reads event text's usual lines, `TASK SECONDS: EVENT: …`, straight into the assembler's events. */
export class PlainEvents implements PlainLines {
  lines = 0;
  readonly #assembler: BlockEventAssembler;
  readonly #origin = new PlainOrigin();
  readonly #time: PlainTime;
  readonly #task: PlainTask;
  readonly #names: EventNames;
  readonly #processes: Processes;
  readonly #met: Met;
  readonly #rwbs = new RwbsByKey();

  constructor(
    assembler: BlockEventAssembler,
    time: EventTime,
    task: PlainTask,
    names: EventNames,
    processes: Processes,
    met: Met,
  ) {
    this.#assembler = assembler;
    this.#time = new PlainTime(time);
    this.#task = task;
    this.#names = names;
    this.#processes = processes;
    this.#met = met;
  }

  /** Hot. */
  read(bytes: Uint8Array, from: number, end: number): number {
    this.lines = 0;
    // All that is looked for below ends at a line feed.
    const last = bytes.lastIndexOf(LINE_FEED, end - 1);
    if (!this.#time.hasZero) return from;
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
    const time = this.#time;
    let at = time.read(bytes, start, last);
    if (at < 0) return ODD;
    if (bytes[at + SYSTEM_COLON] === COLON && isSystem(bytes, at)) at += SYSTEM.length;
    const name = this.#names.placeAt(bytes, at);
    if (name < 0) return ODD;
    const kind = this.#names.eventOf(name);
    at += this.#names.lengthOf(name);
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

    const timeNs = time.seconds * 1e9 + time.nanoseconds;
    if (kind === REMAP)
      return this.#remap(bytes, at, deviceNumber(major, minor), op, sector * SECTOR, count * SECTOR, timeNs);
    if (bytes[at] === LESS) return ODD;
    const priority = printedPriority(bytes, at);
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
        const task = this.#task;
        if (!task.read(bytes, start, time.from)) return ODD;
        process = this.#processes.index(bytes, task);
        cpu = task.cpu;
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
    ints[int + FLAGS] = (code >> OP_BITS) | priority;
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
}

/** Whether `block:` stands there, as perf writes it before an event's name. */
function isSystem(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < SYSTEM.length; i++) if (bytes[at + i] !== SYSTEM[i]) return false;
  return true;
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
