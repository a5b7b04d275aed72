import { BLOCK_EVENT } from "../blockEvents/index.ts";
import type { Cursor } from "../text/cursor.ts";

/** An action that says nothing about requests: a bounce. */
export const NOTHING = 254;
const UNKNOWN = 255;

const LETTER = { T: 84, U: 85 } as const;

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
  P: BLOCK_EVENT.plug,
  Q: BLOCK_EVENT.queue,
  R: BLOCK_EVENT.requeue,
  S: BLOCK_EVENT.sleep,
  T: BLOCK_EVENT.unplugTimer,
  U: BLOCK_EVENT.unplug,
  X: BLOCK_EVENT.split,
  m: BLOCK_EVENT.message,
}))
  EVENT_OF_LETTER[letter.charCodeAt(0)] = kind;

/** The BLOCK_EVENT of an action's letter, or NOTHING; -1 where there is no such action. */
export function eventOfLetter(letter: number): number {
  const kind = EVENT_OF_LETTER[letter]!;
  return kind === UNKNOWN ? -1 : kind;
}

/** Reads an action: a letter, or UT. Gives the letter, T for UT; -1 where there is none. */
export function readAction(line: Cursor): number {
  const letter = line.peek();
  if (letter < 0 || EVENT_OF_LETTER[letter] === UNKNOWN) return -1;
  line.at++;
  return letter === LETTER.U && line.takesByte(LETTER.T) ? LETTER.T : letter;
}
