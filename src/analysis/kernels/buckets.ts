/** Buckets to an octave, as binary digits. */
export const SUB_BITS = 7;
/** Enough for every whole number that doubles hold exactly. */
export const MOST_BUCKETS = 53 * 2 ** SUB_BITS + 2;
/** The bits above the bucket of 1; bucket 0 holds everything below 1. */
const BITS_BELOW_ONE = (1023 << SUB_BITS) - 1;
const SHIFT = 20 - SUB_BITS;

const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer);
/** Where the half with the sign and the exponent is, of the two halves of a double of this machine. */
export const HIGH_HALF = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** The bucket of a number >= 0: the exponent and the first seven binary digits of the double. */
export function bucketOf(value: number): number {
  scratch[0] = value;
  const bucket = (words[HIGH_HALF]! >>> SHIFT) - BITS_BELOW_ONE;
  return Math.max(bucket, 0);
}

/** The bucket of a number >= 0, from the half of the double with its exponent. */
export function bucketOfHalf(highHalf: number): number {
  return Math.max((highHalf >> SHIFT) - BITS_BELOW_ONE, 0);
}

/** The smallest number of a bucket. */
export function lowerEdge(bucket: number): number {
  if (bucket === 0) return 0;
  const octave = (bucket - 1) >> SUB_BITS;
  const step = (bucket - 1) & (2 ** SUB_BITS - 1);
  return 2 ** (octave - SUB_BITS) * (2 ** SUB_BITS + step);
}

/** The number at which the next bucket begins. */
export function upperEdge(bucket: number): number {
  return lowerEdge(bucket + 1);
}

/** What stands for the whole numbers of a bucket: the one in the middle. */
export function middle(bucket: number): number {
  const lower = lowerEdge(bucket);
  return lower + Math.floor(Math.max(0, upperEdge(bucket) - 1 - lower) / 2);
}
