import { withOtherNumber } from "./numbers.mjs";
import { joined, latin } from "./pieces.mjs";
import { linesOf } from "./units.mjs";

const FIELD = /[^\s,;]+/g;

/** Changes of the fields of a line; `otherLine` is one of any file of the same kind. */
const CHANGES = [
  [3, withOtherNumber],
  [1, (line, rnd) => withField(line, rnd, () => "")],
  [2, (line, rnd) => withField(line, rnd, (field) => rnd.oneOf(line.match(FIELD) ?? [field]))],
  [2, (line, rnd, otherLine) => withField(line, rnd, (field) => rnd.oneOf(otherLine.match(FIELD) ?? [field]))],
  [1, (line, rnd) => withField(line, rnd, (field) => `${field} ${field}`)],
  [1, (line, rnd) => withField(line, rnd, (field) => field.slice(0, rnd.below(field.length)))],
  [1, (line) => line.replace(/[ \t]+/g, "\t")],
  [1, (line) => line.replace(/\n$/, "\r\n")],
];

function withField(line, { oneOf }, change) {
  const fields = [...line.matchAll(FIELD)];
  if (fields.length === 0) return line;
  const { 0: field, index } = oneOf(fields);
  return line.slice(0, index) + change(field) + line.slice(index + field.length);
}

/** Changes one line of a text in a place where its format has something. */
export function changedLine(bytes, rnd, other) {
  const lines = linesOf(bytes);
  if (lines.length === 0) return bytes;
  // The first lines say what the rest means.
  const at = rnd.once(4) ? rnd.below(Math.min(4, lines.length)) : rnd.below(lines.length);
  const otherLines = linesOf(other);
  const otherLine = otherLines.length === 0 ? "" : latinText(rnd.oneOf(otherLines));
  lines[at] = latin(rnd.weighted(CHANGES)(latinText(lines[at]), rnd, otherLine));
  return joined(...lines);
}

function latinText(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
