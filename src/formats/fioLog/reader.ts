import type { TraceBuilder } from "../../model/builder.ts";
import type { FioLogValue } from "../../model/format.ts";
import { OP_CODE } from "../../model/ops.ts";
import { LARGEST_EXACT } from "../../model/units.ts";
import type { Line } from "../text/line.ts";
import { PlainRows } from "../text/plainRows.ts";
import { PlainSamples } from "./plainSamples.ts";
import { Samples } from "./samples.ts";

const COMMA = 44;
const ZERO = 48;
const LETTER_X = 120;
const OPS = [OP_CODE.read, OP_CODE.write, OP_CODE.discard] as const;

/** Reads the lines of one log of single requests. */
export class FioLogReader {
  /** Reads the usual lines. */
  readonly plain: PlainRows;
  readonly #samples: Samples;

  constructor(out: TraceBuilder, value: FioLogValue) {
    this.#samples = new Samples(out, value);
    this.plain = new PlainRows(new PlainSamples(this.#samples).take);
    if (value === "bw" || value === "iops")
      out.note("completion-times", `a log of ${value} has no latencies: each request stands where it was complete`);
  }

  read(line: Line): boolean {
    const timeMs = line.decimal();
    if (!Number.isFinite(timeMs) || !comma(line)) return line.invalid("time", "milliseconds and a comma");
    const value = line.decimal();
    if (!Number.isFinite(value) || !comma(line)) return line.invalid("value", "a whole number and a comma");
    const directionFrom = line.at;
    const direction = line.decimal();
    if (!(direction <= 2) || !comma(line))
      return line.invalid("direction", "0 for read, 1 for write or 2 for trim", directionFrom);
    const lengthFrom = line.at;
    const length = line.decimal();
    if (Number.isNaN(length) || !comma(line)) return line.invalid("block size", "bytes and a comma");
    if (length === 0)
      return line.invalid("block size", "more than 0: logs of windows have no single requests", lengthFrom);
    const offset = line.decimal();
    if (Number.isNaN(offset)) return line.invalid("offset", "bytes");
    let fields = 5;
    if (comma(line)) {
      fields++;
      if (!skipPriority(line)) return line.invalid("priority", "0, 1 or 0x and four digits");
    }
    let issueNs = 0;
    if (comma(line)) {
      fields++;
      issueNs = line.decimal();
    }
    if (!Number.isFinite(issueNs)) return line.invalid("issue time", "nanoseconds");
    if (!line.atEnd()) return line.invalid("field", "no more");
    const samples = this.#samples;
    if (samples.fields === 0) samples.begin(fields, timeMs, issueNs, value);
    if (fields !== samples.fields) return line.invalid("field", `${samples.fields} fields, as on the first line`);
    if (offset + length > LARGEST_EXACT) throw line.inexact(`request ${line.quotedLine()}`);
    samples.add(OPS[direction]!, offset, length, timeMs, issueNs, value);
    return true;
  }

  finish(): void {
    this.#samples.finish();
  }
}

function comma(line: Line): boolean {
  if (!line.takesByte(COMMA)) return false;
  line.blanks();
  return true;
}

function skipPriority(line: Line): boolean {
  const from = line.at;
  if (line.takesByte(ZERO) && line.takesByte(LETTER_X)) return !Number.isNaN(line.hex());
  line.at = from;
  return !Number.isNaN(line.decimal());
}
