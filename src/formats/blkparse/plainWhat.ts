import { SECTOR_BYTES } from "../../model/units.ts";
import {
  BLOCK_EVENT,
  type BlockEventAssembler,
  DOUBLE,
  EVENT_DOUBLES,
  EVENT_INTS,
  INT,
  PlainOrigin,
} from "../blockEvents/index.ts";
import { fourDigits, oddDigits } from "../text/digitWords.ts";
import { eventOfLetter } from "./actions.ts";
import { PlainLetters } from "./plainLetters.ts";
import type { ProcessNames } from "./processNames.ts";
import { flagsOf, opOf } from "./rwbs.ts";

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
const { queue: QUEUE, issue: ISSUE, complete: COMPLETE, remap: REMAP, plug: PLUG, unplug: UNPLUG } = BLOCK_EVENT;
const [LINE_FEED, SPACE] = [10, 32];
const [ZERO, OPEN, CLOSE] = [48, 91, 93];
const OP_BITS = 15;
const FLAGS_SHIFT = 4;
/** Digits that fit 32 bits whatever they are. */
const SMALL_DIGITS = 9;
/** Sectors of so many digits have bytes that are exact. */
const MOST_DIGITS = 12;
/** So many of them are read as words. */
const WORDS_END = 8;
/** ` + `, and which bytes of a word it is. */
const [BLANK_PLUS_BLANK, THREE_BYTES] = [0x202b20, 0xffffff];
const LINE_FEEDS = 0x0a0a0a0a;
const ODD = -1;

/** The BLOCK_EVENT of the usual actions, by their letters; ODD for all others. */
const PLAIN = new Int8Array(256).fill(ODD);
for (const letter of "AQGPIUMFDC") PLAIN[letter.charCodeAt(0)] = eventOfLetter(letter.charCodeAt(0));

/** Reads action, letters, place and name or error where they stand as usual, and hands them to the assembler. */
export class PlainWhat {
  readonly #assembler: BlockEventAssembler;
  readonly #letters = new PlainLetters();
  readonly #origin = new PlainOrigin();
  readonly #processes: ProcessNames;

  constructor(assembler: BlockEventAssembler, processes: ProcessNames) {
    this.#assembler = assembler;
    this.#processes = processes;
  }

  /**
   * Reads what stands between there and a line feed, which must come; gives where the next line begins, or -1 where
   * it is not quite as usual, and then has done nothing. Hot.
   */
  take(
    bytes: Uint8Array,
    view: DataView,
    from: number,
    device: number,
    cpu: number,
    pid: number,
    seconds: number,
    nanoseconds: number,
  ): number {
    let at = from;
    while (bytes[at] === SPACE) at++;
    const kind = PLAIN[bytes[at]!]!;
    if (kind === ODD || bytes[++at] !== SPACE) return ODD;
    const code = this.#letters.read(bytes, view, at);
    if (code < 0) return ODD;
    at = this.#letters.end + 1;
    if (kind === PLUG || kind === UNPLUG)
      return this.#plug(bytes, view, at, kind, code, device, cpu, seconds, nanoseconds);
    const sectorAt = at;
    let small = 0;
    for (
      let word = view.getInt32(at, true);
      oddDigits(word) === 0 && at < sectorAt + WORDS_END;
      word = view.getInt32(at, true)
    ) {
      small = (Math.imul(small, 10_000) + fourDigits(word)) | 0;
      at += 4;
    }
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      small = (Math.imul(small, 10) + digit) | 0;
    if (at === sectorAt || at > sectorAt + MOST_DIGITS) return ODD;
    let sector = small;
    if (at > sectorAt + SMALL_DIGITS) {
      sector = 0;
      for (let i = sectorAt; i < at; i++) sector = sector * 10 + bytes[i]! - ZERO;
    }
    if ((view.getInt32(at, true) & THREE_BYTES) !== BLANK_PLUS_BLANK) return ODD;
    at += 3;
    const countAt = at;
    let count = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      count = (Math.imul(count, 10) + digit) | 0;
    if (count === 0 || at > countAt + SMALL_DIGITS || bytes[at] !== SPACE) return ODD;
    if (kind === REMAP)
      return this.#remap(bytes, at + 1, code, device, sector * SECTOR, count * SECTOR, seconds * 1e9 + nanoseconds);
    if (bytes[at + 1] !== OPEN) return ODD;
    at += 2;
    let process = 0;
    if (kind === COMPLETE) {
      if (bytes[at] !== ZERO || bytes[at + 1] !== CLOSE || bytes[at + 2] !== LINE_FEED) return ODD;
      at += 2;
    } else {
      at = lineFeedFrom(view, at);
      if (bytes[at - 1] !== CLOSE) return ODD;
      if (kind === ISSUE || kind === QUEUE) {
        process = this.#processes.recent(pid);
        if (process < 0) return ODD;
      }
    }
    const i = this.#assembler.begin();
    const { ints, doubles } = this.#assembler.events;
    const int = i * INTS;
    const double = i * DOUBLES;
    ints[int + KIND] = kind;
    ints[int + DEVICE] = device;
    ints[int + OP] = code & OP_BITS;
    ints[int + FLAGS] = code >> FLAGS_SHIFT;
    ints[int + PROCESS] = process;
    ints[int + CPU] = cpu;
    ints[int + ERROR] = 0;
    ints[int + CGROUP] = 0;
    doubles[double + OFFSET] = sector * SECTOR;
    doubles[double + LENGTH] = count * SECTOR;
    doubles[double + TIME_NS] = seconds * 1e9 + nanoseconds;
    doubles[double + EXTRA] = 0;
    return at + 1;
  }

  /** `<- (8,1) 1152`. */
  #remap(
    bytes: Uint8Array,
    from: number,
    code: number,
    device: number,
    offsetBytes: number,
    lengthBytes: number,
    timeNs: number,
  ): number {
    const origin = this.#origin;
    const next = origin.read(bytes, from);
    if (next < 0) return ODD;
    this.#assembler.remap(device, code & OP_BITS, offsetBytes, lengthBytes, timeNs, origin.number, origin.offsetBytes);
    return next;
  }

  /** `[name]`, of an unplug `[name] 3`. */
  #plug(
    bytes: Uint8Array,
    view: DataView,
    from: number,
    kind: number,
    code: number,
    device: number,
    cpu: number,
    seconds: number,
    nanoseconds: number,
  ): number {
    if (bytes[from] !== OPEN) return ODD;
    const end = lineFeedFrom(view, from);
    let at = end;
    let count = 0;
    let unit = 1;
    for (let digit = bytes[at - 1]! - ZERO; digit >>> 0 <= 9 && unit < 1e9; digit = bytes[--at - 1]! - ZERO) {
      count += digit * unit;
      unit *= 10;
    }
    if (at < end && bytes[--at] !== SPACE) return ODD;
    if (bytes[at - 1] !== CLOSE) return ODD;
    const op = opOf(code, 0);
    const timeNs = seconds * 1e9 + nanoseconds;
    this.#assembler.add(kind, device, op, flagsOf(code, op), 0, 0, timeNs, 0, cpu, 0, count);
    return end + 1;
  }
}

/** Where the next line feed is, which must come. */
function lineFeedFrom(view: DataView, from: number): number {
  for (let at = from; ; at += 4) {
    const other = view.getInt32(at, true) ^ LINE_FEEDS;
    // Of each byte that was a line feed, and of none before the first, the highest bit.
    const found = (other - 0x01010101) & ~other & 0x80808080;
    if (found !== 0) return at + ((31 - Math.clz32(found & -found)) >> 3);
  }
}
