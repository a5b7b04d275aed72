/*
 * Written by biosnoop of bcc and of libbpf-tools, and by iosnoop of perf-tools:
 * https://github.com/iovisor/bcc/blob/023154c7708087ddf6c2031cef5d25c2445b70c4/tools/biosnoop.py
 * https://github.com/iovisor/bcc/blob/07ca7ba9df379bf063b3b2afca6983b8d91bc2a2/libbpf-tools/biosnoop.c
 * https://github.com/brendangregg/perf-tools/blob/033efc2dd4a443cef1d720246aded27dc695ea1b/iosnoop
 *
 *     TIME(s)     COMM           PID    DISK    T SECTOR     BYTES  QUE(ms) LAT(ms)
 *     0.000771    sync           22177  nvme1n1 W 41963894   3072      0.11    0.47
 *
 * The header says which columns there are and how wide a command is. Lines come as requests are complete, and those of
 * different CPUs a little out of order.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { headLines } from "../text/headLines.ts";
import { readLines } from "../text/readLines.ts";
import { headerOf } from "./columns.ts";
import { carries, guide } from "./guide.ts";
import { BiosnoopReader } from "./reader.ts";

/** Logs of biosnoop and iosnoop. */
export const biosnoop = {
  id: "biosnoop",
  title: "biosnoop",
  carries,
  reads: [],
  guide,
  detect: detectBiosnoop,
  read: readBiosnoop,
} as const satisfies Format;

function detectBiosnoop(head: Head): Detection {
  const match = headLines(head).some((line) => headerOf(line) !== undefined);
  return {
    match,
    reason: match ? "a header with COMM, PID, SECTOR, BYTES and LAT" : "no header of biosnoop's columns",
  };
}

async function readBiosnoop(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  Object.assign(out.recorded, { clock: true, completion: true, process: true });
  const reader = new BiosnoopReader(out);
  await readLines(inputs, out, (line) => reader.read(line));
  reader.finish();
}
