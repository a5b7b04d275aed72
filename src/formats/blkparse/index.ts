/*
 * Written by blkparse, and by btrace, which runs it live:
 * https://github.com/sdsc/blktrace/blob/1a15f6a82d62babb9d2f04a7400ff316a666dd42/blkparse_fmt.c
 *
 *     254,0    1        7     0.000219040   499  D  WS 55298 + 2560 [dd]
 *
 * Device, CPU, sequence number, seconds, pid, action, what it is (F flush, D discard, W write, R read, N nothing, then
 * F FUA, A read ahead, S sync, M meta), and what belongs to the action. After the events comes a summary.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Format, ReadHints, TraceInput } from "../../model/format.ts";
import { assertUnderstood } from "../broken.ts";
import { feedLines } from "../text/readLines.ts";
import { CustomLines } from "./customLines.ts";
import { DefaultLines } from "./defaultLines.ts";
import { detect } from "./detect.ts";
import type { EventLines } from "./eventLines.ts";
import { carries, guide } from "./guide.ts";
import { BlkparseReader } from "./reader.ts";
import { Seconds } from "./seconds.ts";

/** The device of lines that do not say theirs. */
const NAMELESS_DEVICE = "0,0";
/** What the default lines print. */
const ALL = { clock: true, process: true, error: true } as const;

/** The text of blkparse and btrace. */
export const blkparse = {
  id: "blkparse",
  title: "blkparse text",
  carries,
  reads: ["blkparseFormat", "blkparseFormatOf"],
  guide,
  detect,
  read,
} as const satisfies Format;

const SAY_FORMATS = 'say in its side file what -F was given: "read": { "blkparseFormatOf": { "D": "…", "C": "…" } }';

async function read(inputs: readonly TraceInput[], out: TraceBuilder, hints: ReadHints): Promise<void> {
  if (isCustom(hints)) return readCustom(inputs, out, hints);
  const seconds = new Seconds();
  await readEvents(inputs, out, new DefaultLines(seconds), seconds);
  out.recorded.process = true;
}

function isCustom({ blkparseFormat, blkparseFormatOf }: ReadHints): boolean {
  return blkparseFormat !== undefined || blkparseFormatOf !== undefined;
}

async function readEvents(
  inputs: readonly TraceInput[],
  out: TraceBuilder,
  lines: EventLines,
  defaultSeconds: Seconds | null,
): Promise<void> {
  const reader = new BlkparseReader(out, lines, defaultSeconds);
  await feedLines(inputs, out, (line) => reader.read(line), reader.plain);
  reader.finish();
  const cure = defaultSeconds === null ? cureOfCustom(out) : cureOfDefault(out);
  assertUnderstood(out.quality, { file: inputs[0]?.name ?? "" }, "lines", cure);
}

/** Lines that -F printed are whole actions: where issues or completions are among the others, they may be those. */
function cureOfDefault({ rows, recorded }: TraceBuilder): string {
  return rows === 0 || !recorded.completion ? SAY_FORMATS : "";
}

function cureOfCustom({ quality }: TraceBuilder): string {
  return quality.notUnderstood * 2 > quality.records
    ? "say in its side file the format string that blkparse was given"
    : "";
}

/** What a format string leaves out is not recorded. */
async function readCustom(inputs: readonly TraceInput[], out: TraceBuilder, hints: ReadHints): Promise<void> {
  const lines = new CustomLines(hints, { file: inputs[0]!.name });
  const { clock, process, error } = lines.printed ?? ALL;
  out.recorded.clock = clock;
  await readEvents(inputs, out, lines, null);
  Object.assign(out.recorded, { process, error: error && out.recorded.error });
  if (lines.printed?.device === false && out.rows > 0) out.deviceFacts(out.device(NAMELESS_DEVICE)).name = "disk";
}
