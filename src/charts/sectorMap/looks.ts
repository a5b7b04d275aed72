/**
 * How a cell looks, as bits: the lowest three hold its class + 1 (0 is untouched by reads and writes),
 * the next two say that it was discarded, and zeroed.
 */
export type Look = number;

export const UNTOUCHED: Look = 0;
export const DISCARDED: Look = 8;
export const ZEROED: Look = 16;
const CLASS_BITS = 7;
const OVERLAY_BITS = DISCARDED | ZEROED;

/** @param sectorClass an index into SECTOR_CLASSES. */
export function classLook(sectorClass: number): Look {
  return sectorClass + 1;
}

/** The index into SECTOR_CLASSES, or -1 where nothing was read or written. */
export function classOf(look: Look): number {
  return (look & CLASS_BITS) - 1;
}

/** Whether it was discarded or zeroed. */
export function hasOverlay(look: Look): boolean {
  return (look & OVERLAY_BITS) !== 0;
}

/** The look of a cell in which both are: the stronger class, and what either of them has. */
export function merged(a: Look, b: Look): Look {
  return Math.max(a & CLASS_BITS, b & CLASS_BITS) | ((a | b) & OVERLAY_BITS);
}
