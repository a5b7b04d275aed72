import { SECTOR_BYTES } from "../../model/units.ts";
import { BLOCK_EVENT, deviceNumber } from "../blockEvents/index.ts";
import type { Line } from "../text/line.ts";
import { eventOfLetter, NOTHING } from "./actions.ts";
import type { EventLines } from "./eventLines.ts";
import { FormatFields } from "./formatFields.ts";
import type { Step } from "./formatString.ts";
import type { Seconds } from "./seconds.ts";
import type { TextEvent } from "./textEvent.ts";
import { WallClock } from "./wallClock.ts";

/** The fields' letters as numbers. */
const FIELD = { M: 77, N: 78, S: 83, T: 84, c: 99, e: 101, m: 109, n: 110, p: 112, s: 115, t: 116 } as const;
const NO_CPU = -1;
const NO_PID = -1;

/** What a format string prints. */
export class Printed {
  readonly device: boolean;
  readonly seconds: boolean;
  readonly wallClock: boolean;
  readonly process: boolean;
  readonly error: boolean;
  readonly #letters: ReadonlySet<string>;

  constructor(steps: readonly Step[]) {
    const letters = new Set(steps.flatMap((step) => (step.what === "field" ? [step.letter] : [])));
    this.#letters = letters;
    this.device = letters.has("D") || (letters.has("M") && letters.has("m"));
    this.seconds = letters.has("T") && letters.has("t");
    this.wallClock = letters.has("z");
    this.process = letters.has("p") || letters.has("C");
    this.error = letters.has("e");
  }

  has(letter: string): boolean {
    return this.#letters.has(letter);
  }

  /** Whether sequence numbers tell of what is missing: each CPU of each device has its own. */
  get numbered(): boolean {
    return this.device && this.has("c") && this.has("s");
  }

  /** Whether events have a time. */
  get clock(): boolean {
    return this.seconds || this.wallClock;
  }
}

/** Lines as a format string makes them. */
export class FormatLines implements EventLines {
  readonly printed: Printed;
  readonly #fields: FormatFields;
  readonly #seconds: Seconds;
  readonly #wallClock = new WallClock();
  readonly #action: number;
  readonly #hasD: boolean;
  readonly #hasN: boolean;
  readonly #hasSequence: boolean;
  #issues = 0;

  /** @param action the letter of the action whose lines these are; 0 for lines of all actions. */
  constructor(steps: readonly Step[], seconds: Seconds, action = 0) {
    this.printed = new Printed(steps);
    this.#fields = new FormatFields(steps);
    this.#fields.letter = action;
    this.#fields.values[FIELD.c] = NO_CPU;
    this.#fields.values[FIELD.p] = NO_PID;
    this.#seconds = seconds;
    this.#action = action;
    this.#hasD = this.printed.has("D");
    this.#hasN = this.printed.has("N");
    this.#hasSequence = this.printed.numbered;
  }

  get numbered(): boolean {
    return this.#hasSequence;
  }

  read(line: Line, event: TextEvent): boolean {
    const fields = this.#fields;
    const from = line.at;
    if (!fields.read(line)) return false;
    if (this.#action !== 0 && fields.letter !== this.#action) return line.invalid("action", "another", from);
    event.placeAt = from;
    this.#fill(event);
    return true;
  }

  #fill(event: TextEvent): void {
    const { values, letter, major, minor, rwbs, hasPdu, nameStart, nameEnd } = this.#fields;
    event.letter = letter;
    event.kind = this.#kind(letter);
    event.device = this.#hasD ? deviceNumber(major, minor) : deviceNumber(values[FIELD.M]!, values[FIELD.m]!);
    event.cpu = values[FIELD.c]!;
    event.sequence = this.#hasSequence ? values[FIELD.s]! : 0;
    event.pid = values[FIELD.p]!;
    event.rwbs = rwbs;
    event.sector = values[FIELD.S]!;
    event.bytes = this.#hasN ? values[FIELD.N]! : values[FIELD.n]! * SECTOR_BYTES;
    event.error = Math.abs(values[FIELD.e]!);
    event.passthrough = hasPdu;
    event.nameStart = nameStart;
    event.nameEnd = nameEnd;
    event.timeNs = this.#timeNs(event);
    event.extra = extraOf(event);
  }

  /** No format string can print where a remap came from. Without a clock nothing but the order of issues is known. */
  #kind(letter: number): number {
    const kind = eventOfLetter(letter);
    if (kind === BLOCK_EVENT.remap || (!this.printed.clock && kind !== BLOCK_EVENT.issue)) return NOTHING;
    return kind;
  }

  /** The time, or the number of the issue where there is no clock. */
  #timeNs({ kind, passthrough }: TextEvent): number {
    if (this.printed.seconds)
      return this.#seconds.nanoseconds(this.#fields.values[FIELD.T]!, this.#fields.values[FIELD.t]!);
    if (this.printed.wallClock) return this.#wallClock.nanoseconds(this.#fields.microsecondOfDay);
    return kind === BLOCK_EVENT.issue && !passthrough ? this.#issues++ : this.#issues;
  }
}

/** The length of a split is what comes before the cut. How many requests an unplug lets go is not printed. */
function extraOf({ kind, sector, bytes }: TextEvent): number {
  if (kind === BLOCK_EVENT.unplug || kind === BLOCK_EVENT.unplugTimer) return Number.NaN;
  return kind === BLOCK_EVENT.split ? sector * SECTOR_BYTES + bytes : 0;
}
