/*
 * Written by the kernel's device-mapper target log-writes onto its log device, and by qemu's driver blklogwrites:
 * https://github.com/torvalds/linux/blob/0d8627cc936de8ea04f3cc1e6921c63fb72cc199/drivers/md/dm-log-writes.c
 * https://github.com/qemu/qemu/blob/master/block/blklogwrites.c
 *
 *     72 68 73 77 66 73 6a 00  01 00 00 00 00 00 00 00  3f 00 00 00 00 00 00 00  00 02 00 00              63 entries
 *     02 00 00 00 00 00 00 00  02 00 00 00 00 00 00 00  02 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  FUA write
 *
 * A sector for the superblock, then a sector for each entry and, but for discards, as many sectors as it wrote.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { ByteReader } from "./byteReader.ts";
import { Entries } from "./entries.ts";
import { carries, guide } from "./guide.ts";
import { hasMagic, LARGEST_SECTOR_BYTES, longAt, SUPER, VERSION } from "./layout.ts";

/** Logs of device-mapper's log-writes. */
export const dmLogWrites: Format = {
  id: "dmLogWrites",
  title: "dm-log-writes",
  carries,
  reads: [],
  guide,
  detect: detectLog,
  read: readLog,
};

function detectLog({ bytes }: Head): Detection {
  const match = hasMagic(bytes);
  return { match, reason: match ? "the magic of dm-log-writes" : "no magic of dm-log-writes at its start" };
}

async function readLog(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  Object.assign(out.recorded, { clock: false, flags: true });
  for (const input of inputs) await readFile(input, out);
}

async function readFile(input: TraceInput, out: TraceBuilder): Promise<void> {
  const bytes = new ByteReader(input);
  const { entries, sectorBytes } = await readSuper(bytes, input);
  const reader = new Entries(out, input.name, sectorBytes);
  for (let i = 0; i < entries; i++) {
    const byte = bytes.at;
    const sector = await bytes.take(sectorBytes);
    if (sector === null || !(await bytes.skip(reader.read(sector, byte)))) {
      out.quality.truncated = true;
      out.note("entries-missing", `the log tells of ${entries} entries, and ends in entry ${i + 1}`);
      return;
    }
  }
}

async function readSuper(
  bytes: ByteReader,
  { name: file }: TraceInput,
): Promise<{ entries: number; sectorBytes: number }> {
  const cure = "give the log device from its first byte, or a copy of it";
  const start = await bytes.take(SUPER.bytes);
  if (start === null) throw new TraceError({ file, byte: 0 }, "invalid", "superblock: it is cut off", cure);
  const version = longAt(start, SUPER.version);
  if (version !== VERSION)
    throw new TraceError(
      { file, byte: SUPER.version },
      "unsupported",
      `dm-log-writes version ${version}`,
      `this reader knows version ${VERSION}`,
    );
  const sectorBytes = start.getUint32(SUPER.sectorBytes, true);
  const isSize = sectorBytes >= 512 && sectorBytes <= LARGEST_SECTOR_BYTES && (sectorBytes & (sectorBytes - 1)) === 0;
  if (!isSize) throw new TraceError({ file, byte: SUPER.sectorBytes }, "invalid", `sector size ${sectorBytes}`, cure);
  await bytes.skip(sectorBytes - SUPER.bytes);
  return { entries: longAt(start, SUPER.entries), sectorBytes };
}
