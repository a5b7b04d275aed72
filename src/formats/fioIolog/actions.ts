import { OP_CODE } from "../../model/ops.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";

/** What an action means to a trace: the code of its op, or one of these. */
export const ACTION = { unknown: -1, file: -2, wait: -3 } as const;

const ACTIONS = Object.entries({
  read: OP_CODE.read,
  write: OP_CODE.write,
  sync: OP_CODE.flush,
  datasync: OP_CODE.flush,
  syncfs: OP_CODE.flush,
  trim: OP_CODE.discard,
  // It starts or awaits the writing of a range and asks the device for no flush.
  sync_file_range: OP_CODE.other,
  wait: ACTION.wait,
  open: ACTION.file,
  close: ACTION.file,
  add: ACTION.file,
}).map(([name, code]) => ({ word: word(name), code }));

/** Reads an action with what must follow it, a number or nothing; gives its code, or ACTION.unknown and goes nowhere. */
export function readAction(line: Line): number {
  const from = line.at;
  for (let i = 0; i < ACTIONS.length; i++) {
    const { word, code } = ACTIONS[i]!;
    if (line.takes(word) && line.atFieldEnd() && (code === ACTION.file ? line.atEnd() : atNumber(line))) return code;
    line.at = from;
  }
  return ACTION.unknown;
}

function atNumber(line: Line): boolean {
  return line.blanks() && isDigit(line.peek());
}

/**
 * Goes to the action of a line whose file name holds blanks: behind the action stand two numbers, or nothing
 * for what is done to the file itself.
 */
export function seekActionFromEnd(line: Line): void {
  const length = lastField(line, line.end);
  const offset = lastField(line, length.from);
  line.at = length.digits && offset.digits ? lastField(line, offset.from).from : length.from;
}

function lastField({ bytes, at: start }: Line, end: number): { from: number; digits: boolean } {
  let to = end;
  while (to > start && isBlank(bytes[to - 1]!)) to--;
  let from = to;
  let digits = true;
  while (from > start && !isBlank(bytes[from - 1]!)) {
    from--;
    digits = digits && isDigit(bytes[from]!);
  }
  return { from, digits };
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}
