import { OP_CODE } from "../../model/ops.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { BLOCK_EVENT, type BlockEventAssembler } from "../blockEvents/index.ts";
import type { ByteNames } from "../text/byteNames.ts";
import { PlainNumber } from "../text/plainNumber.ts";
import type { PlainLines } from "../text/readLines.ts";
import { Meanings } from "./meanings.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const { issue: ISSUE, complete: COMPLETE } = BLOCK_EVENT;
const { flush: FLUSH } = OP_CODE;
const SECTOR = SECTOR_BYTES;
const [LINE_FEED, CARRIAGE_RETURN, SPACE, ZERO, EQUALS] = [10, 13, 32, 48, 61];
const [LETTER_C, LETTER_D, LETTER_E, LETTER_R] = [67, 68, 101, 114];
/** Hexadecimal digits that fit 31 bits whatever they are. */
const MOST_HEXES = 7;
/** Sectors below this have bytes that are exact. */
const MOST_SECTORS = 1e12;
const NO_CPU = -1;
const NO_PROCESS = 0;
const ODD = -1;

/** Reads the usual lines of the script, straight into the assembler's events. */
export class PlainEvents implements PlainLines {
  lines = 0;
  /** The time that others count from; NaN before the first event. */
  zeroNs = Number.NaN;
  readonly #assembler: BlockEventAssembler;
  readonly #devices: ByteNames;
  readonly #processes: ByteNames;
  readonly #meanings = new Meanings();
  readonly #time = new PlainNumber();
  readonly #sector = new PlainNumber();
  readonly #length = new PlainNumber();

  constructor(assembler: BlockEventAssembler, devices: ByteNames, processes: ByteNames) {
    this.#assembler = assembler;
    this.#devices = devices;
    this.#processes = processes;
  }

  /** Hot. */
  read(bytes: Uint8Array, from: number, end: number): number {
    this.lines = 0;
    if (Number.isNaN(this.zeroNs)) return from;
    // All that is looked for below ends at a line feed.
    const last = bytes.lastIndexOf(LINE_FEED, end - 1);
    let lines = 0;
    let at = from;
    while (at <= last) {
      const next = this.#take(bytes, at);
      if (next < 0) break;
      at = next;
      lines++;
    }
    this.lines = lines;
    return at;
  }

  /** Reads the line that begins there; gives where the next begins, or ODD, and then has done nothing. */
  #take(bytes: Uint8Array, start: number): number {
    let at = this.#time.read(bytes, start);
    if (at === start || bytes[at] !== SPACE || bytes[at + 2] !== SPACE) return ODD;
    const letter = bytes[at + 1];
    if (letter !== LETTER_D && letter !== LETTER_C) return ODD;
    const diskAt = at + 3;
    at = diskAt;
    while (bytes[at]! > SPACE) at++;
    if (at === diskAt || bytes[at] !== SPACE) return ODD;
    const diskTo = at++;

    const flagsAt = at;
    let commandFlags = 0;
    for (let digit = hexDigit(bytes[at]!); digit >= 0; digit = hexDigit(bytes[++at]!))
      commandFlags = (commandFlags << 4) | digit;
    if (at === flagsAt || at > flagsAt + MOST_HEXES || bytes[at] !== SPACE) return ODD;
    const meaning = this.#meanings.of(commandFlags);
    const op = Meanings.op(meaning);
    if (meaning < 0 || op === FLUSH) return ODD;

    const sectorAt = at + 1;
    at = this.#sector.read(bytes, sectorAt);
    const sector = this.#sector.value;
    if (at === sectorAt || bytes[at] !== SPACE || sector >= MOST_SECTORS) return ODD;
    const lengthAt = at + 1;
    at = this.#length.read(bytes, lengthAt);
    const length = this.#length.value;
    if (at === lengthAt || bytes[at] !== SPACE || length >= MOST_SECTORS) return ODD;

    const tailAt = at + 1;
    at = tailAt;
    while (bytes[at] !== LINE_FEED) at++;
    const isIssue = letter === LETTER_D;
    if (isIssue ? !isProcess(bytes, tailAt, at) : !isSuccess(bytes, tailAt, at)) return ODD;
    const device = this.#devices.find(bytes, diskAt, diskTo);
    const process = isIssue ? this.#processes.find(bytes, tailAt, at) : NO_PROCESS;
    const timeNs = this.#time.value - this.zeroNs;
    const kind = isIssue ? ISSUE : COMPLETE;
    const flags = Meanings.flags(meaning);
    this.#assembler.add(kind, device, op, flags, sector * SECTOR, length, timeNs, process, NO_CPU, 0, 0);
    return at + 1;
  }
}

/** `fio 187`. */
function isProcess(bytes: Uint8Array, from: number, to: number): boolean {
  let pidAt = to;
  while ((bytes[pidAt - 1]! - ZERO) >>> 0 <= 9) pidAt--;
  return pidAt < to && pidAt > from && bytes[pidAt - 1] === SPACE && bytes[from]! > SPACE;
}

/** `err=0`, whatever follows. */
function isSuccess(bytes: Uint8Array, from: number, to: number): boolean {
  const isZero =
    bytes[from] === LETTER_E &&
    bytes[from + 1] === LETTER_R &&
    bytes[from + 2] === LETTER_R &&
    bytes[from + 3] === EQUALS &&
    bytes[from + 4] === ZERO;
  return isZero && (from + 5 === to || bytes[from + 5] === SPACE) && bytes[to - 1] !== CARRIAGE_RETURN;
}

function hexDigit(byte: number): number {
  const digit = byte - ZERO;
  if (digit >>> 0 <= 9) return digit;
  const letter = (byte | 32) - 97;
  return letter >>> 0 <= 5 ? letter + 10 : -1;
}
