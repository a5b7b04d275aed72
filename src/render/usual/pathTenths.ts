import { tenths } from "../tenths.ts";

const THOUSANDTHS_PER_PX = 1000;

/** Tenths of a pixel in a path: Vega writes thousandths there, and what is rounded twice may be a tenth more. */
export function pathTenths(px: number): number {
  return tenths(Math.round(px * THOUSANDTHS_PER_PX) / THOUSANDTHS_PER_PX);
}
