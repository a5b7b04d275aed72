/** What the lines of a fio log are, as far as they tell. */
export type FioLogShape = "requests" | "maybe requests" | "no offsets" | "windows" | "histograms" | "other";

const MOST_FIELDS = 7;
const FEWEST_BINS = 19;
const DIRECTION = /^[012]$/;
const PRIORITY = /^([01]|0x[0-9a-f]{4})$/;
const WHOLE = /^\d+$/;

/**
 * time, value, [largest value,] direction, block size, [offset,] [priority,] [issue time]: which of the optional ones
 * there are depends on options and versions of fio, and not on the line's length alone.
 */
export function shapeOf(lines: readonly string[]): FioLogShape {
  const rows = lines.map((line) => line.trimEnd().split(", "));
  const [first = []] = rows;
  if (rows.length === 0 || rows.some(({ length }) => length !== first.length)) return "other";
  if (rows.some((row) => !row.every((field, column) => (column > 3 ? isField(field) : /^-?\d+$/.test(field)))))
    return "other";
  if (first.length >= 3 + FEWEST_BINS)
    return rows.every(([, direction = ""]) => DIRECTION.test(direction)) ? "histograms" : "other";
  if (first.length < 4 || first.length > MOST_FIELDS) return "other";
  const shape = shapeOfRows(rows);
  return shape === "requests" && rows.length < 2 ? "maybe requests" : shape;
}

function isField(field: string): boolean {
  return WHOLE.test(field) || PRIORITY.test(field);
}

function shapeOfRows(rows: readonly string[][]): FioLogShape {
  const every = (column: number, shape: RegExp): boolean => rows.every((row) => shape.test(row[column] ?? ""));
  if (!every(2, DIRECTION)) return every(3, DIRECTION) && every(4, /^0$/) ? "windows" : "other";
  if (every(3, /^0$/)) return "windows";
  if (!every(3, /^[1-9]\d*$/)) return "other";
  switch (rows[0]!.length) {
    case 7:
      return every(5, PRIORITY) ? "requests" : "other";
    case 6:
      if (!every(5, PRIORITY)) return every(4, PRIORITY) ? "no offsets" : "other";
      return every(4, PRIORITY) ? "maybe requests" : "requests";
    case 5:
      return every(4, PRIORITY) ? "no offsets" : every(4, WHOLE) ? "requests" : "other";
    default:
      return "no offsets";
  }
}
