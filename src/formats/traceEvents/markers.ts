import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";

const COLON = 58;
const BUFFER = word("buf=");

/**
 * The text of a marker as trace-cmd has it, after the function that wrote it: `tracing_mark_write: TEXT`,
 * or field by field, `ip=ffffffff81498b1a buf=TEXT`.
 */
export function printedText(line: Line): string {
  const from = line.at;
  line.at = line.fieldEnd();
  const afterFunction = line.bytes[line.at - 1] === COLON;
  line.blanks();
  if (!line.takes(BUFFER) && !afterFunction) line.at = from;
  return line.text(line.end);
}
