/*
 * Alibaba Cloud's block traces of January 2020: io_traces.csv, described in
 * https://github.com/alibaba/block-traces/blob/18a13b9206cb5b50a4fa089942a1d245df33dbfd/README.md
 *
 *     0,R,126703644672,4096,1577808000000626
 *
 * device_id,opcode,offset,length,timestamp: the virtual disk, R or W, bytes, and when the server received it in
 * microseconds since 1970. No header. Sizes of the disks are in a file of their own (device_size.csv).
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { opsByText, type TableLayout } from "../table/layout.ts";
import { readTable } from "../table/readTable.ts";
import { fittingShape, type TableShape } from "../table/tableShape.ts";
import { carries, guide } from "./guide.ts";

const HEADER = "device_id,opcode,offset,length,timestamp";
const ROW = /^\d+,[RW],\d+,\d+,1\d{15}\s*$/;
const SHAPE: TableShape = { header: HEADER, isRow: (line) => ROW.test(line) };

const LAYOUT: TableLayout = {
  separator: ",",
  columns: { least: 5, most: 5 },
  at: { device: 0, op: 1, offset: 2, length: 3, time: 4 },
  units: { time: "us", offsetBytes: 1, lengthBytes: 1 },
  opOf: opsByText({ R: "read", W: "write" }),
  opsExpected: "R or W",
  epoch: "unix",
};

/** Traces of the Alibaba 2020 collection. */
export const alibaba = {
  id: "alibaba",
  title: "Alibaba block traces 2020",
  carries,
  reads: [],
  guide,
  detect: detectAlibaba,
  read: readAlibaba,
} as const satisfies Format;

function detectAlibaba(head: Head): Detection {
  const match = fittingShape(head, SHAPE) !== null;
  const what = "disk, R or W, offset, length and microseconds since 1970";
  return { match, reason: match ? what : `no lines of ${what}` };
}

async function readAlibaba(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  await readTable(inputs, out, LAYOUT, HEADER);
}
