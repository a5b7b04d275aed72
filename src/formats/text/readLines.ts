import type { TraceBuilder } from "../../model/builder.ts";
import type { TraceInput } from "../../model/format.ts";
import { assertUnderstood } from "../broken.ts";
import { Line } from "./line.ts";
import { LineSplitter } from "./lineSplitter.ts";

/** Reads one line into the trace; gives false, through `line.invalid`, where it cannot understand it, and then has done nothing. */
export type LineReader = (line: Line) => boolean;

/** Reads lines of the usual shape, many in one call. */
export interface PlainLines {
  /**
   * Reads lines from there on, each of which must end before `end`, and goes no further than the first that is not
   * quite as usual; gives where that one begins. What it finds odd is read again, by the LineReader.
   */
  read(bytes: Uint8Array, from: number, end: number): number;
  /** How many lines the last call read. */
  lines: number;
}

/** Feeds every line of a text trace that is not blank to its reader, and keeps the books of what was not understood. */
export async function readLines(
  inputs: readonly TraceInput[],
  out: TraceBuilder,
  read: LineReader,
  plain: PlainLines | null = null,
): Promise<void> {
  await feedLines(inputs, out, read, plain);
  assertUnderstood(out.quality, { file: inputs[0]?.name ?? "" });
}

/** As `readLines`, for readers that say themselves when too much was not understood. */
export async function feedLines(
  inputs: readonly TraceInput[],
  out: TraceBuilder,
  read: LineReader,
  plain: PlainLines | null,
): Promise<void> {
  for (const input of inputs) await readFile(input, out, read, plain);
}

async function readFile(
  input: TraceInput,
  out: TraceBuilder,
  read: LineReader,
  plain: PlainLines | null,
): Promise<void> {
  const splitter = new LineSplitter(plain);
  const line = new Line(input.name);
  for (let piece = await input.next(); piece !== null; piece = await input.next()) {
    splitter.feed(piece);
    while (splitter.next()) readLine(splitter, line, out, read);
  }
  out.quality.records += splitter.plainLines;
  if (splitter.finish()) readLastLine(splitter, line, out, read);
}

function readLine(splitter: LineSplitter, line: Line, out: TraceBuilder, read: LineReader): void {
  line.begin(splitter);
  if (line.isBlank()) return;
  out.quality.records++;
  if (splitter.cut) out.notUnderstood(line.place(), line.tooLong());
  else if (!read(line)) out.notUnderstood(line.place(), line.fault());
}

/** A last line without a line end that is not understood was cut off; one that is understood may be. */
function readLastLine(splitter: LineSplitter, line: Line, out: TraceBuilder, read: LineReader): void {
  line.begin(splitter);
  if (line.isBlank()) return;
  if (splitter.cut || !read(line)) {
    out.quality.truncated = true;
    return;
  }
  out.quality.records++;
  out.note("last-line-open", "the last line has no line end: it was read, and may be cut off");
}
