import type { TraceBuilder } from "../../model/builder.ts";
import type { TraceInput } from "../../model/format.ts";
import { word } from "../text/cursor.ts";
import { PlainRows } from "../text/plainRows.ts";
import { readLines } from "../text/readLines.ts";
import { isHeaderLine } from "./headerLine.ts";
import type { TableLayout } from "./layout.ts";
import { TableReader } from "./tableReader.ts";

/** Reads a table whose columns are known beforehand, with or without the header. */
export async function readTable(
  inputs: readonly TraceInput[],
  out: TraceBuilder,
  layout: TableLayout,
  header = "",
): Promise<TableReader> {
  const table = new TableReader(out, layout);
  const headerBytes = word(header);
  await readLines(
    inputs,
    out,
    (line) => isHeaderLine(line, headerBytes) || table.read(line),
    new PlainRows((bytes, from) => table.readUsual(bytes, from)),
  );
  table.finish();
  return table;
}
