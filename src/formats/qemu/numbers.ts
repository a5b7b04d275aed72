import type { Cursor } from "../text/cursor.ts";
import { word } from "../text/cursor.ts";
import type { EventArguments } from "./eventArguments.ts";

const ZERO = 48;
const LETTER_X = 120;
const MINUS = 45;
const HEXES_OF_A_WORD = 8;
const MOST_HEXES = 16;
const HEX_DIGIT = Int8Array.from({ length: 256 }, (_, byte) => {
  const digit = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? -1 : digit;
});
const HIGH_WORD = 2 ** 32;
/** Digits that fit 32 bits whatever they are. */
const SMALL_DECIMALS = 9;
/** Digits that a double holds exactly whatever they are. */
const EXACT_DECIMALS = 15;
const MOST_DECIMALS = 20;
/** glibc's null pointer. */
const NIL = word("(nil)");

/** Reads a number as printf writes it: decimal, 0x…, or (nil); gives whether there is one. Hot. */
export function takesNumber(cursor: Cursor, event: EventArguments, i: number): boolean {
  const { bytes, at, end } = cursor;
  const first = at < end ? bytes[at]! : 0;
  if (first === ZERO && at + 1 < end && bytes[at + 1] === LETTER_X) {
    cursor.at = at + 2;
    return takesHex(cursor, event, i);
  }
  if (first === MINUS) {
    cursor.at = at + 1;
    return takesDecimal(cursor, event, i, true);
  }
  if ((first - ZERO) >>> 0 <= 9) return takesDecimal(cursor, event, i, false);
  if (!cursor.takes(NIL)) return false;
  event.setExact(i, 0);
  return true;
}

function takesHex(cursor: Cursor, event: EventArguments, i: number): boolean {
  const { bytes, end, at: start } = cursor;
  const lowEnd = Math.min(end, start + HEXES_OF_A_WORD);
  let at = start;
  let low = 0;
  while (at < lowEnd) {
    const digit = HEX_DIGIT[bytes[at]!]!;
    if (digit < 0) break;
    low = (low << 4) | digit;
    at++;
  }
  let high = 0;
  if (at === lowEnd)
    while (at < end) {
      const digit = HEX_DIGIT[bytes[at]!]!;
      if (digit < 0) break;
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
      at++;
    }
  if (at === start || at - start > MOST_HEXES) return false;
  cursor.at = at;
  event.setWords(i, high, low);
  return true;
}

function takesDecimal(cursor: Cursor, event: EventArguments, i: number, negative: boolean): boolean {
  const { bytes, at: start } = cursor;
  const end = Math.min(cursor.end, start + EXACT_DECIMALS);
  const smallEnd = Math.min(end, start + SMALL_DECIMALS);
  let at = start;
  let small = 0;
  while (at < smallEnd) {
    const digit = bytes[at]! - ZERO;
    if (digit >>> 0 > 9) break;
    small = (Math.imul(small, 10) + digit) | 0;
    at++;
  }
  let value = small;
  if (at === smallEnd)
    while (at < end) {
      const digit = bytes[at]! - ZERO;
      if (digit >>> 0 > 9) break;
      value = value * 10 + digit;
      at++;
    }
  if (at === start) return false;
  cursor.at = at;
  if (at === end && at < cursor.end && (bytes[at]! - ZERO) >>> 0 <= 9)
    return takesLong(cursor, event, i, value, negative);
  event.setExact(i, negative ? -value : value);
  return true;
}

/** Goes on with a number of more digits than a double holds, in two halves. */
function takesLong(cursor: Cursor, event: EventArguments, i: number, leading: number, negative: boolean): boolean {
  const { bytes, end, at: start } = cursor;
  let high = Math.floor(leading / HIGH_WORD);
  let low = leading % HIGH_WORD;
  let at = start;
  while (at < end) {
    const digit = bytes[at]! - ZERO;
    if (digit >>> 0 > 9) break;
    low = low * 10 + digit;
    high = high * 10 + Math.floor(low / HIGH_WORD);
    low %= HIGH_WORD;
    at++;
  }
  if (at - start > MOST_DECIMALS - EXACT_DECIMALS || high >= HIGH_WORD) return false;
  cursor.at = at;
  if (negative) event.setWords(i, low === 0 ? -high : ~high, -low);
  else event.setWords(i, high, low);
  return true;
}
