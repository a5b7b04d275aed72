import { inPixels } from "./tenths.ts";

/** Writes a path of straight lines, in tenths of a pixel and relative steps: a rectangle is `h8v8h-8z`. */
export interface Pen {
  x: number;
  y: number;
  startX: number;
  startY: number;
  text: string;
  /** The last line, written only when no `z` says the same. */
  pending: string;
}

export function newPen(): Pen {
  return { x: 0, y: 0, startX: 0, startY: 0, text: "", pending: "" };
}

/** What was drawn. */
export function pathOf(pen: Pen): string {
  return pen.text + pen.pending;
}

export function moveTo(pen: Pen, x: number, y: number): void {
  pen.text += pen.pending;
  pen.pending = "";
  pen.text += pen.text === "" ? `M${pair(x, y)}` : `m${pair(x - pen.x, y - pen.y)}`;
  pen.x = pen.startX = x;
  pen.y = pen.startY = y;
}

export function lineTo(pen: Pen, x: number, y: number): void {
  pen.text += pen.pending;
  const right = x - pen.x;
  const down = y - pen.y;
  pen.pending = down === 0 ? `h${inPixels(right)}` : right === 0 ? `v${inPixels(down)}` : `l${pair(right, down)}`;
  pen.x = x;
  pen.y = y;
}

export function closePath(pen: Pen): void {
  if (pen.x !== pen.startX || pen.y !== pen.startY) pen.text += pen.pending;
  pen.text += "z";
  pen.pending = "";
  pen.x = pen.startX;
  pen.y = pen.startY;
}

function pair(x: number, y: number): string {
  return y < 0 ? `${inPixels(x)}${inPixels(y)}` : `${inPixels(x)},${inPixels(y)}`;
}
