import { bytesText, countText } from "../../model/quantities.ts";

/** 4823000 → "4.6 MiB/s". */
export function byteRateText(bytesPerSecond: number): string {
  if (bytesPerSecond > 0 && bytesPerSecond < 0.1) return "<0.1 B/s";
  return `${bytesText(bytesPerSecond >= 10 ? bytesPerSecond : Number(bytesPerSecond.toPrecision(2)))}/s`;
}

/** A number in few digits: "<0.01", 0.25, 2.6, 990. */
export function decimalText(value: number): string {
  if (value > 0 && value < 0.01) return "<0.01";
  return value >= 100 ? countText(value) : String(Number(value.toPrecision(2)));
}

/** A value of an axis, however small: 0.00005, 2.5, 10 000. */
export function axisText(value: number): string {
  return value > 0 && value < 0.01 ? value.toFixed(9).replace(/0+$/, "") : decimalText(value);
}

/** 989.6 → "990/s". */
export function countRateText(perSecond: number): string {
  return `${decimalText(perSecond)}/s`;
}
