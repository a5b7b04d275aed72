import type { Cursor } from "./cursor.ts";

const COLON = 58;
const DOT = 46;
const HYPHEN = 45;
const SPACE = 32;
const ZERO = 48;
const LETTER_T = 84;
const LETTER_Z = 90;
const DATE_END = "2026-11-22".length;
const SECONDS_END = "2026-11-22 21:45:43".length;
const MICROSECONDS_END = "2026-11-22 21:45:43.138223".length;

/** Days from 1970-01-01 to a date of the Gregorian calendar (https://howardhinnant.github.io/date_algorithms.html). */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

let latestDate = Number.NaN;
let latestDays = Number.NaN;

/** Days from 1970-01-01; NaN where there is no such date. Mostly it is the date of the call before. */
function daysOf(year: number, month: number, day: number): number {
  const date = (year * 100 + month) * 100 + day;
  if (date !== latestDate) {
    const exists = month >= 1 && month <= 12 && day >= 1 && day <= 31;
    latestDays = exists ? daysFromCivil(year, month, day) : Number.NaN;
    latestDate = date;
  }
  return latestDays;
}

/** The number that two digits make; NaN where there are none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Reads `2026-11-22 21:45:43.138223`: microseconds since 1970, exact; NaN where there is no such time. */
export function utcMicroseconds(cursor: Cursor): number {
  const { bytes, at, end } = cursor;
  if (end - at < MICROSECONDS_END || bytes[at + DATE_END] !== SPACE || bytes[at + SECONDS_END] !== DOT)
    return Number.NaN;
  cursor.at = at + MICROSECONDS_END;
  const hundreds = twoDigits(bytes, at + SECONDS_END + 1) * 100 + twoDigits(bytes, at + SECONDS_END + 3);
  return microseconds(bytes, at) + hundreds * 100 + twoDigits(bytes, at + SECONDS_END + 5);
}

/** Reads `2026-11-22T21:45:43.138223Z`, as GLib writes it: without decimals where they are all 0. */
export function iso8601Microseconds(cursor: Cursor): number {
  const { bytes, at, end } = cursor;
  if (end - at < SECONDS_END || bytes[at + DATE_END] !== LETTER_T) return Number.NaN;
  cursor.at = at + SECONDS_END;
  const fraction = cursor.takesByte(DOT) ? cursor.digits(6) : 0;
  return cursor.takesByte(LETTER_Z) ? microseconds(bytes, at) + fraction : Number.NaN;
}

/** Of a date and a time of day without its decimals, whatever stands between them. */
function microseconds(bytes: Uint8Array, at: number): number {
  const hasPunctuation =
    bytes[at + 4] === HYPHEN && bytes[at + 7] === HYPHEN && bytes[at + 13] === COLON && bytes[at + 16] === COLON;
  if (!hasPunctuation) return Number.NaN;
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  const days = daysOf(year, twoDigits(bytes, at + 5), twoDigits(bytes, at + 8));
  const hour = twoDigits(bytes, at + 11);
  const minute = twoDigits(bytes, at + 14);
  const second = twoDigits(bytes, at + 17);
  const exists = hour <= 23 && minute <= 59 && second <= 60;
  return exists ? days * 86_400e6 + ((hour * 60 + minute) * 60 + second) * 1e6 : Number.NaN;
}
