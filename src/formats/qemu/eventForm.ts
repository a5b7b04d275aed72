import { type Cursor, word } from "../text/cursor.ts";
import type { EventArguments } from "./eventArguments.ts";
import { takesNumber } from "./numbers.ts";

const WORD_BYTES = 8;
const LENGTH_BYTES = 4;
const [SPACE, EQUALS, LETTER_B, QUOTE, DOUBLE_QUOTE, BACKSLASH] = [32, 61, 98, 39, 34, 92];
const FIELD = /\{(\w+)(:s)?\}/g;

interface Field {
  readonly isText: boolean;
  /** What may stand before it in the log: versions of qemu differ in words. */
  readonly before: readonly Uint8Array[];
  readonly after: readonly Uint8Array[];
}

/**
 * How an event's arguments are written. In a template, `{bytes}` is a number, `{name:s}` a text, `[bytes|nbytes]` one word
 * or the other; the rest stands in the log as it is. A simple trace has the same arguments in the same order.
 */
export class EventForm {
  /** The template as a message shows it, and the arguments alone. */
  readonly shape: string;
  readonly names: string;
  readonly #fields: readonly Field[];
  readonly #after: readonly Uint8Array[];

  constructor(template: string) {
    this.shape = template.replace(FIELD, "…");
    this.names = [...template.matchAll(FIELD)].map(([, name]) => name).join(", ");
    const fields = [...template.matchAll(FIELD)];
    const words = template.split(/\{\w+(?::s)?\}/).map(wordings);
    this.#fields = fields.map((match, i) => ({
      isText: match[2] !== undefined,
      before: words[i]!,
      after: words[i + 1]!,
    }));
    this.#after = words.at(-1)!;
  }

  /** Reads the arguments from a line of the log; false, with the cursor where they end to fit. Hot. */
  readLog(cursor: Cursor, event: EventArguments): boolean {
    const fields = this.#fields;
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i]!;
      if (!takesOne(cursor, field.before)) return false;
      const fits = field.isText ? takesText(cursor, event, i, field.after) : takesNumber(cursor, event, i);
      if (!fits) return false;
    }
    return takesOne(cursor, this.#after) && (cursor.at === cursor.end || cursor.atEnd());
  }

  /** Reads the arguments from what simpletrace.py prints: `name=0x1f`, `name=b'text'`. */
  readSimpletrace(cursor: Cursor, event: EventArguments): boolean {
    const fields = this.#fields;
    for (let i = 0; i < fields.length; i++) {
      cursor.blanks();
      if (!skipName(cursor)) return false;
      const fits = fields[i]!.isText ? takesPythonText(cursor, event, i) : takesNumber(cursor, event, i);
      if (!fits) return false;
    }
    return cursor.atEnd();
  }

  /** Reads the arguments of a binary record; false where they are not of its length. Hot. */
  readRecord(bytes: Uint8Array, view: DataView, from: number, to: number, event: EventArguments): boolean {
    const fields = this.#fields;
    let at = from;
    for (let i = 0; i < fields.length; i++) {
      if (fields[i]!.isText) {
        if (at + LENGTH_BYTES > to) return false;
        const start = at + LENGTH_BYTES;
        at = start + view.getUint32(at, true);
        if (at > to) return false;
        event.setText(i, bytes, start, at);
      } else {
        if (at + WORD_BYTES > to) return false;
        event.setWords(i, view.getInt32(at + 4, true), view.getUint32(at, true));
        at += WORD_BYTES;
      }
    }
    return at === to;
  }
}

/** `a [b|c] d` is `a b d` or `a c d`. */
function wordings(text: string): Uint8Array[] {
  const choice = /\[([^\]]*)\]/.exec(text);
  if (choice === null) return [word(text)];
  return choice[1]!.split("|").flatMap((one) => wordings(text.replace(choice[0], one)));
}

function takesOne(cursor: Cursor, wordings: readonly Uint8Array[]): boolean {
  for (let i = 0; i < wordings.length; i++) if (cursor.takes(wordings[i]!)) return true;
  return false;
}

/** A text goes on until what follows it. */
function takesText(cursor: Cursor, event: EventArguments, i: number, after: readonly Uint8Array[]): boolean {
  const from = cursor.at;
  for (let at = from; at <= cursor.end; at++) {
    cursor.at = at;
    if (!takesOne(cursor, after)) continue;
    cursor.at = at;
    event.setText(i, cursor.bytes, from, at);
    return true;
  }
  cursor.at = from;
  return false;
}

function skipName(cursor: Cursor): boolean {
  const { bytes, end } = cursor;
  let at = cursor.at;
  while (at < end && bytes[at] !== EQUALS && bytes[at] !== SPACE) at++;
  if (at === end || bytes[at] !== EQUALS) return false;
  cursor.at = at + 1;
  return true;
}

/** The repr of Python's bytes; Python 2 wrote the text alone. */
function takesPythonText(cursor: Cursor, event: EventArguments, i: number): boolean {
  const { bytes, end, at: start } = cursor;
  const quote = bytes[start + 1]!;
  const isBytes = start + 1 < end && bytes[start] === LETTER_B && (quote === QUOTE || quote === DOUBLE_QUOTE);
  const from = isBytes ? start + 2 : start;
  const until = isBytes ? quote : SPACE;
  let at = from;
  while (at < end && bytes[at] !== until) at += isBytes && bytes[at] === BACKSLASH ? 2 : 1;
  if (isBytes && at >= end) return false;
  event.setText(i, bytes, from, at);
  cursor.at = isBytes ? at + 1 : at;
  return true;
}
