import { type Static, Type } from "typebox";
import { FIO_LOG_VALUES, type ReadHints, TABLE_FIELDS, TIME_UNITS, type TimeUnit } from "../model/format.ts";
import { OPS } from "../model/ops.ts";
import { Lsblk } from "./lsblk.ts";

const Bytes = Type.Integer({ minimum: 0 });
const Name = Type.String({ minLength: 1, maxLength: 200 });
/** A date, or a time in UTC. */
const Time = Type.String({ pattern: "^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?Z)?$" });
const Facts = Type.Object(
  {
    name: Type.String(),
    model: Type.String({ maxLength: 200 }),
    bytes: Bytes,
    logicalBlockBytes: Bytes,
    physicalBlockBytes: Bytes,
    rotational: Type.Boolean(),
    discardGranularityBytes: Bytes,
    queueDepth: Bytes,
    scheduler: Type.String(),
  },
  { additionalProperties: false },
);

const Unit = Type.Union((Object.keys(TIME_UNITS) as TimeUnit[]).map((unit) => Type.Literal(unit)));
const Column = Type.Union([Type.String({ minLength: 1 }), Type.Integer({ minimum: 1 })]);
const UnitBytes = Type.Integer({ minimum: 1, maximum: 2 ** 30 });

const Hints = Type.Unsafe<ReadHints>(
  Type.Partial(
    Type.Object({
      format: Type.String(),
      blkparseFormat: Type.String({ minLength: 1 }),
      blkparseFormatOf: Type.Record(Type.String({ pattern: "^[ABCDFGIMPQRSTUWX]$" }), Type.String({ minLength: 1 })),
      fioLog: Type.Union(FIO_LOG_VALUES.map((value) => Type.Literal(value))),
      layer: Type.String(),
      columns: Type.Partial(
        Type.Object(Object.fromEntries(TABLE_FIELDS.map((field) => [field, Column])), { additionalProperties: false }),
      ),
      units: Type.Partial(
        Type.Object(
          { time: Unit, latency: Unit, offsetBytes: UnitBytes, lengthBytes: UnitBytes },
          { additionalProperties: false },
        ),
      ),
      ops: Type.Record(Type.String(), Type.Union(OPS.map((op) => Type.Literal(op)))),
    }),
    { additionalProperties: false },
  ),
);

/** <trace file or set name>.json: what people know of a trace and the trace does not say. */
export const SideFile = Type.Object(
  {
    title: Type.Optional(Type.String({ maxLength: 200 })),
    /** What to look at, in a sentence or two. */
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    /** The command that was traced. */
    command: Type.Optional(Type.String({ maxLength: 2000 })),
    /** How to read the trace, where its content cannot tell. */
    read: Type.Optional(Hints),
    tags: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 20 })),
    /** When it was recorded, in UTC, where the trace does not say. */
    recordedAt: Type.Optional(Time),
    /** "Linux 6.1.0-18-amd64". */
    kernel: Type.Optional(Name),
    /** The model of the machine: "Dell R640". */
    host: Type.Optional(Name),
    /** "ext4, 4 KiB blocks". */
    filesystem: Type.Optional(Name),
    /** The program that recorded, and its version: "blktrace 1.2.0". */
    recorder: Type.Optional(Name),
    /** What `lsblk -J -O -b` printed on that machine: facts of devices, partitions, filesystems. */
    lsblk: Type.Optional(Lsblk),
    /** Lines "vda rotational 0" from /sys/block/vda/queue: facts of devices. */
    queue: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
    /** Facts of devices, by their id in the trace ("254,0", or the format's own name). */
    devices: Type.Optional(Type.Record(Type.String(), Type.Partial(Facts))),
    /** Names of cgroups, by their numbers in the trace: "/sys/fs/cgroup/system.slice/db.service" for "5432". */
    cgroups: Type.Optional(Type.Record(Type.String({ pattern: "^\\d+$" }), Name)),
    /** Set names beside this file that are one recording with it. */
    sets: Type.Optional(Type.Array(Type.String())),
    /** Slugs of the traces to compare with; they are A, this one is B. */
    baseline: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
    /** One of several recordings of the same work: all that have the same `of` make one page, in order of their dates. */
    history: Type.Optional(
      Type.Object(
        {
          of: Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 100 }),
          /** What was recorded; recordings of one commit are runs of it. */
          commit: Type.Optional(Name),
          /** In place of the time of recording. */
          date: Type.Optional(Time),
          /** How the page calls it: "v6.1". */
          label: Type.Optional(Name),
        },
        { additionalProperties: false },
      ),
    ),
    spans: Type.Optional(
      Type.Array(
        Type.Object(
          { name: Type.String({ minLength: 1 }), fromNs: Type.Number(), toNs: Type.Number() },
          { additionalProperties: false },
        ),
      ),
    ),
    /** All that is shown: what was issued from fromNs until before toNs, in nanoseconds from the first request. */
    window: Type.Optional(
      Type.Partial(Type.Object({ fromNs: Type.Number(), toNs: Type.Number() }), { additionalProperties: false }),
    ),
    /** Names of spans that the trace must have (qtrace spans are called "qtrace"). */
    expectSpans: Type.Optional(Type.Array(Type.String())),
    /** The scope in which the page opens. */
    defaultScope: Type.Optional(Type.String()),
    layout: Type.Optional(
      Type.Object(
        {
          partitions: Type.Array(
            Type.Object(
              { name: Type.String(), startSector: Bytes, sectors: Type.Optional(Bytes) },
              { additionalProperties: false },
            ),
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, $id: "blkreport/sidefile/1" },
);
export type SideFile = Static<typeof SideFile>;
