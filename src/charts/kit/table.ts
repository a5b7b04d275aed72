import type { CellKind, CellValue, DataTable } from "../chart.ts";

type Column = readonly [name: string, title: string, kind: CellKind];

/** A table from short column descriptions: CSV name with its unit, title, kind. */
export function table(columns: readonly Column[], rows: readonly (readonly CellValue[])[]): DataTable {
  return { columns: columns.map(([name, title, kind]) => ({ name, title, kind })), rows };
}
