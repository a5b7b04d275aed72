import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import type { ReadHints, TraceInput } from "../../model/format.ts";
import type { Place } from "../../model/trace.ts";
import { isHeaderLine } from "../table/headerLine.ts";
import type { TableLayout } from "../table/layout.ts";
import { TableReader } from "../table/tableReader.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import { PlainRows } from "../text/plainRows.ts";
import { readLines } from "../text/readLines.ts";
import { fieldTexts } from "./dialect.ts";
import { openingOf } from "./header.ts";
import { opsKey } from "./plan.ts";

const HASH = 35;

/** Reads tables whose first line, or whose side file, says what the columns are. */
export async function readCsv(inputs: readonly TraceInput[], out: TraceBuilder, hints: ReadHints): Promise<void> {
  const reader = new CsvReader(out, hints);
  try {
    const plain = new PlainRows((bytes, from) => reader.readUsual(bytes, from));
    await readLines(inputs, out, (line) => reader.read(line), plain);
  } catch (error) {
    throw reader.unexplainedOp ?? error;
  }
  reader.finish();
}

class CsvReader {
  readonly #out: TraceBuilder;
  readonly #hints: ReadHints;
  readonly #comments: string[] = [];
  #header = word("");
  #layout: TableLayout | null = null;
  #table: TableReader | null = null;
  #understood = false;
  /** The first op that nobody explains. */
  #unknownOp: { readonly text: string; readonly place: Place } | null = null;

  constructor(out: TraceBuilder, hints: ReadHints) {
    this.#out = out;
    this.#hints = hints;
  }

  /** What is missing where not one line could be understood, for want of an op's meaning. */
  get unexplainedOp(): TraceError | null {
    if (this.#understood || this.#unknownOp === null) return null;
    const { text, place } = this.#unknownOp;
    const cure = `say in its side file which ops they are: "read": { ${opsKey([text])} }`;
    return new TraceError(place, "missing", `meaning of ${JSON.stringify(text)} in the column of the op`, cure);
  }

  read(line: Line): boolean {
    if (line.bytes[line.at] === HASH) return this.#readComment(line);
    if (this.#table === null) return this.#open(line);
    if (isHeaderLine(line, this.#header)) return true;
    return this.#readRow(line, this.#table);
  }

  /** Reads a row of the usual shape that begins there; gives where its line feed is, or -1. Hot. */
  readUsual(bytes: Uint8Array, from: number): number {
    return this.#understood && bytes[from] !== HASH ? this.#table!.readUsual(bytes, from) : -1;
  }

  finish(): void {
    this.#table?.finish();
  }

  #readComment(line: Line): true {
    if (this.#table === null) this.#comments.push(line.text(line.end));
    return true;
  }

  #open(line: Line): boolean {
    const text = line.text(line.end);
    const { plan, isRow } = openingOf(text, this.#comments, this.#hints);
    if (plan.layout === null) throw new TraceError(line.place(), "missing", plan.missing.what, plan.missing.cure);
    this.#layout = plan.layout;
    this.#table = new TableReader(this.#out, plan.layout);
    if (isRow) return this.#readRow(line, this.#table);
    this.#header = word(text);
    return true;
  }

  #readRow(line: Line, table: TableReader): boolean {
    if (table.read(line)) {
      this.#understood = true;
      return true;
    }
    if (!this.#understood) this.#unknownOp ??= this.#unknownOpOf(line);
    return false;
  }

  #unknownOpOf(line: Line): { text: string; place: Place } | null {
    const { separator, at, opOf } = this.#layout!;
    const text = fieldTexts(line.text(line.end), separator)[at.op!];
    return text === undefined || text === "" || opOf(text) !== undefined ? null : { text, place: line.place() };
  }
}
