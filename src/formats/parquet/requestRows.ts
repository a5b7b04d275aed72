import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import { assertUnderstood } from "../broken.ts";
import { Completions } from "./completions.ts";
import type { Facts } from "./facts.ts";
import type { Marks } from "./marks.ts";
import { PlainRows, plainCells } from "./plainRows.ts";
import { RowWords } from "./rowWords.ts";
import type { Cells, Stretch } from "./stretches.ts";
import type { Table } from "./table.ts";

const NO_CPU = -1;
const MOST_CPU = 32767;
const MOST_ERRNO = 65535;

/** Hands the rows of a file to the builder, each completion when its time comes. */
export class RequestRows {
  readonly #out: TraceBuilder;
  readonly #table: Table;
  readonly #facts: Facts | null;
  readonly #marks: Marks;
  readonly #file: string;
  readonly #completions: Completions;
  readonly #words: RowWords;
  readonly #plain: PlainRows;
  #zeroNs: bigint | null;
  #row = 0;
  #unknownOp: string | null = null;

  constructor(out: TraceBuilder, table: Table, facts: Facts | null, marks: Marks, file: string) {
    this.#out = out;
    this.#table = table;
    this.#facts = facts;
    this.#marks = marks;
    this.#file = file;
    this.#completions = new Completions(out);
    this.#words = new RowWords(out, facts === null);
    this.#plain = new PlainRows(out, table, facts === null, this.#completions, this.#words);
    this.#zeroNs = table.zero === "first request" ? 0n : null;
    if (facts !== null) this.#declare(facts);
  }

  add(stretch: Stretch): void {
    const { quality } = this.#out;
    let cells: Cells | null = null;
    if (stretch.plain !== null) this.#plain.begin(stretch.plain, stretch.texts);
    for (let i = 0; i < stretch.length; i++) {
      this.#marks.before(this.#row);
      if (stretch.plain === null || !this.#plain.take(i)) {
        cells ??= stretch.plain === null ? stretch.cells : plainCells(stretch.plain, stretch.texts);
        const unclear = this.#request(cells, i);
        if (unclear !== null) this.#out.notUnderstood({ file: this.#file }, `${unclear} in row ${this.#row}`);
      }
      quality.records++;
      this.#row++;
    }
  }

  finish(): void {
    this.#completions.finish();
    this.#marks.before(Number.POSITIVE_INFINITY);
    const { recorded, quality } = this.#out;
    if (recorded.completion) quality.unmatchedIssues += this.#plain.withoutCompletion;
    this.#assertUnderstood();
  }

  /** Where too little is understood for want of an op's meaning, that is what is missing. */
  #assertUnderstood(): void {
    const place = { file: this.#file };
    try {
      assertUnderstood(this.#out.quality, place, "records");
    } catch (error) {
      if (this.#unknownOp === null) throw error;
      const word = JSON.stringify(this.#unknownOp);
      const cure = `say in its side file which ops they are: "read": { "ops": { ${word}: "write" } }`;
      throw new TraceError(place, "missing", `meaning of ${word} in column "${this.#table.nameOf.op}"`, cure, {
        cause: error,
      });
    }
  }

  #declare({ recorded, startUnixNs, devices }: Facts): void {
    const out = this.#out;
    Object.assign(out.recorded, recorded);
    if (startUnixNs !== null) out.wallClockOfZeroNs = BigInt(startUnixNs);
    for (const { label, id, name, ...facts } of devices) {
      const index = out.device(id, name);
      const known = out.deviceFacts(index);
      known.bytes ??= facts.bytes;
      known.logicalBlockBytes ??= facts.logicalBlockBytes;
      known.physicalBlockBytes ??= facts.physicalBlockBytes;
      known.rotational ??= facts.rotational;
      known.discardGranularityBytes ??= facts.discardGranularityBytes;
      known.queueDepth ??= facts.queueDepth;
      known.scheduler ??= facts.scheduler;
      known.stacked = facts.stacked;
      this.#words.nameDevice(label, index);
    }
  }

  /** Hands on one request; gives what of it is not understood. */
  #request(cells: Cells, i: number): string | null {
    const out = this.#out;
    const { recorded } = out;
    const op = this.#table.opOf(String(cells.op![i]));
    if (op === undefined) {
      this.#unknownOp ??= String(cells.op![i]);
      return `op ${shown(cells.op![i])}`;
    }
    const offsetBytes = this.#bytes(cells.offset![i], this.#table.offsetUnitBytes);
    const lengthBytes = this.#bytes(cells.length![i], this.#table.lengthUnitBytes);
    if (Number.isNaN(offsetBytes)) return `offset ${shown(cells.offset![i])}`;
    if (Number.isNaN(lengthBytes)) return `length ${shown(cells.length![i])}`;
    const flags = this.#words.flagsOf(cells.flags?.[i]);
    if (flags === null) return `flags ${shown(cells.flags![i])}`;
    const issueNs = recorded.clock ? this.#time("time", cells.time![i]) : out.rows;
    const placeNs = this.#placeNs(issueNs);

    const queueNs = this.#time("queue", cells.queue?.[i]);
    const latencyNs = Number(cells.latency?.[i] ?? Number.NaN) * this.#table.unitNs.latency;
    const completeNs = cells.completed?.[i] == null ? issueNs + latencyNs : this.#time("completed", cells.completed[i]);
    const errno = cells.error?.[i];
    const device = this.#words.deviceOf(cells.device?.[i]);
    this.#completions.before(placeNs);
    const row = out.request(
      op,
      flags,
      device,
      offsetBytes,
      lengthBytes,
      placeNs,
      queueNs,
      this.#words.processOf(cells.pid?.[i], cells.process?.[i]),
      cpuOf(cells.cpu?.[i]),
      Number(cells.mergedBios?.[i] ?? 0),
    );
    if (this.#facts === null && cells.mergedBios?.[i] != null) recorded.merges = true;
    const isComplete = cells.isComplete?.[i] ?? (errno != null || !Number.isNaN(completeNs));
    if (!isComplete) {
      this.#plain.withoutCompletion++;
      return null;
    }
    this.#record(queueNs, errno);
    const getRequestNs = this.#time("queue", cells.getRequest?.[i]);
    const lastIssueNs = cells.lastIssue?.[i] == null ? issueNs : this.#time("time", cells.lastIssue[i]);
    const insertNs = this.#time("queue", cells.insert?.[i]);
    const error = errno == null ? 0 : Math.min(MOST_ERRNO, Math.abs(Number(errno)));
    this.#completions.add(
      row,
      op,
      flags,
      device,
      offsetBytes,
      lengthBytes,
      queueNs,
      getRequestNs,
      insertNs,
      lastIssueNs,
      completeNs,
      error,
    );
    return null;
  }

  /** A request without a time stands where the one before it stands. */
  #placeNs(issueNs: number): number {
    if (Number.isNaN(issueNs)) {
      this.#out.note("time-unknown", "requests without a time count as issued with the request before them");
      return this.#plain.latestNs;
    }
    this.#plain.latestNs = Math.max(this.#plain.latestNs, issueNs);
    return issueNs;
  }

  /** Where no metadata says what is recorded, the values do. */
  #record(queueNs: number, errno: unknown): void {
    if (this.#facts !== null) return;
    const { recorded } = this.#out;
    recorded.completion = true;
    if (errno != null) recorded.error = true;
    if (!Number.isNaN(queueNs)) recorded.queue = true;
  }

  #bytes(value: unknown, unitBytes: number): number {
    if (typeof value !== "bigint" && typeof value !== "number") return Number.NaN;
    const bytes = Number(value) * unitBytes;
    if (Math.abs(bytes) > Number.MAX_SAFE_INTEGER) {
      const what = `offset or length ${value} × ${unitBytes} bytes in row ${this.#row}`;
      const cure =
        "offsets and lengths are exact up to 2^53 bytes, and no disk is larger: correct the units, or the table";
      throw new TraceError({ file: this.#file }, "unsupported", what, cure);
    }
    return bytes >= 0 && Number.isInteger(bytes) ? bytes : Number.NaN;
  }

  /** Nanoseconds since the zero, which the first time is where the table has none; NaN where there is no time. */
  #time(field: "time" | "queue" | "completed", value: unknown): number {
    const unitNs = this.#table.unitNs[field];
    if (typeof value === "bigint") {
      if (unitNs === 1 && this.#zeroNs === 0n) return Number(value);
      const zeroNs = this.#zero(() => (unitNs < 1 ? 0n : value * BigInt(unitNs)));
      return unitNs < 1 ? Number(value) * unitNs - Number(zeroNs) : Number(value * BigInt(unitNs) - zeroNs);
    }
    if (typeof value !== "number" || !Number.isFinite(value)) return Number.NaN;
    const zeroNs = this.#zero(() => (unitNs < 1 ? 0n : BigInt(Math.floor(value)) * BigInt(unitNs)));
    return (value - Number(zeroNs) / unitNs) * unitNs;
  }

  #zero(first: () => bigint): bigint {
    if (this.#zeroNs !== null) return this.#zeroNs;
    this.#zeroNs = first();
    if (this.#table.zero === "1970") this.#out.wallClockOfZeroNs = this.#zeroNs;
    return this.#zeroNs;
  }
}

function cpuOf(value: unknown): number {
  const cpu = value == null ? NO_CPU : Number(value);
  return cpu >= 0 && cpu <= MOST_CPU ? cpu : NO_CPU;
}

/** A value as a message shows it: a text in quotes. */
function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
