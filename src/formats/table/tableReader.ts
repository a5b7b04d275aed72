import type { TraceBuilder } from "../../model/builder.ts";
import type { TableField } from "../../model/format.ts";
import { OP_CODE } from "../../model/ops.ts";
import { counted } from "../../model/quantities.ts";
import { LARGEST_EXACT } from "../../model/units.ts";
import { CompletedRequests } from "../completed/completedRequests.ts";
import {
  COMPLETE,
  CPU_ERROR,
  DEVICE,
  DOUBLES,
  ERROR_BITS,
  ISSUE,
  LENGTH,
  OFFSET,
  OP_BITS,
  OP_FLAGS,
  PROCESS,
  QUEUE,
  WORDS,
} from "../completed/waitingRequests.ts";
import type { Line } from "../text/line.ts";
import type { TableLayout } from "./layout.ts";
import { LineFields } from "./lineFields.ts";
import { RowTimes } from "./rowTimes.ts";
import { RowWords } from "./rowWords.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const MOST_EXACT = LARGEST_EXACT;
const NUMBERS: readonly TableField[] = ["time", "offset", "length", "completed", "latency", "queue"];

/** What a field is called in messages, and what should stand there. */
const EXPECTED: Readonly<Partial<Record<TableField, readonly [what: string, expected: string]>>> = {
  time: ["time", "a decimal number"],
  offset: ["offset", "a whole number"],
  length: ["length", "a whole number"],
  completed: ["completion time", "a decimal number"],
  latency: ["latency", "a decimal number"],
  queue: ["queue time", "a decimal number"],
  pid: ["pid", "a whole number"],
  cpu: ["CPU", "a whole number"],
  error: ["error", "the number of an errno"],
};

/** Reads the lines of a table: each is a request, and says itself when it was complete, where the table says so at all. */
export class TableReader {
  readonly #layout: TableLayout;
  readonly #fields: LineFields;
  readonly #times: RowTimes;
  readonly #words: RowWords;
  readonly #requests: CompletedRequests;
  readonly #offset: number;
  readonly #length: number;
  readonly #offsetUnit: number;
  readonly #lengthUnit: number;
  readonly #leastColumns: number;
  readonly #mostColumns: number;

  constructor(out: TraceBuilder, layout: TableLayout) {
    this.#layout = layout;
    this.#fields = new LineFields(layout.separator, layout.quotes ?? false, numberColumns(layout));
    this.#times = new RowTimes(out, layout);
    this.#words = new RowWords(out, layout, this.#fields);
    this.#requests = new CompletedRequests(out);
    this.#offset = layout.at.offset!;
    this.#length = layout.at.length!;
    this.#offsetUnit = layout.units.offsetBytes ?? 1;
    this.#lengthUnit = layout.units.lengthBytes ?? 1;
    this.#leastColumns = layout.columns.least;
    this.#mostColumns = layout.columns.most;
  }

  /** Requests whose op column is empty. */
  get withoutOp(): number {
    return this.#words.withoutOp;
  }

  read(line: Line): boolean {
    if (!this.#split(line)) return false;
    const fault = this.#readRow();
    if (fault === null) return true;
    if (fault === "too large") throw line.inexact(`offset and length in ${line.quotedLine()}`);
    return this.#fault(line, fault);
  }

  /** Reads the line of the usual shape that begins there and has a line feed; gives where that is, or -1. Hot. */
  readUsual(bytes: Uint8Array, from: number): number {
    const fields = this.#fields;
    const lineFeed = fields.splitUsual(bytes, from);
    if (lineFeed < 0 || fields.count < this.#leastColumns || fields.count > this.#mostColumns) return -1;
    return this.#readRow() === null ? lineFeed : -1;
  }

  /** After the last line. */
  finish(): void {
    this.#requests.finish();
    this.#times.finish();
    this.#words.finish();
  }

  /** Takes the request that the fields are; gives what cannot be understood, or null, and then has done nothing. Hot. */
  #readRow(): TableField | "too large" | null {
    const words = this.#words;
    const times = this.#times;
    if (!words.readOp()) return "op";
    const offset = this.#readPlace(this.#offset);
    if (Number.isNaN(offset)) return "offset";
    const length = this.#readPlace(this.#length);
    if (Number.isNaN(length)) return "length";
    const offsetBytes = offset * this.#offsetUnit;
    const lengthBytes = length * this.#lengthUnit;
    if (offsetBytes + lengthBytes > MOST_EXACT) return "too large";
    const fault = times.read(this.#fields) ?? words.readOthers();
    if (fault !== null) return fault;
    times.accept();
    words.accept();
    const { waiting } = this.#requests;
    const slot = waiting.take();
    const { doubles, words: small } = waiting;
    const at = slot * DOUBLES;
    doubles[at + OFFSET] = offsetBytes;
    doubles[at + LENGTH] = lengthBytes;
    doubles[at + QUEUE] = times.queueNs;
    doubles[at + ISSUE] = times.issueNs;
    doubles[at + COMPLETE] = times.completeNs;
    const i = slot * WORDS;
    small[i + OP_FLAGS] = words.op | (words.flags << OP_BITS);
    small[i + DEVICE] = words.device;
    small[i + PROCESS] = words.process;
    small[i + CPU_ERROR] = (words.cpu << ERROR_BITS) | words.error;
    this.#requests.put(slot);
    return null;
  }

  #split(line: Line): boolean {
    const { least, most } = this.#layout.columns;
    const fields = this.#fields;
    if (!fields.split(line)) return line.invalid("closing quote", "quoted fields to end on their line", line.end);
    if (fields.count < least) return line.invalid(`column ${fields.count + 1}`, columnsText(this.#layout), line.end);
    return fields.count <= most || this.#invalid(line, most, `column ${most + 1}`, columnsText(this.#layout));
  }

  /** A flush has no place. */
  #readPlace(column: number): number {
    return this.#words.op === OP_CODE.flush && this.#fields.isEmpty(column) ? 0 : this.#fields.whole(column);
  }

  #fault(line: Line, field: TableField): false {
    if (field === "op") return this.#invalid(line, this.#layout.at.op!, "op", this.#layout.opsExpected);
    return this.#invalid(line, this.#layout.at[field]!, ...EXPECTED[field]!);
  }

  /** A field that is empty, or was quoted, is shown with its line. */
  #invalid(line: Line, column: number, what: string, expected: string): false {
    const { bytes, starts, ends } = this.#fields;
    if (bytes !== line.bytes || starts[column] === ends[column]) return line.invalid(what, expected, line.end);
    line.end = ends[column]!;
    return line.invalid(what, expected, starts[column]!);
  }
}

/** The columns that are read as numbers. */
function numberColumns({ at }: TableLayout): number[] {
  return NUMBERS.map((field) => at[field]).filter((column) => column !== undefined);
}

function columnsText({ columns: { least, most } }: TableLayout): string {
  return least === most ? counted(most, "column") : `${counted(least, "column")} or more`;
}
