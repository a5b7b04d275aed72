import type { TableField, TableUnits } from "../../model/format.ts";
import type { Op } from "../../model/ops.ts";

export const SEPARATORS = { comma: ",", semicolon: ";", tab: "\t", blanks: " " } as const;
export type Separator = (typeof SEPARATORS)[keyof typeof SEPARATORS];

/** What time 0 of the times is, where the format's document says it. */
export type Epoch = "unix" | "filetime";

/** What stands where in the lines of a table, and what it means. */
export interface TableLayout {
  readonly separator: Separator;
  /** Whether a field may stand in double quotes (RFC 4180). */
  readonly quotes?: boolean;
  /** How many columns a line has. */
  readonly columns: { readonly least: number; readonly most: number };
  /** The column of each field, from 0; what the table lacks is absent. */
  readonly at: Readonly<Partial<Record<TableField, number>>>;
  /** How many columns from `at.device` on make up the device's id. */
  readonly deviceColumns?: number;
  /** The device's id, from the text of its columns. */
  readonly deviceId?: (text: string) => string;
  /** The process's name, from the text of its column. */
  readonly processName?: (text: string) => string;
  readonly units: TableUnits;
  /** The units of the columns `completed` and `queue` where they are not those of `time`. */
  readonly unitsOf?: Readonly<Partial<Record<"completed" | "queue", NonNullable<TableUnits["time"]>>>>;
  /** The op of each word or code; undefined where nobody said what it means. */
  readonly opOf: (text: string) => Op | undefined;
  /** What the op column may hold, for messages. */
  readonly opsExpected: string;
  readonly epoch?: Epoch;
}

/** The ops of words that are written in one way only. */
export function opsByText(ops: Readonly<Record<string, Op>>): (text: string) => Op | undefined {
  const byText = new Map(Object.entries(ops));
  return (text) => byText.get(text);
}
