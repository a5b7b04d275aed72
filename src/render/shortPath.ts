/** Ten units a pixel: whole numbers, so that relative steps add up exactly. */
const UNITS_PER_PX = 10;
const COMMAND = /([MLHVZ])([^MLHVZ]*)/g;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi;

function units(px: number): number {
  return Math.round(px * UNITS_PER_PX) + 0;
}

/** A length in pixels, to a tenth of one. */
export function shortNumber(px: number): string {
  return inPixels(units(px));
}

function inPixels(value: number): string {
  return String(value / UNITS_PER_PX).replace(/^(-?)0\./, "$1.");
}

/** All numbers of a text, to a tenth. */
export function shortNumbers(text: string): string {
  return text.replace(NUMBER, (number) => shortNumber(Number(number)));
}

/** The same path to a tenth of a pixel; where it is straight lines only, in relative steps: a rectangle is `h8v8h-8z`. */
export function shortPath(d: string): string {
  return /[^MLHVZ\d\s,.e+-]/.test(d) ? shortNumbers(d) : straightPath(d);
}

function straightPath(d: string): string {
  const pen = { x: 0, y: 0, startX: 0, startY: 0, text: "", pending: "" };
  for (const [, command, numbers] of d.matchAll(COMMAND)) {
    if (command === "Z") closePath(pen);
    else {
      const values = Array.from(numbers!.matchAll(NUMBER), ([number]) => units(Number(number)));
      step(pen, command!, values);
    }
  }
  return pen.text + pen.pending;
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

function step(pen: Pen, command: string, values: readonly number[]): void {
  for (let i = 0; i < values.length; i += command === "H" || command === "V" ? 1 : 2) {
    const x = command === "V" ? pen.x : values[i]!;
    const y = command === "V" ? values[i]! : command === "H" ? pen.y : values[i + 1]!;
    if (command === "M" && i === 0) moveTo(pen, x, y);
    else lineTo(pen, x, y);
  }
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
