/** Numbers as people read them, the same in charts, pages and the terminal. Nothing here depends on a locale. */

import type { Bytes, Ns } from "./units.ts";

const NARROW_SPACE = "\u202f";
const MINUS = "\u2212";
const BINARY = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;

/** 20480 → "20 480". */
export function countText(count: number): string {
  const digits = String(Math.abs(Math.round(count))).replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
  return count < 0 ? MINUS + digits : digits;
}

/** 66560 → "65 KiB"; three digits at most beyond bytes. */
export function bytesText(bytes: Bytes): string {
  let value = Math.abs(bytes);
  let unit = 0;
  while (value >= 1024 && unit < BINARY.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = Number.isInteger(value) || value >= 100 ? String(Math.round(value)) : value.toFixed(1);
  return `${bytes < 0 ? MINUS : ""}${digits} ${BINARY[unit]}`;
}

/** 1234567 → "1.23 ms"; three significant digits, in minutes and hours from 1,000 s on. */
export function durationText(ns: Ns): string {
  const size = Math.abs(ns);
  const sign = ns < 0 ? MINUS : "";
  if (size < 1e3) return `${sign}${Number(size.toPrecision(3))} ns`;
  if (size < 1e6) return `${sign}${Number((size / 1e3).toPrecision(3))} µs`;
  if (size < 1e9) return `${sign}${Number((size / 1e6).toPrecision(3))} ms`;
  const seconds = size / 1e9;
  if (seconds < 1000) return `${sign}${Number(seconds.toPrecision(3))} s`;
  const hours = seconds / 3600;
  return hours < 1 ? `${sign}${Number((seconds / 60).toPrecision(3))} min` : `${sign}${hoursText(hours)} h`;
}

function hoursText(hours: number): string {
  return hours < 1000 ? String(Number(hours.toPrecision(3))) : countText(hours);
}

/** 0.1234 → "12 %"; one decimal below ten per cent. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent === 0) return "0 %";
  if (percent < 0.1) return "<0.1 %";
  if (percent < 10) return `${percent.toFixed(1)} %`;
  return percent < 100 && percent > 99.5 ? ">99 %" : `${Math.round(percent)} %`;
}

/** "1 request", "2 requests": a count with its noun. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${countText(count)} ${count === 1 ? singular : plural}`;
}

/** "the only write", "both writes", "all 10 writes". */
export function allOf(count: number, singular: string, plural = `${singular}s`): string {
  if (count === 1) return `the only ${singular}`;
  return count === 2 ? `both ${plural}` : `all ${countText(count)} ${plural}`;
}

/** A text that begins a sentence. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

const NUMBER_AND_UNIT = /(\d) (?=(?:B|[KMGTPE]iB|ns|µs|ms|s|min|h|%)(?![\p{L}\p{N}]))/gu;

/** A sentence whose lines never break between a number and its unit. */
export function unbroken(sentence: string): string {
  return sentence.replace(NUMBER_AND_UNIT, "$1\u00a0");
}
