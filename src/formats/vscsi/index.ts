/*
 * Command traces of VMware's virtual SCSI layer, as CloudPhysics collected and libCacheSim reads them:
 * https://github.com/1a1a11a/libCacheSim/blob/10a34335811c4052ab6c78993e42669e692825cd/libCacheSim/traceReader/customizedReader/vscsi.h
 * A record of version 1, little-endian (a write of 512 bytes at sector 42932745):
 *
 *     84 00 00 80  00 02 00 00  01 00 00 00  2a 00 00 01  09 1a 8f 02 00 00 00 00  85 a1 3d ea 1e 00 00 00
 *
 * Serial number, bytes, scatter-gather entries, SCSI command, version in the upper byte, first sector, microseconds.
 * Version 2 has the command and the version first, and last a response time, whose unit is written down nowhere.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import {
  type Detection,
  type Format,
  type Head,
  type ReadHints,
  TIME_UNITS,
  type TraceInput,
} from "../../model/format.ts";
import { counted } from "../../model/quantities.ts";
import { assertUnderstood } from "../broken.ts";
import { carries, guide } from "./guide.ts";
import { HEAD_RECORDS_BYTES, layoutOf } from "./layout.ts";
import { VscsiReader } from "./reader.ts";
import { RecordBuffer } from "./recordBuffer.ts";

/** Command traces of virtual SCSI disks. */
export const vscsi = {
  id: "vscsi",
  title: "CloudPhysics vscsi",
  carries,
  reads: ["units.latency"],
  guide,
  detect: detectVscsi,
  read: readVscsi,
} as const satisfies Format;

function detectVscsi({ bytes }: Head): Detection {
  const layout = layoutOf(bytes);
  if (layout === null) return { match: false, reason: "no records of vscsi version 1 or 2" };
  return { match: true, reason: `records of vscsi version ${layout.version} with SCSI reads and writes` };
}

async function readVscsi(inputs: readonly TraceInput[], out: TraceBuilder, { units }: ReadHints): Promise<void> {
  for (const input of inputs) await readFile(input, out, units?.latency === undefined ? 0 : TIME_UNITS[units.latency]);
  assertUnderstood(out.quality, { file: inputs[0]?.name ?? "" }, "records");
}

async function readFile(input: TraceInput, out: TraceBuilder, responseUnitNs: number): Promise<void> {
  const start = await firstBytes(input, HEAD_RECORDS_BYTES);
  const layout = layoutOf(start);
  if (layout === null)
    throw new TraceError({ file: input.name, byte: 0 }, "invalid", "vscsi records", "expected version 1 or 2");
  out.recorded.completion = layout.responseTime !== null && responseUnitNs > 0;
  const buffer = new RecordBuffer(input, start, layout.bytes);
  const reader = new VscsiReader(out, layout, input.name, responseUnitNs);
  while (await buffer.next()) reader.read(buffer);
  reader.finish();
  out.quality.truncated ||= buffer.truncated;
  describe(reader, layout.responseTime !== null && responseUnitNs === 0, out);
}

function describe({ others }: VscsiReader, responseUnitMissing: boolean, out: TraceBuilder): void {
  if (others > 0)
    out.note(
      "other-commands",
      `${counted(others, "SCSI command")} of another kind than read, write or flush, counted as other`,
    );
  if (responseUnitMissing)
    out.note(
      "response-time-not-read",
      'response times are not read: no document gives their unit; who knows it says "units": { "latency": "us" } under "read" in the side file',
    );
}

/** A copy of the file's first bytes: at least so many, if it has them. */
async function firstBytes(input: TraceInput, least: number): Promise<Uint8Array> {
  let bytes = new Uint8Array(0);
  while (bytes.length < least) {
    const piece = await input.next();
    if (piece === null) break;
    const longer = new Uint8Array(bytes.length + piece.length);
    longer.set(bytes);
    longer.set(piece, bytes.length);
    bytes = longer;
  }
  return bytes;
}
