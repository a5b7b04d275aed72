declare const unit: unique symbol;

/** A number that carries its unit in its type: a plain number may become one, but one unit never becomes another. */
export type Unit<U extends string> = number & { readonly [unit]?: U };

/** Nanoseconds; in a request always counted from the trace's first request. */
export type Ns = Unit<"ns">;
export type Bytes = Unit<"bytes">;

export const SECTOR_BYTES = 512;

/** The largest offset, length and time that doubles hold exactly. */
export const LARGEST_EXACT = Number.MAX_SAFE_INTEGER;

/** Whether a request begins and ends on whole multiples of a boundary. */
export function isAligned(offsetBytes: Bytes, lengthBytes: Bytes, boundaryBytes: Bytes): boolean {
  return offsetBytes % boundaryBytes === 0 && lengthBytes % boundaryBytes === 0;
}
