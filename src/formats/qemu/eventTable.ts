import { type Cursor, word } from "../text/cursor.ts";
import { KNOWN_EVENTS, type KnownEvent } from "./events/index.ts";

const BUCKETS = 1024;
const SPACE = 32;
const UNDERSCORE = 95;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

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
const buckets: Entry[][] = Array.from({ length: BUCKETS }, () => []);
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
  buckets[hashOf(bytes, 0, bytes.length)]!.push({ word: bytes, forms });
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
  let hash = FNV_OFFSET;
  let at = from;
  while (at < end && bytes[at] !== SPACE) {
    hash = Math.imul(hash ^ bytes[at]!, FNV_PRIME);
    at++;
  }
  const bucket = buckets[bucketOf(hash)]!;
  for (let i = 0; i < bucket.length; i++) {
    const { word: name, forms } = bucket[i]!;
    if (name.length !== at - from || !cursor.takes(name)) continue;
    if (at < end) cursor.at = at + 1;
    return forms;
  }
  return isName(bytes, from, at) ? OTHER_EVENT : NOT_A_NAME;
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = FNV_OFFSET;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, FNV_PRIME);
  return bucketOf(hash);
}

function bucketOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (BUCKETS - 1);
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
