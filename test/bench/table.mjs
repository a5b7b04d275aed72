/** Rows of one shape as a Markdown table that can be read as text too: numbers stand to the right. */
export function markdownTable(rows) {
  const names = [...new Set(rows.flatMap(Object.keys))];
  const cells = rows.map((row) => names.map((name) => cellText(row[name])));
  const isNumber = names.map((name) => rows.every((row) => typeof (row[name] ?? 0) === "number"));
  const widths = names.map((name, i) => Math.max(3, name.length, ...cells.map((row) => row[i].length)));
  const line = (texts) => {
    const padded = texts.map((text, i) => (isNumber[i] ? text.padStart(widths[i]) : text.padEnd(widths[i])));
    return `| ${padded.join(" | ")} |`;
  };
  const rule = widths.map((width, i) => (isNumber[i] ? `${"-".repeat(width - 1)}:` : "-".repeat(width)));
  return [line(names), line(rule), ...cells.map(line)].join("\n");
}

/** Three digits are all that such measurements are good for. */
function cellText(value) {
  if (value === undefined || value === null) return "";
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value)) return value.toLocaleString("en-US").replaceAll(",", " ");
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
