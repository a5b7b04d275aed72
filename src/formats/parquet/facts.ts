import type { Span } from "../../model/batch.ts";
import { TraceError } from "../../model/errors.ts";
import { type Device, type Message, type Recorded, unknownDevice } from "../../model/trace.ts";

/** The key of the file's metadata under which the facts stand, as JSON. */
export const FACTS_KEY = "blkreport";
const SCHEMA = "blkreport/requests/1";

/** What `blkreport convert` writes into a Parquet file beside the requests. Rows are the file's. */
export interface Facts {
  readonly schema: typeof SCHEMA;
  /** Wall-clock time of the time 0, in nanoseconds since 1970, as decimal digits. */
  readonly startUnixNs: string | null;
  readonly recorded: Readonly<Recorded>;
  /** `label` is what the column device says. */
  readonly devices: readonly (Readonly<Device> & { readonly label: string })[];
  readonly spans: readonly FactSpan[];
  readonly messages: readonly Message[];
}

/** A span; toNs is null where it has no end. A "qtrace" span is found in the requests as well. */
export type FactSpan = Pick<Span, "name" | "source" | "fromRow" | "toRow" | "fromNs"> & {
  readonly toNs: number | null;
};

export function factsText(facts: Omit<Facts, "schema">): string {
  return JSON.stringify({ schema: SCHEMA, ...facts });
}

/** What a file says of itself; throws where it is not what `factsText` writes. */
export function readFacts(text: string, file: string): Facts {
  try {
    return factsOf(parsed(text));
  } catch (error) {
    const what = `metadata "${FACTS_KEY}": ${(error as Error).message}`;
    throw new TraceError({ file }, "invalid", what, "convert the trace again", { cause: error });
  }
}

function factsOf(value: unknown): Facts {
  const { schema, startUnixNs, recorded, devices, spans, messages } = record(value);
  if (schema !== SCHEMA) throw new Error(`schema ${JSON.stringify(schema)}, this reader knows "${SCHEMA}"`);
  return {
    schema: SCHEMA,
    startUnixNs: startUnixNs === null ? null : digits(startUnixNs),
    recorded: recordedOf(record(recorded)),
    devices: list(devices).map((device) => deviceOf(record(device))),
    spans: list(spans).map((span) => spanOf(record(span))),
    messages: list(messages).map((message) => messageOf(record(message))),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error("no JSON", { cause: error });
  }
}

type Json = Readonly<Record<string, unknown>>;

/** The rows are requests: bios, plugs and cgroups stay in the trace that was converted. */
export const NOT_IN_ROWS = { bios: false, cgroup: false, plug: false } as const;

function recordedOf({ clock, completion, queue, merges, process, flags, error }: Json): Recorded {
  return {
    clock: clock === true,
    completion: completion === true,
    queue: queue === true,
    merges: merges === true,
    process: process === true,
    flags: flags === true,
    error: error === true,
    ...NOT_IN_ROWS,
  };
}

function deviceOf(device: Json): Facts["devices"][number] {
  return {
    ...unknownDevice(text(device["id"]), text(device["name"])),
    label: text(device["label"]),
    bytes: countOrNull(device["bytes"]),
    logicalBlockBytes: countOrNull(device["logicalBlockBytes"]),
    physicalBlockBytes: countOrNull(device["physicalBlockBytes"]),
    rotational: typeof device["rotational"] === "boolean" ? device["rotational"] : null,
    discardGranularityBytes: countOrNull(device["discardGranularityBytes"]),
    queueDepth: countOrNull(device["queueDepth"]),
    scheduler: typeof device["scheduler"] === "string" ? device["scheduler"] : null,
    stacked: device["stacked"] === true,
  };
}

function spanOf({ name, source, fromRow, toRow, fromNs, toNs }: Json): FactSpan {
  return {
    name: text(name),
    source: source === "qtrace" ? source : "message",
    fromRow: number(fromRow),
    toRow: number(toRow),
    fromNs: number(fromNs),
    toNs: toNs === null ? null : number(toNs),
  };
}

function messageOf({ timeNs, row, text: words }: Json): Message {
  return { timeNs: number(timeNs), row: number(row), text: text(words) };
}

function record(value: unknown): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw new Error(`${JSON.stringify(value) ?? "nothing"} where an object should be`);
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${JSON.stringify(value) ?? "nothing"} where a list should be`);
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new Error(`${JSON.stringify(value) ?? "nothing"} where a text should be`);
}

function number(value: unknown): number {
  if (typeof value === "number") return value;
  throw new Error(`${JSON.stringify(value) ?? "nothing"} where a number should be`);
}

function countOrNull(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null;
}

function digits(value: unknown): string {
  if (typeof value === "string" && /^\d{1,19}$/.test(value)) return value;
  throw new Error(`${JSON.stringify(value) ?? "nothing"} where nanoseconds since 1970 should be`);
}
