import { type Cursor, word } from "../text/cursor.ts";
import { KNOWN_EVENTS, type KnownEvent } from "./events/index.ts";

const BUCKET_BITS = 10;
const SPACE = 32;
const UNDERSCORE = 95;
const MIX = 0x9e3779b1;
const MIX_MIDDLE = 0x85ebca6b;

/** The forms of the events with one name. */
export interface EventForms {
  readonly name: string;
  readonly forms: readonly KnownEvent[];
  /** What a message calls the argument that does not fit. */
  readonly fault: string;
  /** The forms as the log has them, and their arguments alone. */
  readonly expectedInLog: string;
  readonly expected: string;
}

interface Entry {
  readonly word: Uint8Array;
  readonly forms: EventForms;
}

const byName = new Map<string, EventForms>();
const buckets: Entry[][] = Array.from({ length: 1 << BUCKET_BITS }, () => []);
for (const { name } of KNOWN_EVENTS) {
  if (byName.has(name)) continue;
  const forms = KNOWN_EVENTS.filter((other) => other.name === name);
  byName.set(name, {
    name,
    forms,
    fault: `argument of ${name}`,
    expectedInLog: forms.map(({ form }) => form.shape).join(" or "),
    expected: forms.map(({ form }) => form.names).join(" or "),
  });
}
for (const [name, forms] of byName) {
  const bytes = word(name);
  buckets[bucketOf(bytes, 0, bytes.length)]!.push({ word: bytes, forms });
}

/** The event with this name that tells of requests. */
export function eventNamed(name: string): EventForms | undefined {
  return byName.get(name);
}

/** A word that cannot be the name of an event, and a name that tells nothing of requests. */
export const NOT_A_NAME = null;
export const OTHER_EVENT = undefined;

/**
 * Takes the name of an event and the blank behind it. An unknown name is one where it is a C identifier in lower case
 * with an underscore, as all names of events are. Hot.
 */
export function takeEventName(cursor: Cursor): EventForms | typeof OTHER_EVENT | typeof NOT_A_NAME {
  const { bytes, at: from, end } = cursor;
  let at = from;
  while (at < end && bytes[at] !== SPACE) at++;
  const bucket = buckets[bucketOf(bytes, from, at)]!;
  for (let i = 0; i < bucket.length; i++) {
    const { word: name, forms } = bucket[i]!;
    if (name.length !== at - from || !cursor.takes(name)) continue;
    if (at < end) cursor.at = at + 1;
    return forms;
  }
  return isName(bytes, from, at) ? OTHER_EVENT : NOT_A_NAME;
}

/** Names are long, and differ at their ends and in the middle. */
function bucketOf(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length < 8) return 0;
  const middle = bytes[from + (length >> 1)]! | (bytes[to - 7]! << 8);
  const ends = bytes[to - 1]! | (bytes[to - 4]! << 8) | (bytes[from + 6]! << 16) | (length << 24);
  const mixed = Math.imul(ends ^ Math.imul(middle, MIX_MIDDLE), MIX);
  return mixed >>> (32 - BUCKET_BITS);
}

function isName(bytes: Uint8Array, from: number, to: number): boolean {
  let underscores = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    const isLetter = ((byte | 32) - 97) >>> 0 < 26;
    const isDigit = (byte - 48) >>> 0 < 10;
    if (byte === UNDERSCORE) underscores++;
    else if (!isLetter && !isDigit) return false;
    if (i === from && !isLowerCase(byte)) return false;
  }
  return underscores > 0;
}

function isLowerCase(byte: number): boolean {
  return (byte - 97) >>> 0 < 26;
}
