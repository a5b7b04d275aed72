/*
 * CloudPhysics' traces of virtual disks as CSV, as libCacheSim has them (its data/trace.csv, now cloudPhysicsIO.csv):
 * https://github.com/1a1a11a/libCacheSim/blob/cc9a68a890475fa3f707f8778f891f36cfdb3fbe/data/trace.csv
 *
 *     version,time,op,size,lbn
 *     1,33898,2a,512,42932745
 *
 * The version of the vscsi record it was made from, whole seconds (https://github.com/1a1a11a/libCacheSim/issues/38),
 * the SCSI command in hexadecimal, bytes, and the first sector of 512 bytes.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import type { Op } from "../../model/ops.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import type { TableLayout } from "../table/layout.ts";
import { readTable } from "../table/readTable.ts";
import { fittingShape, type TableShape } from "../table/tableShape.ts";
import { headLines } from "../text/headLines.ts";
import { movesBlocks, opOfCommand } from "../vscsi/commands.ts";
import { carries, guide } from "./guide.ts";

const HEADER = "version,time,op,size,lbn";
const ROW = /^[12],\d+,([0-9a-f]{1,2}),\d+,\d+\s*$/;
const SHAPE: TableShape = { header: HEADER, isRow: (line) => movesBlocks(commandOf(ROW.exec(line)?.[1])) };

const LAYOUT: TableLayout = {
  separator: ",",
  columns: { least: 5, most: 5 },
  at: { time: 1, op: 2, length: 3, offset: 4 },
  units: { time: "s", offsetBytes: SECTOR_BYTES, lengthBytes: 1 },
  opOf,
  opsExpected: "a SCSI command in hexadecimal",
};

/** CloudPhysics' traces as CSV. */
export const cloudPhysicsCsv = {
  id: "cloudPhysicsCsv",
  title: "CloudPhysics CSV",
  carries,
  reads: [],
  guide,
  detect: detectCloudPhysicsCsv,
  read: readCloudPhysicsCsv,
} as const satisfies Format;

function detectCloudPhysicsCsv(head: Head): Detection {
  const shape = fittingShape(head, SHAPE);
  if (shape === null) return { match: false, reason: "no lines of version, time, SCSI command, size and block" };
  if (shape === "header") return { match: true, reason: `the header ${HEADER}` };
  const hexadecimal = headLines(head).some((line) => /[a-f]/.test(ROW.exec(line)?.[1] ?? ""));
  if (hexadecimal) return { match: true, reason: "version, time, SCSI command in hexadecimal, size and block" };
  return { match: false, possible: true, reason: "five whole numbers, the third a SCSI command if it is hexadecimal" };
}

async function readCloudPhysicsCsv(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  await readTable(inputs, out, LAYOUT, HEADER);
}

function commandOf(text: string | undefined): number {
  return text === undefined ? Number.NaN : Number.parseInt(text, 16);
}

function opOf(text: string): Op | undefined {
  return /^[0-9a-f]{1,2}$/i.test(text) ? opOfCommand(commandOf(text)) : undefined;
}
