/*
 * struct log_write_super and struct log_write_entry, little-endian:
 * https://github.com/torvalds/linux/blob/0d8627cc936de8ea04f3cc1e6921c63fb72cc199/drivers/md/dm-log-writes.c
 */

/** As its bytes stand in the file: 0x6a736677736872. */
const MAGIC = [0x72, 0x68, 0x73, 0x77, 0x66, 0x73, 0x6a, 0x00] as const;
export const VERSION = 1;

export const SUPER = { version: 8, entries: 16, sectorBytes: 24, bytes: 28 } as const;
export const ENTRY = { sector: 0, sectors: 8, flags: 16, dataBytes: 24, bytes: 32 } as const;
export const ENTRY_FLAG = { flush: 1, fua: 2, discard: 4, mark: 8, metadata: 16 } as const;
/** A sector of the log holds one entry, and is read into a page. */
export const LARGEST_SECTOR_BYTES = 1 << 16;

export function hasMagic(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/** A 64-bit number; Infinity where a double would not hold it. */
export function longAt(view: DataView, at: number): number {
  const value = view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
  return Number.isSafeInteger(value) ? value : Number.POSITIVE_INFINITY;
}
