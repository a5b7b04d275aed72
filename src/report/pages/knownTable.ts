import type { CellKind, CellValue, DataTable } from "../../charts/chart.ts";
import { table } from "../../charts/kit/table.ts";

/** A table whose cells are asked of each of the rows; a column in which nothing is known is left out. */
export function knownTable<Row>(
  columns: readonly (readonly [name: string, title: string, kind: CellKind, cell: (row: Row) => CellValue])[],
  rows: readonly Row[],
): DataTable {
  const cells = rows.map((row) => columns.map(([, , , cell]) => cell(row)));
  const known = columns.map((_, column) => cells.some((row) => row[column] !== null));
  return table(
    columns.filter((_, column) => known[column]).map(([name, title, kind]) => [name, title, kind]),
    cells.map((row) => row.filter((_, column) => known[column])),
  );
}
