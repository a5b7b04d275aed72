/*
 * Written by the kernel (the files trace and trace_pipe) and by `trace-cmd report`:
 * https://github.com/torvalds/linux/blob/v6.18/kernel/trace/trace_output.c (the beginning of a line),
 * https://github.com/torvalds/linux/blob/v6.18/include/trace/events/block.h (what the events say)
 *
 *     kworker/1:1H-57      [001] .....    20.397985: block_rq_issue: 8,0 R 4096 () 147736 + 8 [kworker/1:1H]
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { BlockEventAssembler } from "../blockEvents/index.ts";
import { readLines } from "../text/readLines.ts";
import { countFitting, TraceEventReader } from "../traceEvents/index.ts";
import { FtraceTask } from "./ftraceTask.ts";
import { carries, guide } from "./guide.ts";
import { otherLineReader } from "./otherLines.ts";
import { PlainFtraceTask } from "./plainTask.ts";

const BRACKETED_CPU = String.raw`\[\d+\]\s+(\(.*?\)\s+)?([^\s\d]\S*\s+)?`;
const LATENCY_CPU = String.raw`\d+[^\s\d]\S*\s+`;
const TIME = String.raw`(\d+\.\d{1,9}|\d+us.|\d+)`;
const SHAPE = new RegExp(
  String.raw`^\s*\S.*-\d+\s+(\(.*?\)\s+)?(${BRACKETED_CPU}|${LATENCY_CPU})${TIME}:\s+(\w[\w.-]*:(\s|$)|<stack trace)`,
);
/** Comments, trace-cmd's header, losses, stacks. */
const PASSED = /^\s*(#|cpus=\d+$|version = \d+$|CPU \d+ is empty$|CPU:\d+ \[|=> )/;
/** The beginning of a trace in which nothing happened. */
const EMPTY = /^\uFEFF?# tracer: nop\r?\n(#.*\r?\n)*$/;

/** Events as text from ftrace or trace-cmd. */
export const ftrace = {
  id: "ftrace",
  title: "ftrace and trace-cmd",
  carries,
  reads: [],
  guide,
  detect,
  read,
} as const satisfies Format;

function detect(head: Head): Detection {
  const { fitting, of } = countFitting(head, SHAPE, PASSED);
  if (fitting * 2 > of) return { match: true, reason: "lines of PROCESS-PID [CPU] TIME: EVENT:" };
  if (of === 0 && EMPTY.test(new TextDecoder("utf-8", { ignoreBOM: true }).decode(head.bytes)))
    return { match: true, reason: "the header of an empty ftrace buffer" };
  return { match: false, reason: "no lines of PROCESS-PID [CPU] TIME: EVENT:" };
}

async function read(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  out.recorded.process = true;
  const assembler = new BlockEventAssembler(out);
  const reader = new TraceEventReader(out, assembler, new FtraceTask(), new PlainFtraceTask(), otherLineReader(out));
  await readLines(inputs, out, (line) => reader.read(line), reader.plain);
  assembler.finish();
  reader.finish(out, inputs[0]?.name ?? "");
}
