/*
 * Written by bpftrace with the script of script.ts:
 *
 *     31055736541 D vda 4801 34818 1310720 dd 286
 *     31060830261 C vda 4801 34818 1310720 err=0
 *
 * Nanoseconds since the machine's start, D for issued and C for complete, disk, cmd_flags in hexadecimal, sector, bytes;
 * then the command and its pid, or the block layer's status.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { headLines } from "../text/headLines.ts";
import { readLines } from "../text/readLines.ts";
import { carries, guide } from "./guide.ts";
import { BpftraceReader } from "./reader.ts";

const HEADER = /^# blkreport\.bt:/;
const EVENT = /^\d+ (D \S* [0-9a-f]+ \d+ \d+ \S.* \d+|C \S* [0-9a-f]+ \d+ \d+ err=\d+.*)\s*$/;
const FEWEST_EVENTS = 2;

/** Logs of blkreport's script for bpftrace. */
export const bpftrace = {
  id: "bpftrace",
  title: "bpftrace script",
  carries,
  reads: [],
  guide,
  detect: detectBpftrace,
  read: readBpftrace,
} as const satisfies Format;

function detectBpftrace(head: Head): Detection {
  const lines = headLines(head);
  if (lines.some((line) => HEADER.test(line))) return { match: true, reason: "the header of blkreport.bt" };
  const events = lines.filter((line) => EVENT.test(line)).length;
  const match = events >= FEWEST_EVENTS && events * 2 >= lines.length;
  return {
    match,
    reason: match ? "nanoseconds, D or C, and a request" : "no lines of nanoseconds, D or C, and a request",
  };
}

async function readBpftrace(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  Object.assign(out.recorded, { clock: true, process: true });
  const reader = new BpftraceReader(out);
  await readLines(inputs, out, (line) => reader.read(line), reader.plain);
  reader.finish();
}
