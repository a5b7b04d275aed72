/** The errors that a block device reports, by Linux' numbers: block/blk-core.c's blk_errors, and what nbdkit can send. */
const ERRNOS: Readonly<Record<number, readonly [name: string, meaning: string]>> = {
  1: ["EPERM", "operation not permitted"],
  5: ["EIO", "input/output error"],
  11: ["EAGAIN", "try again"],
  12: ["ENOMEM", "out of memory"],
  16: ["EBUSY", "device busy"],
  19: ["ENODEV", "no such device"],
  22: ["EINVAL", "invalid argument"],
  28: ["ENOSPC", "no space left"],
  52: ["EBADE", "reservation conflict"],
  61: ["ENODATA", "medium error"],
  62: ["ETIME", "duration limit exceeded"],
  67: ["ENOLINK", "transport failed"],
  75: ["EOVERFLOW", "zone resources exceeded"],
  84: ["EILSEQ", "protection error"],
  95: ["EOPNOTSUPP", "operation not supported"],
  108: ["ESHUTDOWN", "server shut down"],
  110: ["ETIMEDOUT", "timed out"],
  121: ["EREMOTEIO", "target failed"],
};

export const EOPNOTSUPP = 95;

/** "EIO (input/output error)". */
export function errnoText(errno: number): string {
  const known = ERRNOS[errno];
  return known === undefined ? `errno ${errno}` : `${known[0]} (${known[1]})`;
}
