import type { Cursor } from "../text/cursor.ts";

const [HYPHEN, DOT, COLON, LETTER_T, LETTER_Z] = [45, 46, 58, 84, 90];
const MICROSECONDS_PER_MS = 1000;

/** Reads `2026-11-22T21:54:40.275606Z`, as GLib writes it, without decimals where they are all 0: microseconds since 1970. */
export function isoMicroseconds(cursor: Cursor): number {
  const dayMs = date(cursor);
  if (!cursor.takesByte(LETTER_T)) return Number.NaN;
  const seconds = secondsOfDay(cursor);
  const microseconds = cursor.takesByte(DOT) ? cursor.digits(6) : 0;
  return cursor.takesByte(LETTER_Z) ? dayMs * MICROSECONDS_PER_MS + seconds * 1e6 + microseconds : Number.NaN;
}

function date(cursor: Cursor): number {
  const year = cursor.digits(4);
  if (!cursor.takesByte(HYPHEN)) return Number.NaN;
  const month = cursor.digits(2);
  if (!cursor.takesByte(HYPHEN)) return Number.NaN;
  const day = cursor.digits(2);
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return exists ? Date.UTC(year, month - 1, day) : Number.NaN;
}

function secondsOfDay(cursor: Cursor): number {
  const hour = cursor.digits(2);
  if (!cursor.takesByte(COLON)) return Number.NaN;
  const minute = cursor.digits(2);
  if (!cursor.takesByte(COLON)) return Number.NaN;
  const second = cursor.digits(2);
  return hour <= 23 && minute <= 59 && second <= 60 ? (hour * 60 + minute) * 60 + second : Number.NaN;
}
