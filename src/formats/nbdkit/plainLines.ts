import { FLAG, OP_CODE } from "../../model/ops.ts";
import { LARGEST_EXACT } from "../../model/units.ts";
import { PlainNumber } from "../text/plainNumber.ts";
import type { PlainLines } from "../text/readLines.ts";
import type { Clock } from "./clock.ts";
import type { Connections } from "./connections.ts";
import type { Requests } from "./requests.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const { read: READ, write: WRITE, flush: FLUSH, discard: DISCARD } = OP_CODE;
const { fua: FUA } = FLAG;
const LARGEST = LARGEST_EXACT;
const [LINE_FEED, SPACE, ZERO, LETTER_E, LETTER_H, LETTER_X] = [10, 32, 48, 101, 104, 120];
/** Text is compared four bytes at a time. */
const WORD = 4;
const [CONN, ECTI, ON] = [wordOf(" con"), wordOf("nect"), wordOf("ion=")];
const [DOTS, THREE_BYTES] = [wordOf("...\0"), 0xffffff];
const [READ_NAME, WRIT, FLUS, TRIM] = [wordOf("Read"), wordOf("Writ"), wordOf("Flus"), wordOf("Trim")];
const ID = wordOf(" id=");
const [RETU, RN] = [wordOf(" ret"), wordOf("urn=")];
const [OFFS, ET] = [wordOf(" off"), wordOf("set=")];
const [COUN, T_IS_0] = [wordOf(" cou"), wordOf("nt=0")];
const [FUA_NAME, IS_0, IS_1] = [wordOf(" fua"), wordOf("=0 ."), wordOf("=1 .")];
const END = wordOf(" ...");
/** Where the numbers of a line begin, from the end of what stands before them. */
const [STAMP_BYTES, CONNECTION_BYTES, ID_BYTES] = [26, 12, 4];
/** Words are read so far beyond a line's beginning at most. */
const FARTHEST = 256;
const ODD = -1;

/** Reads the usual lines of reads, writes, trims and flushes, and of those that returned 0. */
export class PlainRequestLines implements PlainLines {
  lines = 0;
  readonly #clock: Clock;
  readonly #connections: Connections;
  readonly #requests: Requests;
  readonly #id = new PlainNumber();
  readonly #offset = new PlainNumber();
  readonly #count = new PlainNumber();
  #view = new DataView<ArrayBufferLike>(new ArrayBuffer(0));

  constructor(clock: Clock, connections: Connections, requests: Requests) {
    this.#clock = clock;
    this.#connections = connections;
    this.#requests = requests;
  }

  /** Hot. */
  read(bytes: Uint8Array, from: number, end: number): number {
    this.lines = 0;
    if (!this.#clock.runs) return from;
    if (this.#view.buffer !== bytes.buffer) this.#view = new DataView(bytes.buffer);
    // All that is looked for below ends at a line feed.
    const last = Math.min(bytes.lastIndexOf(LINE_FEED, end - 1), bytes.length - FARTHEST);
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
    const view = this.#view;
    if (!this.#clock.readPlain(bytes, view, start)) return ODD;
    let at = start + STAMP_BYTES;
    if (word(view, at) !== CONN || word(view, at + 4) !== ECTI || word(view, at + 8) !== ON) return ODD;
    const numberAt = at + CONNECTION_BYTES;
    at = this.#id.read(bytes, numberAt);
    if (at === numberAt || bytes[at] !== SPACE) return ODD;
    const connection = this.#connections.find(this.#id.value);
    if (connection === undefined) return ODD;

    at++;
    const leaves = (word(view, at) & THREE_BYTES) === DOTS;
    if (leaves) at += 3;
    const name = word(view, at);
    const op =
      name === READ_NAME ? READ : name === WRIT ? WRITE : name === FLUS ? FLUSH : name === TRIM ? DISCARD : ODD;
    if (op === ODD) return ODD;
    at += WORD;
    if (op === WRITE && bytes[at++] !== LETTER_E) return ODD;
    if (op === FLUSH && bytes[at++] !== LETTER_H) return ODD;
    if (word(view, at) !== ID) return ODD;
    const idAt = at + ID_BYTES;
    at = this.#id.read(bytes, idAt);
    if (at === idAt) return ODD;
    const id = this.#id.value;
    if (leaves) {
      if (word(view, at) !== RETU || word(view, at + 4) !== RN || bytes[at + 8] !== ZERO) return ODD;
      if (bytes[at + 9] !== LINE_FEED) return ODD;
      this.#requests.leave(connection, id, 0);
      return at + 10;
    }

    const offset = this.#offset;
    const count = this.#count;
    if (op === FLUSH) offset.value = count.value = 0;
    else {
      if (word(view, at) !== OFFS || word(view, at + 4) !== ET) return ODD;
      if (bytes[at + 8] !== ZERO || bytes[at + 9] !== LETTER_X) return ODD;
      const offsetAt = at + 10;
      at = offset.readHex(bytes, offsetAt);
      if (at === offsetAt || word(view, at) !== COUN || word(view, at + 4) !== T_IS_0) return ODD;
      const countAt = at + 9;
      at = count.readHex(bytes, countAt);
      if (bytes[countAt - 1] !== LETTER_X || at === countAt) return ODD;
    }
    let flags = 0;
    if (word(view, at) === FUA_NAME) {
      const value = word(view, at + 4);
      if (value !== IS_0 && value !== IS_1) return ODD;
      if (value === IS_1) flags = FUA;
      at += 6;
    }
    if (word(view, at) !== END || bytes[at + 4] !== LINE_FEED || offset.value + count.value > LARGEST) return ODD;
    this.#requests.enter(connection, id, op, flags, offset.value, count.value);
    return at + 5;
  }
}

function word(view: DataView, at: number): number {
  return view.getInt32(at, true);
}

function wordOf(text: string): number {
  return new DataView(new TextEncoder().encode(text).buffer).getInt32(0, true);
}
