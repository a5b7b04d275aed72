import type { Cursor } from "./cursor.ts";

const COLON = 58;
const DOT = 46;
const HYPHEN = 45;
const SPACE = 32;

/** Days from 1970-01-01 to a date of the Gregorian calendar (https://howardhinnant.github.io/date_algorithms.html). */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** Reads `2026-11-22 21:45:43.138223`: microseconds since 1970, exact; NaN where there is no such time. */
export function utcMicroseconds(cursor: Cursor): number {
  const days = date(cursor);
  if (!cursor.takesByte(SPACE)) return Number.NaN;
  return days * 86_400e6 + timeOfDay(cursor);
}

function date(cursor: Cursor): number {
  const year = cursor.digits(4);
  if (!cursor.takesByte(HYPHEN)) return Number.NaN;
  const month = cursor.digits(2);
  if (!cursor.takesByte(HYPHEN)) return Number.NaN;
  const day = cursor.digits(2);
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return exists ? daysFromCivil(year, month, day) : Number.NaN;
}

function timeOfDay(cursor: Cursor): number {
  const hour = cursor.digits(2);
  if (!cursor.takesByte(COLON)) return Number.NaN;
  const minute = cursor.digits(2);
  if (!cursor.takesByte(COLON)) return Number.NaN;
  const second = cursor.digits(2);
  if (!cursor.takesByte(DOT)) return Number.NaN;
  const microsecond = cursor.digits(6);
  const exists = hour <= 23 && minute <= 59 && second <= 60;
  return exists ? ((hour * 60 + minute) * 60 + second) * 1e6 + microsecond : Number.NaN;
}
