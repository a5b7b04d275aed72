import { closePath, lineTo, moveTo, newPen, pathOf } from "./pen.ts";
import { type Cursor, isNumberAt, readTenths, shortNumbers } from "./tenths.ts";

const COMMANDS = new Set("MLHVZ");
const SPACE = 32;
const COMMA = 44;

/** The same path to a tenth of a pixel; where it is straight lines only, in relative steps. */
export function shortPath(d: string): string {
  return straightPath(d) ?? shortNumbers(d);
}

/** null: not all of it is straight. */
function straightPath(d: string): string | null {
  const cursor: Cursor = { text: d, at: 0 };
  const pen = newPen();
  let command = "";
  while (goToNext(cursor)) {
    if (!isNumberAt(d, cursor.at)) {
      command = d[cursor.at++]!;
      if (!COMMANDS.has(command)) return null;
      if (command === "Z") closePath(pen);
    } else if (command === "H") lineTo(pen, readTenths(cursor), pen.y);
    else if (command === "V") lineTo(pen, pen.x, readTenths(cursor));
    else if (command === "L") lineTo(pen, readTenths(cursor), readNext(cursor));
    else if (command === "M") {
      moveTo(pen, readTenths(cursor), readNext(cursor));
      // Further points of a move are lines.
      command = "L";
    } else return null;
  }
  return pathOf(pen);
}

/** To the next number or command; false: there is none. */
function goToNext(cursor: Cursor): boolean {
  const { text } = cursor;
  while (isBetween(text.charCodeAt(cursor.at))) cursor.at++;
  return cursor.at < text.length;
}

function isBetween(code: number): boolean {
  return code === COMMA || code <= SPACE;
}

function readNext(cursor: Cursor): number {
  goToNext(cursor);
  return readTenths(cursor);
}
