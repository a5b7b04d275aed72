import type { TraceBuilder } from "../../model/builder.ts";
import type { TableField } from "../../model/format.ts";
import { OP_CODE } from "../../model/ops.ts";
import { counted } from "../../model/quantities.ts";
import { LARGEST_EXACT } from "../../model/units.ts";
import { CompletedRequests } from "../completed/completedRequests.ts";
import type { Line } from "../text/line.ts";
import type { TableLayout } from "./layout.ts";
import { LineFields } from "./lineFields.ts";
import { RowTimes } from "./rowTimes.ts";
import { RowWords } from "./rowWords.ts";

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

  constructor(out: TraceBuilder, layout: TableLayout) {
    this.#layout = layout;
    this.#fields = new LineFields(layout.separator, layout.quotes ?? false);
    this.#times = new RowTimes(out, layout);
    this.#words = new RowWords(out, layout, this.#fields);
    this.#requests = new CompletedRequests(out);
    this.#offset = layout.at.offset!;
    this.#length = layout.at.length!;
    this.#offsetUnit = layout.units.offsetBytes ?? 1;
    this.#lengthUnit = layout.units.lengthBytes ?? 1;
  }

  /** Requests whose op column is empty. */
  get withoutOp(): number {
    return this.#words.withoutOp;
  }

  /** Hot. */
  read(line: Line): boolean {
    const words = this.#words;
    const times = this.#times;
    if (!this.#split(line)) return false;
    if (!words.readOp()) return this.#invalid(line, this.#layout.at.op!, "op", this.#layout.opsExpected);
    const offset = this.#readPlace(this.#offset);
    if (Number.isNaN(offset)) return this.#fault(line, "offset");
    const length = this.#readPlace(this.#length);
    if (Number.isNaN(length)) return this.#fault(line, "length");
    const offsetBytes = offset * this.#offsetUnit;
    const lengthBytes = length * this.#lengthUnit;
    if (offsetBytes + lengthBytes > LARGEST_EXACT) throw line.inexact(`offset and length in ${line.quotedLine()}`);
    const fault = times.read(this.#fields) ?? words.readOthers();
    if (fault !== null) return this.#fault(line, fault);
    times.accept();
    words.accept();
    const { op, flags, device, process, error, cpu } = words;
    const { queueNs, issueNs, completeNs } = times;
    this.#requests.add(op, flags, device, offsetBytes, lengthBytes, queueNs, issueNs, completeNs, process, error, cpu);
    return true;
  }

  /** After the last line. */
  finish(): void {
    this.#requests.finish();
    this.#times.finish();
    this.#words.finish();
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

function columnsText({ columns: { least, most } }: TableLayout): string {
  return least === most ? counted(most, "column") : `${counted(least, "column")} or more`;
}
