/*
 * Traces of a virtual desktop infrastructure at Fujitsu (SYSTOR '17), as SNIA publishes them, with the README of the
 * collection: https://iotta.snia.org/traces/block-io/4928
 *
 *     Timestamp,Response,IOType,LUN,Offset,Size
 *     1456095145.133076000,0.000806000,R,0,899056122368,131072
 *
 * Seconds since 1970 (nine decimals, good to a microsecond), the time needed to complete, R, W or nothing where no
 * response was seen, bytes. The README does not give the unit of Response: it has the decimals of the time stamp,
 * and 0.0008 can only be seconds for a read of 128 KiB.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { counted } from "../../model/quantities.ts";
import { opsByText, type TableLayout } from "../table/layout.ts";
import { readTable } from "../table/readTable.ts";
import { fittingShape, type TableShape } from "../table/tableShape.ts";
import { carries, guide } from "./guide.ts";

const HEADER = "Timestamp,Response,IOType,LUN,Offset,Size";
const ROW = /^\d{10}\.\d{9},(?:\d+\.\d+)?,[RW]?,\d+,\d+,\d+\s*$/;
const SHAPE: TableShape = { header: HEADER, isRow: (line) => ROW.test(line) };

const LAYOUT: TableLayout = {
  separator: ",",
  columns: { least: 6, most: 6 },
  at: { time: 0, latency: 1, op: 2, device: 3, offset: 4, length: 5 },
  deviceId: (text) => `LUN${text}`,
  units: { time: "s", latency: "s", offsetBytes: 1, lengthBytes: 1 },
  opOf: opsByText({ R: "read", W: "write", "": "other" }),
  opsExpected: "R, W or nothing",
  epoch: "unix",
};

/** Traces of the SYSTOR '17 collection. */
export const systor17 = {
  id: "systor17",
  title: "SYSTOR '17",
  carries,
  reads: [],
  guide,
  detect: detectSystor17,
  read: readSystor17,
} as const satisfies Format;

function detectSystor17(head: Head): Detection {
  const shape = fittingShape(head, SHAPE);
  if (shape === null) return { match: false, reason: "no lines of seconds, response, type, LUN, offset and size" };
  return {
    match: true,
    reason: shape === "header" ? `the header ${HEADER}` : "seconds, response, type, LUN, offset, size",
  };
}

async function readSystor17(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  const { withoutOp } = await readTable(inputs, out, LAYOUT, HEADER);
  if (withoutOp > 0)
    out.note(
      "op-not-recorded",
      `${counted(withoutOp, "request")} without a type, because no response was seen: neither read nor write, counted as other`,
    );
}
