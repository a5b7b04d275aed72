import { SEPARATORS, type Separator } from "../table/layout.ts";
import { LineFields } from "../table/lineFields.ts";
import { word } from "../text/cursor.ts";
import { Line } from "../text/line.ts";
import { namedColumn } from "./columnNames.ts";

const TRIED: readonly Separator[] = [SEPARATORS.comma, SEPARATORS.semicolon, SEPARATORS.tab];
const KNOWN_NAME_WEIGHT = 1000;

/** The texts of a line's fields; none where a quoted field does not end. */
export function fieldTexts(text: string, separator: Separator): string[] {
  const bytes = word(text);
  const line = new Line("");
  line.set(bytes, 0, bytes.length);
  const fields = new LineFields(separator, true);
  return fields.split(line) ? Array.from({ length: fields.count }, (_, column) => fields.text(column)) : [];
}

/** What separates the fields of a table: what makes most names of the first line known, or else most fields of it. */
export function separatorOf(firstLine: string): Separator {
  const score = (separator: Separator) => {
    const names = fieldTexts(firstLine, separator);
    return names.filter(isKnown).length * KNOWN_NAME_WEIGHT + names.length;
  };
  return TRIED.reduce((best, separator) => (score(separator) > score(best) ? separator : best));
}

/** Whether a line's fields are names of columns: each begins with a letter, and one is known at least. */
export function areNames(fields: readonly string[]): boolean {
  return fields.length > 1 && fields.every((name) => name === "" || /^[\p{L}_]/u.test(name)) && fields.some(isKnown);
}

/** The names in a comment that is the header of a table, as `#Serial Number,IO Data Length`; null where it is another one. */
export function namesInComment(comment: string): string[] | null {
  const text = comment.replace(/^[\s#]+/, "");
  const names = fieldTexts(text, separatorOf(text));
  return areNames(names) ? names : null;
}

export function isComment(line: string): boolean {
  return line.startsWith("#");
}

function isKnown(name: string): boolean {
  return namedColumn(name) !== null;
}
