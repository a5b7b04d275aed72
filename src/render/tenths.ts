/** Ten units a pixel: whole numbers, so that relative steps add up exactly. */
const UNITS_PER_PX = 10;
/** Up to here the digits of a number are a whole number that is held exactly, and so is each power of ten. */
const MOST_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: MOST_DIGITS + 1 }, (_, exponent) => 10 ** exponent);
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy;

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const [CAPITAL_E, SMALL_E] = [69, 101];

/** A place in a text. */
export interface Cursor {
  readonly text: string;
  at: number;
}

/** A length in pixels, to a tenth of one. */
export function shortNumber(px: number): string {
  return inPixels(tenths(px));
}

/** All numbers of a text, to a tenth. */
export function shortNumbers(text: string): string {
  const cursor = { text, at: 0 };
  let short = "";
  let copied = 0;
  while (cursor.at < text.length) {
    if (!isNumberAt(text, cursor.at)) cursor.at++;
    else {
      short += text.slice(copied, cursor.at) + inPixels(readTenths(cursor));
      copied = cursor.at;
    }
  }
  return short + text.slice(copied);
}

/** A number of tenths, as SVG writes it. */
export function inPixels(value: number): string {
  const size = Math.abs(value);
  const whole = Math.floor(size / UNITS_PER_PX);
  const rest = size - whole * UNITS_PER_PX;
  const text = rest === 0 ? String(whole) : whole === 0 ? `.${rest}` : `${whole}.${rest}`;
  return value < 0 ? `-${text}` : text;
}

export function isNumberAt(text: string, at: number): boolean {
  const afterSign = text.charCodeAt(at) === MINUS ? at + 1 : at;
  const code = text.charCodeAt(afterSign);
  return isDigit(code) || (code === POINT && isDigit(text.charCodeAt(afterSign + 1)));
}

/** The number at the cursor, which goes to its end. A regular expression would take half of the time of drawing. */
export function readTenths(cursor: Cursor): number {
  const { text, at: start } = cursor;
  const isNegative = text.charCodeAt(start) === MINUS;
  const first = isNegative ? start + 1 : start;
  let digits = 0;
  let at = first;
  let point = -1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) digits = digits * 10 + code - ZERO;
    else if (code === POINT && point < 0) point = at;
    else break;
  }
  const next = text.charCodeAt(at);
  if (at - first > MOST_DIGITS || next === SMALL_E || next === CAPITAL_E) return readAnyTenths(cursor);
  cursor.at = at;
  const size = point < 0 ? digits : digits / POWERS_OF_TEN[at - point - 1]!;
  return tenths(isNegative ? -size : size);
}

function readAnyTenths(cursor: Cursor): number {
  NUMBER.lastIndex = cursor.at;
  const [number] = NUMBER.exec(cursor.text)!;
  cursor.at += number.length;
  return tenths(Number(number));
}

function tenths(px: number): number {
  return Math.round(px * UNITS_PER_PX) + 0;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
