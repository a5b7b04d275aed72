/*
 * The ASCII traces that MQSim, a simulator of SSDs, takes:
 * https://github.com/CMU-SAFARI/MQSim/blob/2b6904b7087748918ae58acb729fce84aecfa5f2/src/host/ASCII_Trace_Definition.h
 *
 *     4851300 1 524288 16 0
 *
 * Arrival time, device, first sector, sectors of 512 bytes, 1 for a read and 0 for a write (Tencent and others mean the
 * opposite by them). The unit of time stands in the workload's XML, as <Time_Unit>. Five whole numbers may be many things.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import type { Detection, Format, Head, ReadHints, TraceInput } from "../../model/format.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { opsByText, type TableLayout } from "../table/layout.ts";
import { readTable } from "../table/readTable.ts";
import { fittingShape, type TableShape } from "../table/tableShape.ts";
import { carries, guide } from "./guide.ts";

const ROW = /^\s*\d+[ \t]+\d+[ \t]+\d+[ \t]+\d+[ \t]+[01]\s*$/;
const SHAPE: TableShape = { header: "", isRow: (line) => ROW.test(line) };
const NEEDS = '"units": { "time": "ns" }';

const LAYOUT: TableLayout = {
  separator: " ",
  columns: { least: 5, most: 5 },
  at: { time: 0, device: 1, offset: 2, length: 3, op: 4 },
  units: { offsetBytes: SECTOR_BYTES, lengthBytes: SECTOR_BYTES },
  opOf: opsByText({ 0: "write", 1: "read" }),
  opsExpected: "0 or 1",
};

/** Traces for MQSim. */
export const mqsim = {
  id: "mqsim",
  title: "MQSim ASCII",
  carries,
  reads: ["units.time"],
  guide,
  detect: detectMqsim,
  read: readMqsim,
} as const satisfies Format;

function detectMqsim(head: Head, { units }: ReadHints): Detection {
  if (fittingShape(head, SHAPE) === null)
    return { match: false, reason: "no lines of time, device, sector, sectors, and 0 or 1" };
  const needs = units?.time === undefined ? [NEEDS] : [];
  return { match: false, possible: true, reason: "four whole numbers and a 0 or 1", needs };
}

async function readMqsim(inputs: readonly TraceInput[], out: TraceBuilder, { units }: ReadHints): Promise<void> {
  if (units?.time === undefined)
    throw new TraceError(
      { file: inputs[0]?.name ?? "" },
      "missing",
      "unit of time",
      `the workload's XML gives it as <Time_Unit>: say "read": { "format": "mqsim", ${NEEDS} } in its side file ("ps", "ns" or "us")`,
    );
  await readTable(inputs, out, { ...LAYOUT, units: { ...LAYOUT.units, time: units.time } });
}
