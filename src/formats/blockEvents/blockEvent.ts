/** What a record of the block layer says happened; the letters are blkparse's. */
export const BLOCK_EVENT = {
  /** Q: a bio arrived. */
  queue: 0,
  /** G: a request was allocated for it. */
  getRequest: 1,
  /** I: a request went into the scheduler. */
  insert: 2,
  /** M, F: a bio was merged into a request at its end or its start. */
  merge: 3,
  /** D: a request was handed to the driver. */
  issue: 4,
  /** R: the driver handed it back. */
  requeue: 5,
  /** C: the driver is done with it, or with some of it. */
  complete: 6,
  /** X: a bio was cut in two; `extra` is the offset in bytes where its second part begins. */
  split: 7,
  /** A: a bio came down from another device: `remap` takes its number and the place there. */
  remap: 8,
  /** D of a passthrough command: no request, and counted apart. */
  passthrough: 9,
  /** A text: the assembler's own; readers call `message`. */
  message: 10,
  /** S: a bio waits for a free request. */
  sleep: 11,
  /** P: a task begins to hold its requests back. */
  plug: 12,
  /** U: it lets them go; `extra` is how many. */
  unplug: 13,
  /** UT: the same, because the plug's time is over. */
  unplugTimer: 14,
} as const;

const MINORS = 2 ** 20;

/** The kernel's number of a device: what identifies it in remaps. */
export function deviceNumber(major: number, minor: number): number {
  return major * MINORS + minor;
}

export function majorOf(number: number): number {
  return Math.floor(number / MINORS);
}

/** "254,0": how a device is called where nothing names it. */
export function deviceId(number: number): string {
  return `${majorOf(number)},${number % MINORS}`;
}
