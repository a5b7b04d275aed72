import { bytesText, countText } from "../../model/quantities.ts";

/** 4823000 → "4.6 MiB/s". */
export function byteRateText(bytesPerSecond: number): string {
  return `${bytesText(bytesPerSecond >= 10 ? bytesPerSecond : Number(bytesPerSecond.toPrecision(2)))}/s`;
}

/** A number with at most three digits where it is small: 0.25, 2.6, 990. */
export function decimalText(value: number): string {
  return value >= 100 ? countText(value) : String(Number(value.toPrecision(2)));
}

/** 989.6 → "990/s". */
export function countRateText(perSecond: number): string {
  return `${decimalText(perSecond)}/s`;
}
