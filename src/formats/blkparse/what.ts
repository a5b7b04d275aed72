import { BLOCK_EVENT } from "../blockEvents/index.ts";
import type { Line } from "../text/line.ts";
import { eventOfLetter, readAction } from "./actions.ts";
import { readBody } from "./eventBody.ts";
import { RwbsReader } from "./rwbs.ts";
import type { TextEvent } from "./textEvent.ts";

export const letters = new RwbsReader();

/** Reads action, letters, and what follows them. Where an event carries a cgroup, its `id,id` stands before the action. */
export function readWhat(line: Line, event: TextEvent): boolean {
  line.blanks();
  const from = line.at;
  if (!readKind(line, event) && !(skipField(line, from) && readKind(line, event)))
    return line.invalid("action", "one of blkparse's letters", from);
  const lettersFrom = line.at;
  event.rwbs = letters.read(line);
  if (event.rwbs < 0 || !line.atFieldEnd()) return line.invalid("letters", "those of a read, write …", lettersFrom);
  return event.kind === BLOCK_EVENT.message || readBody(line, event);
}

function readKind(line: Line, event: TextEvent): boolean {
  event.letter = readAction(line);
  event.kind = event.letter < 0 ? -1 : eventOfLetter(event.letter);
  return event.kind >= 0 && line.blanks();
}

function skipField(line: Line, from: number): boolean {
  line.at = from;
  line.at = line.fieldEnd();
  return line.blanks();
}
