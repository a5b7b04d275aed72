/*
 * Written by fio --write_lat_log=…, --write_bw_log=… or --write_iops_log=… with --log_offset=1 and without --log_avg_msec:
 * https://github.com/axboe/fio/blob/002db503a5c21146266c92bc4911b6a5ec9b5d5d/iolog.c (flush_samples)
 *
 *     1, 385759, 0, 4096, 3104768, 0
 *
 * Milliseconds since the job's start, value, direction (read, write, trim), block size, offset; then the priority
 * (0 or 1, or 0x0000 with --log_prio=1) since fio 3.18, and nanoseconds of the issue with --log_issue_time=1, which are 0
 * in logs of lat, bw and iops. A line is written when its request is complete; for slat, when it was sent.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import {
  type Detection,
  FIO_LOG_VALUES,
  type Format,
  type Head,
  type ReadHints,
  type TraceInput,
} from "../../model/format.ts";
import { headLines } from "../text/headLines.ts";
import { readLines } from "../text/readLines.ts";
import { carries, guide } from "./guide.ts";
import { FioLogReader } from "./reader.ts";
import { shapeOf } from "./shape.ts";
import { valueInName } from "./values.ts";

/** Logs of a fio job's single requests. */
export const fioLog = {
  id: "fioLog",
  title: "fio log of latencies, bandwidth or IOPS",
  carries,
  reads: ["fioLog"],
  guide,
  detect: detectFioLog,
  read: readFioLog,
} as const satisfies Format;

function detectFioLog(head: Head, { fioLog: value }: ReadHints): Detection {
  const shape = shapeOf(headLines(head));
  const needs = value === undefined ? [`"fioLog": "${valueInName(head.name) ?? "clat"}"`] : [];
  if (shape === "requests")
    return { match: true, reason: "milliseconds, value, direction 0 to 2, block size and offset", needs };
  if (shape === "maybe requests")
    return { match: false, possible: true, reason: "its few lines do not tell whether they have offsets", needs };
  return { match: false, reason: "no lines of milliseconds, value, direction 0 to 2, block size and offset" };
}

async function readFioLog(inputs: readonly TraceInput[], out: TraceBuilder, hints: ReadHints): Promise<void> {
  const value = hints.fioLog;
  if (value === undefined) throw missingValue(inputs[0]?.name ?? "");
  Object.assign(out.recorded, { clock: true, completion: value === "lat" || value === "clat" });
  const reader = new FioLogReader(out, value);
  await readLines(inputs, out, (line) => reader.read(line), reader.plain);
  reader.finish();
}

function missingValue(file: string): TraceError {
  const named = valueInName(file);
  const keys = FIO_LOG_VALUES.map((value) => `"${value}"`).join(", ");
  const cure = `say "read": { "fioLog": "${named ?? "clat"}" } in its side file, or another of ${keys}`;
  const what = "meaning of the values, which no fio log tells";
  return new TraceError(
    { file },
    "missing",
    what,
    named === undefined ? cure : `${cure} (it is named like a log of ${named})`,
  );
}
