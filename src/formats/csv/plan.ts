import {
  type ReadHints,
  TABLE_FIELDS,
  type TableField,
  type TableUnits,
  TIME_UNITS,
  type TimeUnit,
} from "../../model/format.ts";
import type { Op } from "../../model/ops.ts";
import { listed } from "../../model/quantities.ts";
import type { Separator, TableLayout } from "../table/layout.ts";
import { type NamedColumn, namedColumn } from "./columnNames.ts";
import { opOfWord } from "./opWords.ts";

/** How to read a table, or what the side file has to say before that. */
export type Plan = { readonly opColumn: number | undefined } & (
  | { readonly layout: TableLayout; readonly missing: null }
  | { readonly layout: null; readonly missing: Missing }
);

/** What is not known of a table, the key of the side file that tells it, and what to do. */
export interface Missing {
  readonly what: string;
  readonly key: string;
  readonly cure: string;
}

interface Column extends Omit<NamedColumn, "field"> {
  readonly at: number;
}
type Columns = Partial<Record<TableField, Column>>;

/** Fields without which there is no request. */
const NEEDED = ["op", "offset", "length"] as const;

/** Finds the columns and their units, by the header's names and the hints; hints win. */
export function planTable(names: readonly string[], separator: Separator, hints: ReadHints): Plan {
  const columns = columnsOf(names, hints);
  const missing = missingHintColumn(columns, names, hints) ?? missingColumn(columns) ?? missingUnit(columns, hints);
  const opColumn = columns.op?.at;
  if (missing !== null) return { opColumn, layout: null, missing };
  return { opColumn, layout: layoutOf(columns, names.length, separator, hints), missing: null };
}

/** Whether the names alone, or with the hints, tell where requests are. */
export function namesRequests(names: readonly string[], hints: ReadHints): boolean {
  return missingColumn(columnsOf(names, hints)) === null;
}

/** The op of a word or code, as far as the side file or common usage tells. */
export function opOfText({ ops = {} }: ReadHints, text: string): Op | undefined {
  return Object.hasOwn(ops, text) ? ops[text] : opOfWord(text);
}

/** The key of the side file that explains codes, to be filled in. */
export function opsKey(codes: readonly string[]): string {
  return `"ops": { ${codes.map((code) => `${JSON.stringify(code)}: "…"`).join(", ")} }`;
}

function columnsOf(names: readonly string[], { columns = {} }: ReadHints): Columns {
  const found: Columns = {};
  for (const [at, name] of names.entries()) {
    const named = namedColumn(name);
    if (named === null || found[named.field] !== undefined) continue;
    const { field, ...rest } = named;
    found[field] = { at, ...rest };
  }
  for (const field of TABLE_FIELDS) {
    const wanted = columns[field];
    if (wanted === undefined) continue;
    const at = typeof wanted === "number" ? wanted - 1 : names.findIndex((name) => isSameName(name, wanted));
    const named = namedColumn(names[at] ?? "");
    found[field] = { ...(named?.field === field ? withoutField(named) : {}), at };
  }
  return found;
}

function withoutField({ field: _, ...rest }: NamedColumn): Omit<NamedColumn, "field"> {
  return rest;
}

function isSameName(name: string, wanted: string): boolean {
  return name.trim().toLowerCase() === wanted.trim().toLowerCase();
}

function missingHintColumn(columns: Columns, names: readonly string[], hints: ReadHints): Missing | null {
  const field = TABLE_FIELDS.find((one) => columns[one] !== undefined && !(columns[one].at in names));
  if (field === undefined) return null;
  return {
    what: `column ${JSON.stringify(hints.columns?.[field])}, which the side file names`,
    key: columnsKey([field]),
    cure: `its columns are ${names.map((name) => JSON.stringify(name)).join(", ")}, and their numbers begin with 1`,
  };
}

function missingColumn(columns: Columns): Missing | null {
  const fields = NEEDED.filter((field) => columns[field] === undefined);
  if (fields.length === 0) return null;
  return told(`column of the ${listed(fields)}`, columnsKey(fields));
}

function columnsKey(fields: readonly TableField[]): string {
  const keys = fields.map((field) => `"${field}": "name of the column of the ${field}"`);
  return `"columns": { ${keys.join(", ")} }`;
}

function told(what: string, key: string): Missing {
  return { what, key, cure: `neither the header nor the side file tells it: say "read": { ${key} } there` };
}

const TIMES = Object.keys(TIME_UNITS).join(", ");

function missingUnit(columns: Columns, { units = {} }: ReadHints): Missing | null {
  const { time, completed, latency, offset, length, queue } = columns;
  const timeMissing = [time, completed, queue].some((column) => column !== undefined && column.time === undefined);
  const keys = {
    ...(timeMissing && units.time === undefined ? { time: "us" } : {}),
    ...(latency !== undefined && latency.time === undefined && units.latency === undefined ? { latency: "us" } : {}),
    ...(offset!.bytes === undefined && units.offsetBytes === undefined ? { offsetBytes: 512 } : {}),
    ...(length!.bytes === undefined && units.lengthBytes === undefined ? { lengthBytes: 512 } : {}),
  };
  const fields = Object.keys(keys).map((key) => key.replace("Bytes", ""));
  if (fields.length === 0) return null;
  const pairs = Object.entries(keys).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  const { what, key, cure } = told(`unit of the ${listed(fields)}`, `"units": { ${pairs.join(", ")} }`);
  return { what, key, cure: `${cure}, or what is true (times: ${TIMES}; places and lengths: the bytes of one unit)` };
}

function layoutOf(columns: Columns, count: number, separator: Separator, hints: ReadHints): TableLayout {
  const { units = {} } = hints;
  const { time, completed, latency, queue, offset, length } = columns;
  return {
    separator,
    quotes: true,
    columns: { least: count, most: count },
    at: Object.fromEntries(Object.entries(columns).map(([field, { at }]) => [field, at])),
    units: {
      ...unitOf("time", units.time ?? time?.time),
      ...unitOf("latency", units.latency ?? latency?.time),
      offsetBytes: units.offsetBytes ?? offset!.bytes!,
      lengthBytes: units.lengthBytes ?? length!.bytes!,
    },
    unitsOf: {
      ...unitOf("completed", units.time ?? completed?.time),
      ...unitOf("queue", units.time ?? queue?.time),
    },
    deviceId: withoutGuard,
    processName: withoutGuard,
    opOf: (text) => opOfText(hints, text),
    opsExpected: 'read, write, discard, flush …, or a word that "ops" in the side file explains',
    ...(time?.unix ? { epoch: "unix" } : {}),
  };
}

/** `convert` and others put an apostrophe before what a spreadsheet would take for a formula. */
function withoutGuard(name: string): string {
  return name.replace(/^'(?=[=+\-@\t'])/, "");
}

function unitOf<K extends keyof TableUnits | "completed" | "queue">(
  key: K,
  unit: TimeUnit | undefined,
): { [P in K]?: TimeUnit } {
  return unit === undefined ? {} : ({ [key]: unit } as { [P in K]?: TimeUnit });
}
