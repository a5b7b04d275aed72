/** The errors that NBD knows, as Linux numbers them: https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md */
const ERRNO: ReadonlyMap<string, number> = new Map([
  ["EPERM", 1],
  ["EIO", 5],
  ["ENOMEM", 12],
  ["EINVAL", 22],
  ["ENOSPC", 28],
  ["EOVERFLOW", 75],
  ["ENOTSUP", 95],
  ["ESHUTDOWN", 108],
]);

/** The number of an error as the log names it: `error=EIO`, in old logs `(EIO)` or `(EROFS=>EPERM)`. */
export function errnoOf(text: string): number | undefined {
  const name = /^(?:error=|\((?:\w+=>)?)(\w+)\)?$/.exec(text)?.[1];
  return name === undefined ? undefined : ERRNO.get(name);
}
