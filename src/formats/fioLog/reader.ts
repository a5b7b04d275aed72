import type { TraceBuilder } from "../../model/builder.ts";
import type { FioLogValue } from "../../model/format.ts";
import { OP_CODE } from "../../model/ops.ts";
import { LARGEST_EXACT } from "../../model/units.ts";
import { CompletedRequests } from "../completed/completedRequests.ts";
import { issuedWithin } from "../completed/issuedWithin.ts";
import type { Line } from "../text/line.ts";

const NS_PER_MS = 1_000_000;
const NO_CPU = -1;
const COMMA = 44;
const ZERO = 48;
const LETTER_X = 120;
/** In the year 2001, as milliseconds since 1970; a job that began at 0 would have run for 31 years. */
const FIRST_WALL_CLOCK_MS = 1e12;
const OPS = [OP_CODE.read, OP_CODE.write, OP_CODE.discard] as const;

/** Reads the lines of one log of single requests. */
export class FioLogReader {
  readonly #out: TraceBuilder;
  readonly #completed: CompletedRequests;
  readonly #device: number;
  readonly #hasLatency: boolean;
  #zeroMs = Number.NaN;
  /** Of the first line: all have as many. */
  #fields = 0;

  constructor(out: TraceBuilder, value: FioLogValue) {
    this.#out = out;
    this.#completed = new CompletedRequests(out);
    this.#device = out.device("job", "fio job");
    this.#hasLatency = value === "lat" || value === "clat";
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
    if (this.#fields === 0) this.#begin(fields, timeMs, issueNs, value);
    if (fields !== this.#fields) return line.invalid("field", `${this.#fields} fields, as on the first line`);
    if (offset + length > LARGEST_EXACT) throw line.inexact(`request ${line.quotedLine()}`);
    this.#request(OPS[direction]!, offset, length, (timeMs - this.#zeroMs) * NS_PER_MS, issueNs, value);
    return true;
  }

  finish(): void {
    this.#completed.finish();
  }

  /** Issue times count from the job's start, and so do the others, but where fio was told of another epoch. */
  #begin(fields: number, timeMs: number, issueNs: number, value: number): void {
    this.#fields = fields;
    const isWallClock = timeMs >= FIRST_WALL_CLOCK_MS;
    const completeNs = issueNs > 0 ? issueNs + (this.#hasLatency ? value : 0) : 0;
    this.#zeroMs = isWallClock || issueNs === 0 ? timeMs - Math.floor(completeNs / NS_PER_MS) : 0;
    if (isWallClock) this.#out.wallClockOfZeroNs = BigInt(this.#zeroMs) * BigInt(NS_PER_MS);
  }

  #request(op: number, offset: number, length: number, loggedNs: number, issuedNs: number, value: number): void {
    const timeNs = issuedNs > 0 ? issuedNs : loggedNs;
    if (!this.#hasLatency) {
      this.#out.request(op, 0, this.#device, offset, length, timeNs, Number.NaN, 0, NO_CPU, 0);
      return;
    }
    const issueNs = issuedNs > 0 ? issuedNs : issuedWithin(loggedNs, value, NS_PER_MS);
    this.#completed.add(op, 0, this.#device, offset, length, Number.NaN, issueNs, issueNs + value, 0, 0, NO_CPU);
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
