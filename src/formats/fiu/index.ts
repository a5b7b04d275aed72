/*
 * Traces of Florida International University (IODedup and SRCMap), as SNIA publishes them, with the README of the
 * collection: https://iotta.snia.org/traces/block-io/391
 *
 *     89968195792462 20782 gzip 283193184 8 R 6 0 56f11b711d91a065a2b6458eca924523
 *
 * [ts in ns] [pid] [process] [lba] [size in 512 bytes blocks] [Write or Read] [major device number]
 * [minor device number] [MD5 per 4096 bytes (of the home traces: per 512 bytes)]
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { opsByText, type TableLayout } from "../table/layout.ts";
import { readTable } from "../table/readTable.ts";
import { fittingShape, type TableShape } from "../table/tableShape.ts";
import { carries, guide } from "./guide.ts";

const ROW = /^\d+\s+\d+\s+\S+\s+\d+\s+\d+\s+[RW]\s+\d+\s+\d+(?:\s+[0-9a-fA-F]{32})*\s*$/;
const SHAPE: TableShape = { header: "", isRow: (line) => ROW.test(line) };

const LAYOUT: TableLayout = {
  separator: " ",
  columns: { least: 8, most: 256 },
  at: { time: 0, pid: 1, process: 2, offset: 3, length: 4, op: 5, device: 6 },
  deviceColumns: 2,
  deviceId: (text) => text.replace(/\s+/, ","),
  units: { time: "ns", offsetBytes: SECTOR_BYTES, lengthBytes: SECTOR_BYTES },
  opOf: opsByText({ R: "read", W: "write" }),
  opsExpected: "R or W",
};

/** Traces of the FIU collections. */
export const fiu = {
  id: "fiu",
  title: "FIU (IODedup, SRCMap)",
  carries,
  reads: [],
  guide,
  detect: detectFiu,
  read: readFiu,
} as const satisfies Format;

function detectFiu(head: Head): Detection {
  const match = fittingShape(head, SHAPE) !== null;
  const what = "time, pid, process, block, blocks, R or W, major and minor";
  return { match, reason: match ? what : `no lines of ${what}` };
}

async function readFiu(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  await readTable(inputs, out, LAYOUT);
}
