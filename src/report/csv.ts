import type { CellValue, DataTable } from "../charts/chart.ts";

/** A table as CSV: a header of names with units, plain numbers, empty where unknown. */
export function csvText({ columns, rows }: DataTable): string {
  const lines = [columns.map(({ name }) => name), ...rows];
  return lines.map((cells) => `${cells.map(fieldText).join(",")}\n`).join("");
}

/** A text that a spreadsheet would take for a formula is quoted behind an apostrophe: traces are hostile text. */
function fieldText(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
