/*
 * Written by `perf script`:
 * https://github.com/torvalds/linux/blob/v6.18/tools/perf/builtin-script.c (the beginning of a line),
 * https://github.com/torvalds/linux/blob/v6.18/include/trace/events/block.h (what the events say)
 *
 *        mkfs.ext4 16752 [001] 11601.838656:       block:block_rq_issue: 7,0 RA 16384 () 0 + 32 0x2,0,4 [mkfs.ext4]
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { BlockEventAssembler } from "../blockEvents/index.ts";
import { readLines } from "../text/readLines.ts";
import { countFitting, TraceEventReader } from "../traceEvents/index.ts";
import { carries, guide } from "./guide.ts";
import { otherLineReader } from "./otherLines.ts";
import { PerfTask } from "./perfTask.ts";
import { PlainPerfTask } from "./plainTask.ts";

const TASK = String.raw`(\S.*?\s+\d+(\/\d+)?\s+(\[\d+\]\s+)?)?`;
const SHAPE = new RegExp(String.raw`^\s*${TASK}\d+\.\d{6,9}:\s+([\w-]+:[\w-]+:(\s|$)|PERF_RECORD_LOST )`);
/** Comments of `--header`, and the callers of `perf record -g`. */
const PASSED = /^\s*(#|[0-9a-f]+ \S+( \(|$))/;

/** Events as text from perf. */
export const perfScript = {
  id: "perfScript",
  title: "perf script",
  carries,
  reads: [],
  guide,
  detect,
  read,
} as const satisfies Format;

function detect(head: Head): Detection {
  const { fitting, of } = countFitting(head, SHAPE, PASSED);
  if (fitting * 2 > of) return { match: true, reason: "lines of PROCESS PID [CPU] TIME: SYSTEM:EVENT:" };
  return { match: false, reason: "no lines of PROCESS PID [CPU] TIME: SYSTEM:EVENT:" };
}

async function read(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  out.recorded.process = true;
  const assembler = new BlockEventAssembler(out);
  const reader = new TraceEventReader(out, assembler, new PerfTask(), new PlainPerfTask(), otherLineReader(out));
  await readLines(inputs, out, (line) => reader.read(line), reader.plain);
  assembler.finish();
  reader.finish(out, inputs[0]?.name ?? "");
}
