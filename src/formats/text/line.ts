import { TraceError } from "../../model/errors.ts";
import type { Place } from "../../model/trace.ts";
import { Cursor } from "./cursor.ts";
import { type LineSplitter, MOST_LINE_BYTES } from "./lineSplitter.ts";

const SPACE = 32;

/** A line of a trace: the cursor over its bytes, its place, and what is wrong with it. */
export class Line extends Cursor {
  readonly file: string;
  number = 0;
  #start = 0;
  #faultName = "";
  #expected = "";
  #faultAt = 0;

  constructor(file: string) {
    super();
    this.file = file;
  }

  begin({ bytes, start, end, number }: LineSplitter): void {
    this.set(bytes, start, end);
    this.number = number;
    this.#start = start;
  }

  /** Whether there is nothing on the line; goes nowhere. */
  isBlank(): boolean {
    if (this.at < this.end && this.bytes[this.at]! > SPACE) return false;
    const blank = this.atEnd();
    this.at = this.#start;
    return blank;
  }

  place(): Place {
    return { file: this.file, line: this.number };
  }

  /** Remembers what cannot be understood and where; makes no text yet, since a trace may have millions of such lines. */
  invalid(what: string, expected: string, at = this.at): false {
    this.#faultName = what;
    this.#expected = expected;
    this.#faultAt = at;
    return false;
  }

  /** What cannot be understood, with the value that stands there. */
  fault(): string {
    const missing = this.#faultAt >= this.end;
    const what = missing
      ? `line ${this.quotedLine()} without ${this.#faultName}`
      : `${this.#faultName} ${this.quotedField(this.#faultAt)}`;
    return `${what} (expected ${this.#expected})`;
  }

  /** The text of a line of which only the beginning was kept. */
  tooLong(): string {
    return `line ${this.quotedLine()}, longer than ${MOST_LINE_BYTES} bytes`;
  }

  /** The error for a number that doubles cannot hold exactly: reading on would give wrong figures. */
  inexact(what: string): TraceError {
    const cure = "offsets and lengths are exact up to 2^53 bytes, and no disk is larger: record the trace again";
    return new TraceError(this.place(), "unsupported", what, cure);
  }

  /** The field that begins there, as a message shows it. */
  quotedField(from: number): string {
    this.at = from;
    return this.quoted(this.fieldEnd());
  }

  /** The whole line as a message shows it. */
  quotedLine(): string {
    this.at = this.#start;
    return this.quoted(this.end);
  }
}
