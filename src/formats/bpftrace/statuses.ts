const EIO = 5;

/** What the block layer's statuses are as errnos (blk_errors in block/blk-core.c), by their number. */
const ERRNO_OF = [0, 95, 110, 28, 67, 121, 52, 61, 84, 12, EIO, 78, 11, 16] as const;

/** The errno of a status. The numbers above differ between kernels, and are an error all the same. */
export function errnoOf(status: number): number {
  return ERRNO_OF[status] ?? EIO;
}
