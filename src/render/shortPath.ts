import { type Cursor, inPixels, isNumberAt, readTenths, shortNumbers } from "./tenths.ts";

const COMMANDS = new Set("MLHVZ");
const SPACE = 32;
const COMMA = 44;

/** The same path to a tenth of a pixel; where it is straight lines only, in relative steps: a rectangle is `h8v8h-8z`. */
export function shortPath(d: string): string {
  return straightPath(d) ?? shortNumbers(d);
}

/** null: not all of it is straight. */
function straightPath(d: string): string | null {
  const cursor: Cursor = { text: d, at: 0 };
  const pen: Pen = { x: 0, y: 0, startX: 0, startY: 0, text: "", pending: "" };
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
  return pen.text + pen.pending;
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

interface Pen {
  x: number;
  y: number;
  startX: number;
  startY: number;
  text: string;
  /** The last line, written only when no Z says the same. */
  pending: string;
}

function moveTo(pen: Pen, x: number, y: number): void {
  pen.text += pen.pending;
  pen.pending = "";
  pen.text += pen.text === "" ? `M${pair(x, y)}` : `m${pair(x - pen.x, y - pen.y)}`;
  pen.x = pen.startX = x;
  pen.y = pen.startY = y;
}

function lineTo(pen: Pen, x: number, y: number): void {
  pen.text += pen.pending;
  const right = x - pen.x;
  const down = y - pen.y;
  pen.pending = down === 0 ? `h${inPixels(right)}` : right === 0 ? `v${inPixels(down)}` : `l${pair(right, down)}`;
  pen.x = x;
  pen.y = y;
}

function closePath(pen: Pen): void {
  if (pen.x !== pen.startX || pen.y !== pen.startY) pen.text += pen.pending;
  pen.text += "z";
  pen.pending = "";
  pen.x = pen.startX;
  pen.y = pen.startY;
}

function pair(x: number, y: number): string {
  return y < 0 ? `${inPixels(x)}${inPixels(y)}` : `${inPixels(x)},${inPixels(y)}`;
}
