/*
 * Writes logs as the kernel does, by its structures alone:
 * https://github.com/torvalds/linux/blob/0d8627cc936de8ea04f3cc1e6921c63fb72cc199/drivers/md/dm-log-writes.c
 */

export interface DmLogEntry {
  readonly sector: number;
  readonly sectors: number;
  /** LOG_FLUSH_FLAG 1, LOG_FUA_FLAG 2, LOG_DISCARD_FLAG 4, LOG_MARK_FLAG 8, LOG_METADATA_FLAG 16. */
  readonly flags: number;
  readonly mark?: string;
}

/** A log of these entries; the data of writes is filled with a byte that no structure holds. */
export function dmLog(entries: readonly DmLogEntry[], sectorBytes = 512): Buffer {
  const start = Buffer.alloc(sectorBytes);
  start.writeBigUInt64LE(0x6a736677736872n, 0);
  start.writeBigUInt64LE(1n, 8);
  start.writeBigUInt64LE(BigInt(entries.length), 16);
  start.writeUInt32LE(sectorBytes, 24);
  const parts = entries.flatMap(({ sector, sectors, flags, mark = "" }) => {
    const entry = Buffer.alloc(sectorBytes);
    const fields = [sector, sectors, flags, Buffer.byteLength(mark)];
    for (const [i, value] of fields.entries()) entry.writeBigUInt64LE(BigInt(value), i * 8);
    entry.write(mark, 32);
    return [entry, Buffer.alloc(flags & 4 ? 0 : sectors * sectorBytes, 0xa5)];
  });
  return Buffer.concat([start, ...parts]);
}
