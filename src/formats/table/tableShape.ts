import type { Head } from "../../model/format.ts";
import { headLines } from "../text/headLines.ts";

/** By what a table is recognised: its header, or the look of its lines. */
export interface TableShape {
  readonly header: string;
  readonly isRow: (line: string) => boolean;
}

/** What of a shape the first lines of a file have: half of them may be cut or broken. */
export function fittingShape(head: Head, { header, isRow }: TableShape): "header" | "rows" | null {
  const lines = headLines(head);
  const rows = lines.filter((line) => line.trim() !== header);
  const fitting = rows.filter(isRow).length;
  if (lines[0]?.trim() === header) return fitting * 2 >= rows.length ? "header" : null;
  return fitting > 0 && fitting * 2 >= rows.length ? "rows" : null;
}
