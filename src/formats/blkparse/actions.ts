import { BLOCK_EVENT } from "../blockEvents/index.ts";
import type { Cursor } from "../text/cursor.ts";

/** An action that says nothing about requests: sleeping, plugs, bounces. */
export const NOTHING = 254;
const UNKNOWN = 255;

const LETTER = { P: 80, T: 84, U: 85 } as const;

/** The BLOCK_EVENT of an action's letter. */
const EVENT_OF_LETTER = new Uint8Array(256).fill(UNKNOWN);
for (const [letter, kind] of Object.entries({
  A: BLOCK_EVENT.remap,
  B: NOTHING,
  C: BLOCK_EVENT.complete,
  D: BLOCK_EVENT.issue,
  F: BLOCK_EVENT.merge,
  G: BLOCK_EVENT.getRequest,
  I: BLOCK_EVENT.insert,
  M: BLOCK_EVENT.merge,
  P: NOTHING,
  Q: BLOCK_EVENT.queue,
  R: BLOCK_EVENT.requeue,
  S: NOTHING,
  T: NOTHING,
  U: NOTHING,
  X: BLOCK_EVENT.split,
  m: BLOCK_EVENT.message,
}))
  EVENT_OF_LETTER[letter.charCodeAt(0)] = kind;

/** The BLOCK_EVENT of an action's letter, or NOTHING; -1 where there is no such action. */
export function eventOfLetter(letter: number): number {
  const kind = EVENT_OF_LETTER[letter]!;
  return kind === UNKNOWN ? -1 : kind;
}

/** Whether an action is of a plug, which has no place. */
export function isPlug(letter: number): boolean {
  return letter === LETTER.P || letter === LETTER.U || letter === LETTER.T;
}

/** Reads an action: a letter, or UT. Gives the letter; -1 where there is none. */
export function readAction(line: Cursor): number {
  const letter = line.peek();
  if (letter < 0 || EVENT_OF_LETTER[letter] === UNKNOWN) return -1;
  line.at++;
  if (letter === LETTER.U) line.takesByte(LETTER.T);
  return letter;
}
