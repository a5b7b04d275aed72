/**
 * Where a slot keeps what, behind the table's own numbers: first places among its whole numbers, then among its doubles,
 * which are the same memory.
 */

/** Above the flags of a slot, which are fewer, stands its bio's cgroup. */
export const CGROUP_SHIFT = 16;
export const FLAGS_MASK = 0xffff;

/** A queued bio; `nextBio` is the next one of the same request. */
export const BIO_DOUBLES = 10;
export const BIO_INTS: number = BIO_DOUBLES * 2;
export const BIO_SLOT = {
  key: 2,
  /** And its cgroup. */
  flags: 3,
  nextBio: 4,
  process: 5,

  place: 3,
  length: 4,
  queueNs: 5,
  getRequestNs: 6,
  insertNs: 7,
  mergeNs: 8,
  sleepNs: 9,
} as const;

/** An open request. */
export const REQUEST_DOUBLES = 13;
export const REQUEST_INTS: number = REQUEST_DOUBLES * 2;
export const REQUEST_SLOT = {
  key: 2,
  /** And the cgroup of a request that is a bio itself. */
  flags: 3,
  error: 4,
  /** 1 while the driver has handed it back. */
  requeued: 5,
  /** A slot of the queued bios; below 0 for none. */
  firstBio: 6,
  /** Who queued a request that is a bio itself. */
  process: 7,

  row: 4,
  /** Where the bytes that are not complete yet begin; 0 without a place. */
  place: 5,
  offset: 6,
  length: 7,
  /** Bytes that are not complete yet. */
  remaining: 8,
  queueNs: 9,
  getRequestNs: 10,
  insertNs: 11,
  issueNs: 12,
} as const;

/** What pairs events beside their place: the device and the op. */
const OPS_BITS = 4;

export function pairKey(device: number, op: number): number {
  return (device << OPS_BITS) | op;
}

export function deviceOf(key: number): number {
  return key >>> OPS_BITS;
}

export function opOf(key: number): number {
  return key & ((1 << OPS_BITS) - 1);
}
