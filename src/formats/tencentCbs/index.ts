/*
 * Tencent's cloud block storage, 1 to 10 October 2018, as SNIA publishes it, with the README of the collection:
 * https://iotta.snia.org/traces/parallel/27917
 *
 *     1538323200,12910952,128,0,1063
 *
 * Timestamp,Offset,Size,IOType,VolumeID: whole seconds since 1970, sectors of 512 bytes, 0 for a read and 1 for a write
 * (MQSim and others mean the opposite by them), the volume. No header. Five whole numbers may be many things:
 * what tells this collection are its ten days.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { opsByText, type TableLayout } from "../table/layout.ts";
import { readTable } from "../table/readTable.ts";
import { fittingShape, type TableShape } from "../table/tableShape.ts";
import { carries, guide } from "./guide.ts";

const HEADER = "Timestamp,Offset,Size,IOType,VolumeID";
const ROW = /^(\d{10}),\d+,\d+,[01],\d+\s*$/;
/** 30 September to 11 October 2018 in Shenzhen, and a day of either side. */
const FROM_SECONDS = 1538150400;
const TO_SECONDS = 1539360000;

const ANY_TIME: TableShape = { header: HEADER, isRow: (line) => ROW.test(line) };
const TEN_DAYS: TableShape = {
  header: HEADER,
  isRow: (line) => {
    const seconds = Number(ROW.exec(line)?.[1]);
    return seconds >= FROM_SECONDS && seconds < TO_SECONDS;
  },
};

const LAYOUT: TableLayout = {
  separator: ",",
  columns: { least: 5, most: 5 },
  at: { time: 0, offset: 1, length: 2, op: 3, device: 4 },
  units: { time: "s", offsetBytes: SECTOR_BYTES, lengthBytes: SECTOR_BYTES },
  opOf: opsByText({ 0: "read", 1: "write" }),
  opsExpected: "0 or 1",
  epoch: "unix",
};

/** Traces of the Tencent CBS 2018 collection. */
export const tencentCbs = {
  id: "tencentCbs",
  title: "Tencent CBS 2018",
  carries,
  reads: [],
  guide,
  detect: detectTencentCbs,
  read: readTencentCbs,
} as const satisfies Format;

function detectTencentCbs(head: Head): Detection {
  if (fittingShape(head, TEN_DAYS) !== null)
    return { match: true, reason: "seconds of October 2018, two numbers, 0 or 1, and a volume" };
  if (fittingShape(head, ANY_TIME) === null)
    return { match: false, reason: "no lines of seconds, two numbers, 0 or 1, and a volume" };
  return { match: false, possible: true, reason: "five whole numbers, but not of October 2018" };
}

async function readTencentCbs(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  await readTable(inputs, out, LAYOUT, HEADER);
}
