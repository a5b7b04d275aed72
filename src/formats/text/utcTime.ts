import type { Cursor } from "./cursor.ts";

const COLON = 58;
const DOT = 46;
const HYPHEN = 45;
const SPACE = 32;
const ZERO = 48;
const LENGTH = "2026-11-22 21:45:43.138223".length;

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
  if (end - at < LENGTH || !hasPunctuation(bytes, at)) return Number.NaN;
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  const days = daysOf(year, twoDigits(bytes, at + 5), twoDigits(bytes, at + 8));
  const hour = twoDigits(bytes, at + 11);
  const minute = twoDigits(bytes, at + 14);
  const second = twoDigits(bytes, at + 17);
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
  const hundredMicroseconds = twoDigits(bytes, at + 20) * 100 + twoDigits(bytes, at + 22);
  const microsecond = hundredMicroseconds * 100 + twoDigits(bytes, at + 24);
  cursor.at = at + LENGTH;
  return days * 86_400e6 + ((hour * 60 + minute) * 60 + second) * 1e6 + microsecond;
}

function hasPunctuation(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at + 4] === HYPHEN &&
    bytes[at + 7] === HYPHEN &&
    bytes[at + 10] === SPACE &&
    bytes[at + 13] === COLON &&
    bytes[at + 16] === COLON &&
    bytes[at + 19] === DOT
  );
}
