import type { ReadHints } from "../../model/format.ts";
import type { Separator } from "../table/layout.ts";
import { areNames, fieldTexts, isComment, namesInComment, separatorOf } from "./dialect.ts";
import { type Plan, planTable } from "./plan.ts";

/** What the first line that is no comment tells of a table, with the comments before it. */
export interface Opening {
  readonly separator: Separator;
  readonly names: readonly string[];
  /** Whether anything names the columns. */
  readonly named: boolean;
  /** Whether the line is a row. */
  readonly isRow: boolean;
  readonly plan: Plan;
}

/** Reads the first line of a table. */
export function openingOf(line: string, comments: readonly string[], hints: ReadHints): Opening {
  const separator = separatorOf(line);
  const fields = fieldTexts(line, separator);
  const isRow = !areNames(fields);
  const commented = isRow ? comments.map(namesInComment).find((names) => names !== null) : undefined;
  // Texts of a row say nothing of their columns.
  const names = commented ?? (isRow ? fields.map(() => "") : fields);
  return {
    separator,
    names,
    named: !isRow || commented !== undefined,
    isRow,
    plan: planTable(names, separator, hints),
  };
}

/** The first lines of a file as a table's comments, first line and rows. */
export function tableOf(lines: readonly string[]): { comments: string[]; first: string | undefined; rows: string[] } {
  const at = lines.findIndex((line) => !isComment(line));
  const [first, ...rows] = at < 0 ? [] : lines.slice(at);
  return { comments: lines.slice(0, at < 0 ? lines.length : at), first, rows: rows.filter((line) => !isComment(line)) };
}
