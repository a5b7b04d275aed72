import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import { eventOf } from "./tracepoints.ts";

const COLON = 58;
const SPACE = 32;
const SYSTEM = word("block:");
/** Where the block layer's names differ: after `block_`, and in what follows `block_rq_` and `block_bio_`. */
const [TELLING, TELLING_NEXT] = [6, 10];
const PLACES = 256;

/** Reads the names of events without making strings of those that were met. */
export class EventNames {
  #from = 0;
  #to = 0;
  readonly #names: (Uint8Array | undefined)[] = Array.from({ length: PLACES });
  readonly #events = new Int8Array(PLACES);

  /**
   * Reads `block_rq_issue: ` or, with its system as perf has it, `block:block_rq_issue: `, and goes to what follows.
   * Gives a BLOCK_EVENT or an OTHER_EVENT; undefined, and goes nowhere, where there is no name. Hot.
   */
  read(line: Line): number | undefined {
    const start = line.at;
    if (line.bytes[start + SYSTEM.length - 1] === COLON) line.takes(SYSTEM);
    const { bytes, at } = line;
    const place = placeOf(bytes, at);
    const name = this.#names[place];
    if (name !== undefined && line.takes(name) && line.atFieldEnd()) {
      this.#from = at;
      this.#to = line.at - 1;
      line.blanks();
      return this.#events[place];
    }
    line.at = at;
    const event = this.#learn(line, place);
    if (event === undefined) line.at = start;
    return event;
  }

  /** The place of a name that was met, when it stands there with its colon and a blank behind it; else -1. Hot. */
  placeAt(bytes: Uint8Array, at: number): number {
    const place = placeOf(bytes, at);
    const name = this.#names[place];
    if (name === undefined) return -1;
    const { length } = name;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== name[i]) return -1;
    return bytes[at + length] === SPACE ? place : -1;
  }

  /** What the name of a place is. Hot. */
  eventOf(place: number): number {
    return this.#events[place]!;
  }

  /** How long the name of a place is, with its colon. Hot. */
  lengthOf(place: number): number {
    return this.#names[place]!.length;
  }

  /** The name that was read last. */
  text(line: Line): string {
    line.at = this.#from;
    return line.text(this.#to);
  }

  #learn(line: Line, place: number): number | undefined {
    const end = line.fieldEnd();
    if (end - line.at < 2 || line.bytes[end - 1] !== COLON) return undefined;
    this.#from = line.at;
    this.#to = end - 1;
    const event = eventOf(line.text(this.#to));
    this.#names[place] = line.bytes.slice(line.at, end);
    this.#events[place] = event;
    line.at = end;
    line.blanks();
    return event;
  }
}

function placeOf(bytes: Uint8Array, at: number): number {
  return ((bytes[at + TELLING]! * 31) ^ bytes[at + TELLING_NEXT]!) & (PLACES - 1);
}
