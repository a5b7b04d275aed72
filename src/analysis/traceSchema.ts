import { type TSchema, Type } from "typebox";
import type { Device as DeviceFacts, Quality, SeenPartition } from "../model/trace.ts";
import { Count, KindName, Real } from "./schemas.ts";
import type { HistoryEntry, SpanInfo, TraceContext, TraceInfo, TraceLayout } from "./summary.ts";
import type { Band } from "./targets/bands.ts";
import type { WindowInfo } from "./window.ts";

/** A schema for each field, so that none is forgotten. */
export type FieldsOf<T> = Record<keyof T, TSchema>;

export function orNull<T extends TSchema>(schema: T, description: string) {
  return Type.Union([schema, Type.Null()], { description });
}

const Device = Type.Object({
  id: Type.String({ description: "major:minor, or the format's own name" }),
  name: Type.String(),
  model: orNull(Type.String(), "what its maker calls it; null: not known"),
  bytes: orNull(Count, "size"),
  logicalBlockBytes: orNull(Count, "null: not known"),
  physicalBlockBytes: orNull(Count, "null: not known"),
  rotational: orNull(Type.Boolean(), "null: not known"),
  discardGranularityBytes: orNull(Count, "null: not known"),
  queueDepth: orNull(Count, "null: not known"),
  scheduler: orNull(Type.String(), "null: not known"),
  stacked: Type.Boolean({ description: "on top of another device of this trace: it stands only in its own scope" }),
} satisfies FieldsOf<DeviceFacts>);

const Span = Type.Object({
  name: Type.String(),
  source: Type.Union([Type.Literal("qtrace"), Type.Literal("message"), Type.Literal("sideFile")]),
  fromNs: Real,
  toNs: orNull(Real, "null: it runs to the end"),
  fromRow: Count,
  toRow: Type.Integer({ minimum: 0, description: "the first row after the span" }),
} satisfies FieldsOf<SpanInfo>);

const Seen = Type.Object({
  id: Type.String({ description: "major:minor of the partition" }),
  device: Type.Integer({ minimum: 0, description: "index of its disk in devices" }),
  startBytes: Count,
  bios: Type.Integer({ minimum: 0, description: "bios that came down from it" }),
  bytes: Count,
} satisfies FieldsOf<SeenPartition>);

/** What a Summary says of its trace. */
export const TraceSchema = Type.Object({
  slug: Type.String(),
  path: orNull(Type.String(), "below traces/, with slashes; null: the trace was named on the command line"),
  title: Type.String(),
  format: Type.String({ description: "the id of the format that read it" }),
  files: Type.Array(Type.Object({ name: Type.String(), bytes: Count, sha256: Type.String() })),
  clock: Type.Union([Type.Literal("ns"), Type.Literal("ordinal")], {
    description: "ns: times are nanoseconds from the first request; ordinal: they are the request's ordinal",
  }),
  startUnixNs: orNull(Type.String(), "wall-clock time of the first request in nanoseconds since 1970"),
  window: orNull(
    Type.Object({
      fromNs: orNull(Real, "null: from the trace's beginning"),
      toNs: orNull(Real, "null: to the trace's end"),
      firstRow: Type.Integer({ minimum: 0, description: "the trace's row that is row 0 here" }),
      traceRequests: Type.Integer({ minimum: 0, description: "requests of the whole trace" }),
      traceLastNs: orNull(Real, "issue time of the whole trace's last request; null without one"),
    } satisfies FieldsOf<WindowInfo>),
    "all is limited to what was issued from fromNs until before toNs; null: it is the whole trace",
  ),
  recorded: Type.Object(
    {
      clock: Type.Boolean(),
      completion: Type.Boolean(),
      queue: Type.Boolean(),
      merges: Type.Boolean(),
      bios: Type.Boolean(),
      process: Type.Boolean(),
      cgroup: Type.Boolean(),
      plug: Type.Boolean(),
      flags: Type.Boolean(),
      error: Type.Boolean(),
    },
    { description: "which columns the trace records" },
  ),
  devices: Type.Array(Device),
  spans: Type.Array(Span),
  messages: Type.Array(Type.Object({ timeNs: Real, row: Count, text: Type.String() })),
  description: orNull(Type.String(), "from the side file"),
  command: orNull(Type.String(), "the command that was traced, from the side file"),
  tags: Type.Array(Type.String()),
  baselines: Type.Array(Type.String(), { description: "slugs of the traces to compare with, from the side file" }),
  history: orNull(
    Type.Object({
      of: Type.String({
        pattern: "^[a-z0-9]+(-[a-z0-9]+)*$",
        maxLength: 100,
        description: "what the recordings of the same work have in common; it names a folder",
      }),
      commit: orNull(Type.String(), "null: not said"),
      date: orNull(Type.String(), "ISO 8601, in UTC; null: the time of recording counts"),
      label: orNull(Type.String(), "null: not said"),
    } satisfies FieldsOf<HistoryEntry>),
    "from the side file: one of several recordings of the same work",
  ),
  context: Type.Object(
    {
      recordedAt: orNull(Type.String(), "an ISO 8601 time in UTC"),
      kernel: orNull(Type.String(), "null: not known"),
      host: orNull(Type.String(), "the model of the machine"),
      filesystem: orNull(Type.String(), "null: not known"),
      recorder: orNull(Type.String(), "the program that recorded, and its version"),
    } satisfies FieldsOf<TraceContext>,
    { description: "when, where and with what it was recorded, from the side file" },
  ),
  partitions: Type.Array(
    Type.Object({ name: Type.String(), startSector: Count, sectors: orNull(Count, "null: not known") }),
    { description: "from the layout, or else from the side file" },
  ),
  seenPartitions: Type.Array(Seen, {
    description: "as the trace's remap records tell, in the order in which they were met",
  }),
  layout: orNull(
    Type.Object({
      sources: Type.Array(Type.String(), { description: 'what told it: "dumpe2fs 1.47.0"' }),
      bands: Type.Array(
        Type.Object({
          name: Type.String(),
          kind: KindName,
          within: orNull(Type.String(), "what holds it, from the inside out; null: the device itself"),
          device: Count,
          fromBytes: Count,
          lengthBytes: Count,
        } satisfies FieldsOf<Band>),
        { maxItems: 256, description: "by device and place; one may lie in another" },
      ),
    } satisfies FieldsOf<TraceLayout>),
    "what lies where on the devices; null: no layout is known",
  ),
} satisfies FieldsOf<TraceInfo>);

/** What was lost, doubtful or not understood. */
export const QualitySchema = Type.Object({
  records: Type.Integer({ minimum: 0, description: "lines or records read" }),
  notUnderstood: Count,
  firstNotUnderstood: orNull(
    Type.Object({
      file: Type.String(),
      line: Type.Optional(Count),
      byte: Type.Optional(Count),
      what: Type.String(),
    }),
    "null: everything was understood",
  ),
  unmatchedIssues: Count,
  unmatchedCompletions: Count,
  droppedEvents: orNull(Count, "null: the format cannot tell"),
  sequenceGaps: orNull(Count, "null: the format cannot tell"),
  missingEvents: orNull(Count, "numbers missing in those gaps; null: the format cannot tell"),
  clockSteps: Type.Integer({ minimum: 0, description: "times before the one before" }),
  implausibleLatencies: Count,
  requestsBeyondDevice: Count,
  truncated: Type.Boolean(),
  requeues: Count,
  partialCompletions: Count,
  notes: Type.Array(Type.Object({ code: Type.String(), text: Type.String() })),
} satisfies FieldsOf<Quality>);
