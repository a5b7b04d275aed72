import { type FileMetaData, parquetSchema, type SchemaTree } from "hyparquet";
import { TraceError } from "../../model/errors.ts";
import { type ReadHints, TABLE_FIELDS, type TableField, TIME_UNITS } from "../../model/format.ts";
import { OP_CODE, OPS, type Op } from "../../model/ops.ts";
import type { ColumnName } from "./layout.ts";

/** What a column can hold. The last five only blkreport writes. */
export type Field = TableField | "getRequest" | "insert" | "lastIssue" | "isComplete" | "mergedBios";

/** The names that are known, and whose units they say. */
const KNOWN: Readonly<Partial<Record<Field, ColumnName>>> = {
  time: "issue_ns",
  op: "op",
  offset: "offset_bytes",
  length: "length_bytes",
  device: "device",
  process: "process",
  pid: "pid",
  cpu: "cpu",
  flags: "flags",
  queue: "queue_ns",
  completed: "complete_ns",
  error: "error",
  getRequest: "get_request_ns",
  insert: "insert_ns",
  lastIssue: "last_issue_ns",
  isComplete: "is_complete",
  mergedBios: "merged_bios",
};
const FIELDS: readonly Field[] = [...TABLE_FIELDS, "getRequest", "insert", "lastIssue", "isComplete", "mergedBios"];
const REQUIRED: readonly Field[] = ["op", "offset", "length", "time"];

/** Where the fields of a request stand in a file, and in which units. */
export interface Table {
  readonly nameOf: Readonly<Partial<Record<Field, string>>>;
  readonly columnNames: readonly string[];
  /** Nanoseconds in a unit of each column of times. */
  readonly unitNs: Readonly<Record<"time" | "queue" | "completed" | "latency", number>>;
  readonly offsetUnitBytes: number;
  readonly lengthUnitBytes: number;
  /** What a time of 0 is, as the types of the columns say. */
  readonly zero: "first request" | "1970" | "anything";
  /** The number of the op; undefined where nobody said what the word means. */
  opOf(word: string): number | undefined;
}

/** Finds the fields by the names that blkreport writes, or that the side file names. */
export function tableOf(
  metadata: FileMetaData,
  { columns = {}, units = {}, ops = {} }: ReadHints,
  file: string,
): Table {
  const schema = parquetSchema(metadata).children;
  const byName = new Map(schema.map((column) => [column.element.name, column]));
  const found = new Map<Field, SchemaTree>();
  for (const field of FIELDS) {
    const hint = (columns as Partial<Record<Field, string | number>>)[field];
    const column =
      hint === undefined
        ? byName.get(KNOWN[field] ?? "")
        : typeof hint === "number"
          ? schema[hint - 1]
          : byName.get(hint);
    if (column !== undefined) found.set(field, column);
    else if (hint !== undefined)
      throw missing(file, `column ${JSON.stringify(hint)}`, `the columns are ${namesOf(schema)}`);
  }
  const lacking = REQUIRED.filter((field) => !found.has(field));
  if (lacking.length > 0) {
    const names = lacking.map((field) => KNOWN[field]).join(", ");
    const keys = lacking.map((field) => `"${field}": "…"`).join(", ");
    const cure = `name them in the side file, "read": { "columns": { ${keys} } }, and their units; the columns are ${namesOf(schema)}`;
    throw missing(file, `column ${names}`, cure);
  }

  const isNamed = (field: TableField): boolean => columns[field] !== undefined && found.has(field);
  const unit = <Unit>(
    field: TableField,
    key: keyof typeof units,
    said: Unit | undefined,
    known: Unit,
    example: string,
  ): Unit => {
    if (!isNamed(field)) return known;
    if (said === undefined)
      throw missing(
        file,
        `unit of column "${found.get(field)!.element.name}"`,
        `say "units": { "${key}": ${example} }`,
      );
    return said;
  };
  const timeUnit = (field: TableField, key: "time" | "latency"): number =>
    isTimestamp(found.get(field)) ? 1 : TIME_UNITS[unit(field, key, units[key], "ns", '"us"')];
  const time = found.get("time")!;
  return {
    nameOf: Object.fromEntries([...found].map(([field, column]) => [field, column.element.name])),
    columnNames: [...new Set([...found.values()].map(({ element }) => element.name))],
    unitNs: {
      time: timeUnit("time", "time"),
      queue: timeUnit("queue", "time"),
      completed: timeUnit("completed", "time"),
      latency: timeUnit("latency", "latency"),
    },
    offsetUnitBytes: unit("offset", "offsetBytes", units.offsetBytes, 1, "512"),
    lengthUnitBytes: unit("length", "lengthBytes", units.lengthBytes, 1, "512"),
    zero: isTimestamp(time) ? "1970" : isNamed("time") ? "anything" : "first request",
    opOf: opsBy(ops),
  };
}

function opsBy(ops: Readonly<Record<string, Op>>): Table["opOf"] {
  const codes = new Map<string, number>([...OPS.entries()].map(([code, op]) => [op, code]));
  for (const [word, op] of Object.entries(ops)) codes.set(word, OP_CODE[op]);
  return (word) => codes.get(word);
}

function isTimestamp(column: SchemaTree | undefined): boolean {
  const { type, converted_type: converted, logical_type: logical } = column?.element ?? {};
  return type === "INT96" || converted?.startsWith("TIMESTAMP") === true || logical?.type === "TIMESTAMP";
}

function missing(file: string, what: string, cure: string): TraceError {
  return new TraceError({ file }, "missing", what, cure);
}

function namesOf(schema: readonly SchemaTree[]): string {
  return schema.map(({ element }) => JSON.stringify(element.name)).join(", ");
}
