/*
 * The block traces of Microsoft Research Cambridge (2007), as SNIA publishes them, with the README of the collection:
 * https://iotta.snia.org/traces/block-io/388
 *
 *     128166372011600556,mds,0,Write,3201662976,20480,45361
 *
 * Timestamp,Hostname,DiskNumber,Type,Offset,Size,ResponseTime: the time of the issue in "Windows filetime" (ticks of
 * 100 ns since 1601), the volume, Read or Write, bytes, and the time to complete in the same ticks. No header.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { opsByText, type TableLayout } from "../table/layout.ts";
import { readTable } from "../table/readTable.ts";
import { fittingShape, type TableShape } from "../table/tableShape.ts";
import { carries, guide } from "./guide.ts";

const HEADER = "Timestamp,Hostname,DiskNumber,Type,Offset,Size,ResponseTime";
const ROW = /^\d{17,18},[^,]+,\d+,(?:Read|Write),\d+,\d+,-?\d+\s*$/;
const SHAPE: TableShape = { header: HEADER, isRow: (line) => ROW.test(line) };

const LAYOUT: TableLayout = {
  separator: ",",
  columns: { least: 7, most: 7 },
  at: { time: 0, device: 1, op: 3, offset: 4, length: 5, latency: 6 },
  deviceColumns: 2,
  deviceId: (text) => text.replace(",", "_"),
  units: { time: "100ns", latency: "100ns", offsetBytes: 1, lengthBytes: 1 },
  opOf: opsByText({ Read: "read", Write: "write" }),
  opsExpected: "Read or Write",
  epoch: "filetime",
};

/** Traces of the MSR Cambridge collection. */
export const msr = {
  id: "msr",
  title: "MSR Cambridge",
  carries,
  reads: [],
  guide,
  detect: detectMsr,
  read: readMsr,
} as const satisfies Format;

function detectMsr(head: Head): Detection {
  const match = fittingShape(head, SHAPE) !== null;
  return {
    match,
    reason: match ? "filetime ticks, host, disk, Read or Write" : "no filetime ticks with Read or Write",
  };
}

async function readMsr(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  await readTable(inputs, out, LAYOUT, HEADER);
}
