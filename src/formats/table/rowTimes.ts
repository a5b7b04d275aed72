import type { TraceBuilder } from "../../model/builder.ts";
import { type TableField, TIME_UNITS, type TimeUnit } from "../../model/format.ts";
import { counted } from "../../model/quantities.ts";
import { ColumnClock } from "./columnClock.ts";
import { DecimalTime } from "./decimalTime.ts";
import type { TableLayout } from "./layout.ts";
import type { LineFields } from "./lineFields.ts";

const NONE = -1;
/** From 1601-01-01 to 1970-01-01. */
const FILETIME_OF_UNIX_ZERO_NS = 11_644_473_600n * 1_000_000_000n;

/** When the request of a line was queued, issued and complete; NaN is "not recorded". */
export class RowTimes {
  queueNs = Number.NaN;
  issueNs = 0;
  completeNs = Number.NaN;
  readonly #out: TraceBuilder;
  readonly #layout: TableLayout;
  /** Columns from 0, NONE where there is none. */
  readonly #time: number;
  readonly #completedAt: number;
  readonly #latencyAt: number;
  readonly #queueAt: number;
  readonly #issued: ColumnClock;
  readonly #completed: ColumnClock;
  readonly #queued: ColumnClock;
  readonly #latency: DecimalTime;
  #hasClock: boolean;
  #latencyNs = Number.NaN;
  #rows = 0;
  #lacksTime = false;
  #withoutTime = 0;
  #withoutCompletion = 0;
  #withQueue = 0;

  constructor(out: TraceBuilder, layout: TableLayout) {
    const { at, units, unitsOf = {} } = layout;
    const nsOf = (unit: TimeUnit | undefined) => TIME_UNITS[unit ?? units.time ?? "ns"];
    this.#out = out;
    this.#layout = layout;
    this.#time = at.time ?? NONE;
    this.#completedAt = at.completed ?? NONE;
    this.#latencyAt = at.latency ?? NONE;
    this.#queueAt = at.queue ?? NONE;
    this.#issued = new ColumnClock(nsOf(this.#time < 0 ? unitsOf.completed : units.time));
    this.#completed = new ColumnClock(nsOf(unitsOf.completed), this.#issued);
    this.#queued = new ColumnClock(nsOf(unitsOf.queue), this.#issued);
    this.#latency = new DecimalTime(nsOf(units.latency));
    this.#hasClock = this.#time >= 0 || (this.#completedAt >= 0 && this.#latencyAt >= 0);
    out.recorded.clock = this.#hasClock;
  }

  /** Reads the times of a line; gives the field that holds no time though it should, or null. Hot. */
  read(fields: LineFields): TableField | null {
    if (this.#latencyAt >= 0 && !this.#readLatency(fields)) return "latency";
    if (!this.#readIssue(fields)) return this.#time < 0 ? "completed" : "time";
    if (this.#hasClock) {
      this.completeNs = this.issueNs + this.#latencyNs;
      if (this.#completedAt >= 0 && this.#time >= 0 && !this.#readComplete(fields)) return "completed";
      if (this.#queueAt >= 0 && !this.#readQueue(fields)) return "queue";
    }
    return null;
  }

  /** Counts the line that was read: it is a request. Hot. */
  accept(): void {
    this.#rows++;
    if (this.#lacksTime) this.#withoutTime++;
    if (Number.isNaN(this.completeNs)) this.#withoutCompletion++;
    if (!Number.isNaN(this.queueNs)) this.#withQueue++;
  }

  /** After the last line. */
  finish(): void {
    const { quality, recorded } = this.#out;
    recorded.completion = this.#withoutCompletion < this.#rows;
    recorded.queue = this.#withQueue > 0;
    if (recorded.completion) quality.unmatchedIssues += this.#withoutCompletion;
    if (!this.#hasClock || this.#rows === 0) return;
    if (this.#withoutTime > 0)
      this.#out.note(
        "time-not-recorded",
        `${counted(this.#withoutTime, "request")} without a time: each stands at the time before`,
      );
    if (this.#layout.units.time === "s" && !this.#issued.time.finerThanUnit)
      this.#out.note(
        "clock-resolution",
        "times are whole seconds: requests of one second stand at its start, in the file's order",
      );
  }

  #readLatency(fields: LineFields): boolean {
    const column = this.#latencyAt;
    this.#latencyNs = Number.NaN;
    if (fields.isEmpty(column)) return true;
    if (!this.#latency.read(fields, column)) return false;
    this.#latencyNs = this.#latency.ns;
    return true;
  }

  /** Without a column for it, the issue is the completion less the latency. */
  #readIssue(fields: LineFields): boolean {
    const ownColumn = this.#time >= 0;
    const column = ownColumn ? this.#time : this.#completedAt;
    const clock = this.#issued;
    this.#lacksTime = false;
    if (column < 0 || fields.isEmpty(column) || !(ownColumn || this.#latencyNs >= 0)) return this.#withoutIssue();
    if (!clock.read(fields, column)) return false;
    if (!this.#hasClock) return this.#withoutIssue();
    const starting = !clock.started;
    const ns = clock.sinceZeroNs();
    this.issueNs = ownColumn ? ns : ns - this.#latencyNs;
    if (starting) this.#setWallClock();
    return true;
  }

  /** The first line decides whether the table has a clock. */
  #withoutIssue(): true {
    if (this.#rows === 0) {
      this.#hasClock = false;
      this.#out.recorded.clock = false;
    }
    this.#lacksTime = true;
    if (!this.#hasClock) this.issueNs = this.#rows;
    return true;
  }

  #setWallClock(): void {
    const { epoch } = this.#layout;
    if (epoch === "unix") this.#out.wallClockOfZeroNs = this.#issued.zeroNs;
    if (epoch === "filetime") this.#out.wallClockOfZeroNs = this.#issued.zeroNs - FILETIME_OF_UNIX_ZERO_NS;
  }

  #readComplete(fields: LineFields): boolean {
    if (fields.isEmpty(this.#completedAt)) return true;
    if (!this.#completed.read(fields, this.#completedAt)) return false;
    this.completeNs = this.#completed.sinceZeroNs();
    return true;
  }

  #readQueue(fields: LineFields): boolean {
    this.queueNs = Number.NaN;
    if (fields.isEmpty(this.#queueAt)) return true;
    if (!this.#queued.read(fields, this.#queueAt)) return false;
    this.queueNs = this.#queued.sinceZeroNs();
    return true;
  }
}
