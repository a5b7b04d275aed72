import type { TableField, TimeUnit } from "../../model/format.ts";
import { SECTOR_BYTES } from "../../model/units.ts";

/** What the name of a column says of it. */
export interface NamedColumn {
  readonly field: TableField;
  /** Of a column of times, where the name tells. */
  readonly time?: TimeUnit;
  /** Bytes of a unit of an offset or length, where the name tells. */
  readonly bytes?: number;
  /** Whether its times count from 1970. */
  readonly unix?: true;
}

/** Names without their units, blanks and capitals. */
const NAMES: Readonly<Partial<Record<TableField, readonly string[]>>> = {
  time: [
    "time",
    "timestamp",
    "ts",
    "issue",
    "issued",
    "issuetime",
    "start",
    "starttime",
    "arrival",
    "arrivaltime",
    "submit",
    "submitted",
  ],
  op: ["op", "operation", "type", "rw", "opcode", "optype", "iotype", "requesttype", "commandtype", "direction"],
  offset: [
    "offset",
    "byteoffset",
    "startoffset",
    "address",
    "addr",
    "lba",
    "lbn",
    "startlba",
    "block",
    "startblock",
    "sector",
    "startsector",
  ],
  length: [
    "length",
    "len",
    "size",
    "iosize",
    "requestsize",
    "datalength",
    "iodatalength",
    "bytes",
    "nbytes",
    "bytecount",
    "sectors",
    "nsectors",
    "nsect",
    "sectorcount",
  ],
  device: [
    "device",
    "dev",
    "disk",
    "volume",
    "vol",
    "lun",
    "asu",
    "deviceid",
    "diskid",
    "volumeid",
    "devicename",
    "diskname",
    "disknumber",
  ],
  process: ["process", "comm", "processname"],
  pid: ["pid", "processid"],
  cpu: ["cpu"],
  flags: ["flags"],
  queue: ["queued", "queuedtime"],
  completed: [
    "complete",
    "completed",
    "completion",
    "completetime",
    "completiontime",
    "end",
    "endtime",
    "finish",
    "finished",
    "finishtime",
    "done",
  ],
  latency: ["latency", "lat", "response", "responsetime", "duration", "elapsed"],
  error: ["error", "errno"],
};

/** Names that say their unit themselves. */
const BYTES_OF_NAME: Readonly<Record<string, number>> = {
  byteoffset: 1,
  bytes: 1,
  nbytes: 1,
  bytecount: 1,
  sector: SECTOR_BYTES,
  startsector: SECTOR_BYTES,
  sectors: SECTOR_BYTES,
  nsectors: SECTOR_BYTES,
  nsect: SECTOR_BYTES,
  sectorcount: SECTOR_BYTES,
};

/** The last word of a name, where it is a unit. What kb is, opinions differ: it says nothing. */
const TIME_WORDS: Readonly<Record<string, TimeUnit>> = {
  ps: "ps",
  ns: "ns",
  nsec: "ns",
  nanoseconds: "ns",
  "100ns": "100ns",
  us: "us",
  usec: "us",
  microseconds: "us",
  ms: "ms",
  msec: "ms",
  milliseconds: "ms",
  s: "s",
  sec: "s",
  seconds: "s",
};
const BYTES_WORDS: Readonly<Record<string, number>> = { bytes: 1, sectors: SECTOR_BYTES, kib: 1 << 10, mib: 1 << 20 };

const FIELD_OF_NAME = new Map(
  Object.entries(NAMES).flatMap(([field, names]) => names.map((name) => [name, field as TableField] as const)),
);
const TIMES: readonly TableField[] = ["time", "queue", "completed", "latency"];
const PLACES: readonly TableField[] = ["offset", "length"];

/** What a column is by its name: `Offset (bytes)`, `time_us`, `nsectors`; null where the name tells nothing. */
export function namedColumn(name: string): NamedColumn | null {
  // A point in time that `convert` writes; elsewhere "queue" may be a duration or a depth.
  if (name === "queue_ns") return { field: "queue", time: "ns" };
  const words: string[] =
    name
      .toLowerCase()
      .replaceAll("µ", "u")
      .match(/[a-z0-9]+/g) ?? [];
  const unix = words.includes("unix");
  const known = words.filter((word) => word !== "unix");
  const whole = fieldOf(known);
  if (whole !== undefined) return described(whole, known.join(""), undefined, unix);
  const field = fieldOf(known.slice(0, -1)) ?? (unix && known.length === 1 ? "time" : undefined);
  return field === undefined ? null : described(field, known.slice(0, -1).join(""), known.at(-1)!, unix);
}

function fieldOf(words: readonly string[]): TableField | undefined {
  return FIELD_OF_NAME.get(words.join(""));
}

/** A last word that is no unit of such a column makes the name unknown. */
function described(field: TableField, name: string, unit: string | undefined, unix: boolean): NamedColumn | null {
  if (unit !== undefined && TIMES.includes(field) && Object.hasOwn(TIME_WORDS, unit))
    return { field, time: TIME_WORDS[unit]!, ...(unix && field === "time" ? { unix } : {}) };
  if (unit !== undefined && PLACES.includes(field) && Object.hasOwn(BYTES_WORDS, unit))
    return { field, bytes: BYTES_WORDS[unit]! };
  if (unit !== undefined) return null;
  const bytes = PLACES.includes(field) ? BYTES_OF_NAME[name] : undefined;
  return { field, ...(bytes === undefined ? {} : { bytes }), ...(unix && field === "time" ? { unix } : {}) };
}
