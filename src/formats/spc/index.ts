/*
 * SPC Trace File Format Specification, revision 1.0.1 (Storage Performance Council, 2002); the traces of the UMass Trace
 * Repository are written in it: https://traces.cs.umass.edu/docs/traces/storage/
 *
 *     0,303567,3584,w,0.000000
 *     1,55590,3072,w,0.000000
 *
 * Application-specific unit, first block, bytes, r or w, seconds since the start; then any number of optional fields.
 * How large a block is stands in the description that comes with a trace, not in the trace. White space may stand in fields.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import type { Detection, Format, Head, ReadHints, TraceInput } from "../../model/format.ts";
import { opsByText, type TableLayout } from "../table/layout.ts";
import { readTable } from "../table/readTable.ts";
import { fittingShape, type TableShape } from "../table/tableShape.ts";
import { carries, guide } from "./guide.ts";

const ROW = /^\s*\d+\s*,\s*\d+\s*,\s*\d+\s*,\s*[RrWw]\s*,\s*\d+(?:\.\d*)?\s*(?:,.*)?$/;
const SHAPE: TableShape = { header: "", isRow: (line) => ROW.test(line) };
const NEEDS = '"units": { "offsetBytes": 512 }';

const LAYOUT: TableLayout = {
  separator: ",",
  columns: { least: 5, most: 256 },
  at: { device: 0, offset: 1, length: 2, op: 3, time: 4 },
  deviceId: (text) => `ASU ${text}`,
  units: { time: "s", lengthBytes: 1 },
  opOf: opsByText({ R: "read", r: "read", W: "write", w: "write" }),
  opsExpected: "R or W",
};

/** Traces in the format of the Storage Performance Council. */
export const spc = {
  id: "spc",
  title: "SPC trace file",
  carries,
  reads: ["units.offsetBytes"],
  guide,
  detect: detectSpc,
  read: readSpc,
} as const satisfies Format;

function detectSpc(head: Head, { units }: ReadHints): Detection {
  if (fittingShape(head, SHAPE) === null)
    return { match: false, reason: "no lines of unit, block, bytes, R or W, and seconds" };
  const needs = units?.offsetBytes === undefined ? [NEEDS] : [];
  return { match: true, reason: "unit, block, bytes, R or W, and seconds", needs };
}

async function readSpc(inputs: readonly TraceInput[], out: TraceBuilder, { units }: ReadHints): Promise<void> {
  if (units?.offsetBytes === undefined)
    throw new TraceError(
      { file: inputs[0]?.name ?? "" },
      "missing",
      "size of a block",
      `the description of an SPC trace gives it, the trace does not: say "read": { ${NEEDS} } in its side file (512 for the traces of UMass)`,
    );
  await readTable(inputs, out, { ...LAYOUT, units: { ...LAYOUT.units, offsetBytes: units.offsetBytes } });
}
