import type { Iostat } from "../../analysis/metrics/iostat.ts";
import type { Op } from "../../model/ops.ts";
import { bytesText, durationText, shareText } from "../../model/quantities.ts";
import type { Token } from "../../theme/colours.ts";
import type { CellKind } from "../chart.ts";
import { byteRateText, decimalText } from "../kit/rates.ts";

/** Reads, discards, and all else as writes: so the kernel counts, and iostat. */
const GROUPS = { read: "r", discard: "d", write: "w" } as const;
type Group = "r" | "w" | "d";

/** What happened in a stretch of time, added up. */
export interface Sums {
  readonly requests: Readonly<Record<Group, number>>;
  readonly bytes: Readonly<Record<Group, number>>;
  readonly merges: Readonly<Record<Group, number>>;
  readonly completed: number;
  readonly serviceNs: number;
  readonly waitNs: number;
  readonly queuedNs: number;
  readonly busyNs: number;
}

export interface IostatBins {
  readonly startNs: number;
  readonly binNs: number;
  readonly bins: number;
  readonly sums: readonly Sums[];
}

/** One of iostat's columns, by iostat's name. */
export interface Column {
  readonly name: string;
  /** What it counts, and in which unit. */
  readonly title: string;
  /** The CSV's name of it, with its unit. */
  readonly field: string;
  readonly kind: CellKind;
  readonly token: Token;
  /** null where it has no value: a mean of nothing. */
  value(sums: Sums, stretchNs: number): number | null;
  text(value: number): string;
}

function groupOf(op: Op): Group {
  return op === "read" || op === "discard" ? GROUPS[op] : GROUPS.write;
}

function byGroup(value: Iostat, of: (ops: NonNullable<Iostat["byOp"][Op]>) => readonly number[] | null, bin: number) {
  const sums: Record<Group, number> = { r: 0, w: 0, d: 0 };
  for (const [op, figures] of Object.entries(value.byOp)) sums[groupOf(op as Op)] += of(figures)?.[bin] ?? 0;
  return sums;
}

export function inBins(value: Iostat): IostatBins {
  const { startNs, binNs, bins } = value;
  const sums = Array.from(
    { length: bins },
    (_, bin): Sums => ({
      requests: byGroup(value, ({ requests }) => requests, bin),
      bytes: byGroup(value, ({ bytes }) => bytes, bin),
      merges: byGroup(value, ({ merges }) => merges, bin),
      completed: value.completed[bin]!,
      serviceNs: value.serviceNs[bin]!,
      waitNs: value.waitNs?.[bin] ?? 0,
      queuedNs: value.queuedNs?.[bin] ?? 0,
      busyNs: value.busyNs[bin]!,
    }),
  );
  return { startNs, binNs, bins, sums };
}

function added(sums: readonly Sums[]): Sums {
  const sum = (of: (each: Sums) => number): number => sums.reduce((total, each) => total + of(each), 0);
  const groups = (of: (each: Sums) => Readonly<Record<Group, number>>) => ({
    r: sum((each) => of(each).r),
    w: sum((each) => of(each).w),
    d: sum((each) => of(each).d),
  });
  return {
    requests: groups(({ requests }) => requests),
    bytes: groups(({ bytes }) => bytes),
    merges: groups(({ merges }) => merges),
    completed: sum(({ completed }) => completed),
    serviceNs: sum(({ serviceNs }) => serviceNs),
    waitNs: sum(({ waitNs }) => waitNs),
    queuedNs: sum(({ queuedNs }) => queuedNs),
    busyNs: sum(({ busyNs }) => busyNs),
  };
}

/** All bins as one. */
export function together({ sums }: IostatBins): Sums {
  return added(sums);
}

/** Bins of `factor` bins. */
export function joined({ startNs, binNs, sums }: IostatBins, factor: number): IostatBins {
  const bins = Math.ceil(sums.length / factor);
  const wider = Array.from({ length: bins }, (_, i) => added(sums.slice(i * factor, (i + 1) * factor)));
  return { startNs, binNs: binNs * factor, bins, sums: wider };
}

function all({ r, w, d }: Readonly<Record<Group, number>>): number {
  return r + w + d;
}

const WORDS = { r: ["read", "reads"], w: ["write", "writes"], d: ["discard", "discards"] } as const;
const TOKEN: Readonly<Record<Group, Token>> = { r: "read", w: "write", d: "discard" };

function requestsOf(group: Group): Column {
  return {
    name: `${group}/s`,
    title: `${WORDS[group][1]} started`,
    field: `${WORDS[group][1]}PerSecond`,
    kind: "perSecond",
    token: TOKEN[group],
    value: ({ requests }, ns) => (requests[group] / ns) * 1e9,
    text: decimalText,
  };
}

function bytesOf(group: Group): Column {
  return {
    name: `${group}kB/s`,
    title: `in ${WORDS[group][1]}`,
    field: `${WORDS[group][0]}BytesPerSecond`,
    kind: "bytesPerSecond",
    token: TOKEN[group],
    value: ({ bytes }, ns) => (bytes[group] / ns) * 1e9,
    text: byteRateText,
  };
}

function mergesOf(group: Group): Column {
  return {
    name: `${group}rqm/s`,
    title: `${WORDS[group][1]} merged`,
    field: `${WORDS[group][0]}MergesPerSecond`,
    kind: "perSecond",
    token: TOKEN[group],
    value: ({ merges }, ns) => (merges[group] / ns) * 1e9,
    text: decimalText,
  };
}

const REQUEST_SIZE: Column = {
  name: "avgrq-sz",
  title: "mean size of a request",
  field: "meanRequestBytes",
  kind: "bytes",
  token: "ink-2",
  value: ({ requests, bytes }) => (all(requests) > 0 ? all(bytes) / all(requests) : null),
  text: (bytes) => bytesText(Math.round(bytes)),
};

const QUEUE_SIZE: Column = {
  name: "avgqu-sz",
  title: "requests queued or in flight",
  field: "meanQueuedRequests",
  kind: "text",
  token: "ink-2",
  value: ({ queuedNs }, ns) => queuedNs / ns,
  text: decimalText,
};

const AWAIT: Column = {
  name: "await",
  title: "queueing to completion",
  field: "awaitNs",
  kind: "ns",
  token: "ink-2",
  value: ({ waitNs, completed }) => (completed > 0 ? waitNs / completed : null),
  text: durationText,
};

/** What iostat computed as svctm was %util over requests, and was given up; from a trace the time is known. */
const SERVICE_TIME: Column = {
  name: "svctm",
  title: "issue to completion",
  field: "serviceNs",
  kind: "ns",
  token: "ink-2",
  value: ({ serviceNs, completed }) => (completed > 0 ? serviceNs / completed : null),
  text: durationText,
};

const UTIL: Column = {
  name: "%util",
  title: "time with any in flight",
  field: "busyShare",
  kind: "share",
  token: "ink-2",
  value: ({ busyNs }, ns) => Math.min(1, busyNs / ns),
  text: shareText,
};

/** The columns that the scope has values for. */
export function columnsOf(value: Iostat): readonly Column[] {
  const whole = together(inBins(value));
  const groups = (["r", "w", "d"] as const).filter((group) => whole.requests[group] > 0);
  return [
    ...groups.map(requestsOf),
    ...groups.map(bytesOf),
    ...groups.filter((group) => whole.merges[group] > 0).map(mergesOf),
    REQUEST_SIZE,
    UTIL,
    ...(value.queuedNs === null ? [] : [QUEUE_SIZE]),
    ...(value.waitNs === null ? [] : [AWAIT]),
    SERVICE_TIME,
  ];
}
