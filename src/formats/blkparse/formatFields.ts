import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import { readAction } from "./actions.ts";
import { LITERAL, READ, type ReadStep, RUN, readSteps } from "./formatSteps.ts";
import type { Step } from "./formatString.ts";
import { RwbsReader } from "./rwbs.ts";

const SPACE = 32;
const MINUS = 45;
const COMMA = 44;
const COLON = 58;
const DOT = 46;
const LETTER_G = 103;
const LETTERS = 128;
const MORE = word(" ..");

const EXPECTED: Readonly<Record<string, string>> = {
  a: "one of blkparse's letters",
  d: "the letters of a read, write …",
  D: "major,minor",
  C: "a name, and the text that follows it",
  z: "HH:MM:SS.uuuuuu",
  g: "two hexadecimal numbers",
};

/** Reads the fields of a line that a format string made. */
export class FormatFields {
  /** The numbers, by the letters of their fields. */
  readonly values = new Float64Array(LETTERS);
  letter = 0;
  rwbs = 0;
  major = 0;
  minor = 0;
  nameStart = 0;
  nameEnd = 0;
  hasPdu = false;
  microsecondOfDay = 0;
  readonly #steps: readonly ReadStep[];
  readonly #rwbsReader = new RwbsReader();
  /** The step of a name that may end later than it was taken to. */
  #nameStep = -1;
  #nameTo = 0;

  constructor(steps: readonly Step[]) {
    this.#steps = readSteps(steps);
  }

  /** Reads a whole line; gives whether it fits. Hot. */
  read(line: Line): boolean {
    const steps = this.#steps;
    this.#nameStep = -1;
    let i = 0;
    while (i < steps.length || line.at < line.end)
      if (i < steps.length && this.#step(line, steps[i]!, i)) i++;
      else if (this.#nameStep >= 0 && this.#endNameFrom(line, this.#nameTo + 1)) i = this.#nameStep + 1;
      else return i < steps.length ? invalid(line, steps[i]!) : line.invalid("rest of the line", "nothing");
    return true;
  }

  #step(line: Line, step: ReadStep, i: number): boolean {
    if (step.read === LITERAL) return line.takes(step.bytes);
    if (step.read === RUN) return this.#run(line, step);
    if (step.read === READ.name) return this.#name(line, step, i);
    return step.touches ? this.#columns(line, step) : this.#padded(line, step);
  }

  #run(line: Line, { run, letters }: ReadStep): boolean {
    if (!run.read(line)) return false;
    for (let i = 0; i < letters.length; i++) this.values[letters[i]!] = run.values[i]!;
    return true;
  }

  /** A field that touches the next has exactly its width. */
  #columns(line: Line, step: ReadStep): boolean {
    const { end } = line;
    const to = Math.min(end, line.at + step.width);
    line.end = to;
    const fits = this.#padded(line, step) && line.at === to;
    line.end = end;
    return fits;
  }

  /** Blanks fill a field's width on its left, or on its right. */
  #padded(line: Line, step: ReadStep): boolean {
    const to = line.at + step.width;
    if (!step.left) skipSpaces(line);
    if (!this.#field(line, step)) return false;
    if (step.left) while (line.at < to && line.takesByte(SPACE));
    return true;
  }

  #field(line: Line, { read, letter }: ReadStep): boolean {
    switch (read) {
      case READ.number:
        return this.#number(line, letter);
      case READ.action:
        this.letter = readAction(line);
        return this.letter >= 0;
      case READ.rwbs:
        this.rwbs = this.#rwbsReader.read(line);
        return this.rwbs >= 0;
      case READ.device:
        return this.#device(line);
      case READ.pdu:
        this.hasPdu = skipPdu(line);
        return true;
      case READ.wallClock:
        return this.#wallClock(line);
      default:
        return skipCgroup(line);
    }
  }

  #number(line: Line, letter: number): boolean {
    const negative = line.takesByte(MINUS);
    const value = line.decimal();
    this.values[letter] = negative ? -value : value;
    return !Number.isNaN(value);
  }

  /** `%3d,%-3d`, whatever width the format string gives. */
  #device(line: Line): boolean {
    this.major = line.decimal();
    const isPair = line.takesByte(COMMA);
    const to = line.at + 3;
    this.minor = line.decimal();
    while (line.at < to && line.takesByte(SPACE));
    return isPair && !Number.isNaN(this.major + this.minor);
  }

  /** `21:45:43.290800`. */
  #wallClock(line: Line): boolean {
    const hours = line.digits(2);
    const isClock = line.takesByte(COLON);
    const minutes = line.digits(2);
    if (!isClock || !line.takesByte(COLON)) return false;
    const seconds = line.digits(2);
    if (!line.takesByte(DOT)) return false;
    this.microsecondOfDay = ((hours * 60 + minutes) * 60 + seconds) * 1e6 + line.digits(6);
    return !Number.isNaN(this.microsecondOfDay);
  }

  /** A name may hold anything: it ends where the next text stands, and later when the rest does not fit then. */
  #name(line: Line, { width, left, touches }: ReadStep, i: number): boolean {
    const to = line.at + width;
    if (!left && width > 0) skipSpaces(line);
    this.nameStart = line.at;
    if (i + 1 === this.#steps.length) return this.#endName(line, line.end);
    if (touches) return to <= line.end && this.#endName(line, to);
    this.#nameStep = i;
    return this.#endNameFrom(line, Math.max(to, line.at));
  }

  /** Ends the name at the next place from there on where the text after it stands. */
  #endNameFrom(line: Line, from: number): boolean {
    const literal = this.#steps[this.#nameStep + 1]!.bytes;
    for (let at = from; at + literal.length <= line.end; at++) {
      line.at = at;
      if (!line.takes(literal)) continue;
      this.#nameTo = at;
      return this.#endName(line, at);
    }
    this.#nameStep = -1;
    return false;
  }

  #endName(line: Line, to: number): boolean {
    line.at = to;
    this.nameEnd = beforeSpaces(line.bytes, this.nameStart, to);
    return true;
  }
}

function invalid(line: Line, { read, letter: code, bytes }: ReadStep): false {
  if (read === RUN) return false;
  const letter = String.fromCharCode(code);
  if (read !== LITERAL) return line.invalid(`%${letter}`, EXPECTED[letter] ?? "a whole number");
  const text = JSON.stringify(new TextDecoder().decode(bytes));
  return line.invalid("text", `${text}, as in the format string`);
}

function skipSpaces(line: Line): void {
  const { bytes, end } = line;
  let { at } = line;
  while (at < end && bytes[at] === SPACE) at++;
  line.at = at;
}

function beforeSpaces(bytes: Uint8Array, from: number, to: number): number {
  let at = to;
  while (at > from && bytes[at - 1] === SPACE) at--;
  return at;
}

/** `12 00 08 ..`, what a passthrough commands; gives whether there is anything. */
function skipPdu(line: Line): boolean {
  if (!isHexByte(line, line.at)) return false;
  line.at += 2;
  while (line.bytes[line.at] === SPACE && isHexByte(line, line.at + 1)) line.at += 3;
  line.takes(MORE);
  return true;
}

function isHexByte({ bytes, end }: Line, at: number): boolean {
  return at + 2 <= end && isHexDigit(bytes[at]!) && isHexDigit(bytes[at + 1]!);
}

function isHexDigit(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 102);
}

/** `2b,0`; blkparse 1.2.0 does not know the field, and prints its letter. */
function skipCgroup(line: Line): boolean {
  if (line.takesByte(LETTER_G)) return true;
  const low = line.hex();
  return line.takesByte(COMMA) && !Number.isNaN(low + line.hex());
}
