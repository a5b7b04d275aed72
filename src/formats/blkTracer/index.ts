/*
 * Written by the kernel's tracer blk (echo blk > current_tracer), into ftrace's files trace and trace_pipe:
 * https://github.com/torvalds/linux/blob/v6.18/kernel/trace/blktrace.c
 *
 *     dd-516     [000] d..1.    84.122358: 254,0    D  WS 55298 + 2048 [dd]
 *
 * ftrace's process, CPU and time, then what blkparse writes; with the option blk_classic blkparse's line without its
 * sequence number. The tracepoints of the block layer (block_rq_issue: …) are another format, ftrace.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { readLines } from "../text/readLines.ts";
import { carries, guide } from "./guide.ts";
import { BlkTracerReader } from "./reader.ts";

const WHAT = `(?:UT|[ACDFGIMPQRSUXm]) +F?[DWRNZ][A-Z]*(?: |$)`;
const CGROUP = String.raw`(?:[\da-f]+,[\da-f]+ +|/\S* +|<\.\.\.> +)?`;
const EVENT = new RegExp(String.raw`^\s*\S.*-\d+\s.*\s\d+\.\d{6}:\s+\d+,\d+ +${CGROUP}${WHAT}`);
const CLASSIC = new RegExp(String.raw`^ *\d+,\d+ +\d+ +\d+\.\d{9} +\d+ +${WHAT}`);
const MARKER = /: tracing_mark_write: /;

/** Traces of the kernel's tracer blk. */
export const blkTracer = {
  id: "blkTracer",
  title: "ftrace's tracer blk",
  carries,
  reads: [],
  guide,
  detect,
  read,
} as const satisfies Format;

function detect({ bytes, complete }: Head): Detection {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  if (!complete) lines.pop();
  const deciding = lines.filter((line) => line.trim() !== "" && !line.startsWith("#") && !MARKER.test(line));
  const fitting = deciding.filter((line) => EVENT.test(line) || CLASSIC.test(line)).length;
  const match = fitting * 2 > deciding.length;
  return {
    match,
    reason: match ? "lines of the tracer blk: device, action, letters" : "no lines of the tracer blk",
  };
}

async function read(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  const reader = new BlkTracerReader(out);
  await readLines(inputs, out, (line) => reader.read(line), reader.plain);
  reader.finish();
  out.recorded.process = true;
}
