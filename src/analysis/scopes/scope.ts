import type { Chunk } from "../../model/batch.ts";
import type { AnyMetric, View } from "../metric.ts";
import { addToShared, type Shared, startShared } from "../shared.ts";
import type { ScopeKind } from "../summary.ts";
import type { Placement } from "../targets/placement.ts";
import { emptyPart, type Part } from "./part.ts";

interface Running {
  readonly metric: AnyMetric;
  readonly state: unknown;
}

/** What a scope takes of each batch of a chunk. */
export const FAMILIES = ["requests", "completions", "bios", "events"] as const;
export type Family = (typeof FAMILIES)[number];

/** A scope while the trace goes by. */
export interface Scope {
  readonly kind: ScopeKind;
  /** A light scope has no heavy ones. */
  readonly metrics: readonly AnyMetric[];
  /** Metrics by their ids, but those that a second device has made pointless. */
  readonly running: Map<string, Running>;
  readonly shared: Shared;
  /** What the scope takes of the current chunk. */
  readonly parts: Record<Family, Part>;
  requests: number;
  firstNs: number;
  lastNs: number;
  endNs: number;
  /** Indexes of the devices with requests here. */
  readonly devices: Set<number>;
}

export function startScope(
  metrics: readonly AnyMetric[],
  placement: Placement | null,
  kind: ScopeKind,
  heavy: boolean,
): Scope {
  const wanted = metrics.filter(({ weight }) => heavy || weight === "light");
  const shared = startShared(placement);
  return {
    kind,
    shared,
    metrics: wanted,
    running: new Map(wanted.map((metric) => [metric.id, { metric, state: metric.start(shared) }])),
    parts: { requests: emptyPart(), completions: emptyPart(), bios: emptyPart(), events: emptyPart() },
    requests: 0,
    firstNs: Number.NaN,
    lastNs: Number.NaN,
    endNs: Number.NaN,
    devices: new Set(),
  };
}

/** Starts a scope with the metrics that are computed here. */
export type StartScope = (kind: ScopeKind, heavy: boolean) => Scope;

/** Adds what the scope takes of a chunk to its metrics. */
export function addToScope(scope: Scope, chunk: Chunk): void {
  const { requests, completions, bios, events } = scope.parts;
  if (requests.count + completions.count + bios.count + events.count === 0) return;
  addRequests(scope, chunk);
  addEnds(scope, chunk);
  const view = viewOf(scope, chunk);
  addToShared(scope.shared, view);
  for (const { metric, state } of scope.running.values()) metric.add(state, view);
}

function viewOf({ parts }: Scope, { requests, completions, bios, events }: Chunk): View {
  return {
    requests,
    rows: parts.requests.index,
    rowCount: parts.requests.count,
    completions,
    done: parts.completions.index,
    doneCount: parts.completions.count,
    bios,
    bioRows: parts.bios.index,
    bioCount: parts.bios.count,
    events,
    eventRows: parts.events.index,
    eventCount: parts.events.count,
  };
}

function addRequests(scope: Scope, { requests }: Chunk): void {
  const { index, count } = scope.parts.requests;
  if (count === 0) return;
  scope.requests += count;
  if (Number.isNaN(scope.firstNs)) scope.firstNs = requests.issueNs[index[0]!]!;
  scope.lastNs = requests.issueNs[index[count - 1]!]!;
  addDevices(scope, requests.device);
}

function addDevices(scope: Scope, device: Uint16Array): void {
  const { index, count } = scope.parts.requests;
  let previous = -1;
  for (let k = 0; k < count; k++) {
    const current = device[index[k]!]!;
    if (current === previous) continue;
    scope.devices.add(current);
    previous = current;
  }
  if (scope.devices.size < 2) return;
  for (const [id, { metric }] of scope.running) if (metric.needs.includes("single device")) scope.running.delete(id);
}

function addEnds(scope: Scope, { completions: { completeNs } }: Chunk): void {
  const { index, count } = scope.parts.completions;
  let end = scope.endNs;
  for (let k = 0; k < count; k++) {
    const complete = completeNs[index[k]!]!;
    if (!(complete <= end) && !Number.isNaN(complete)) end = complete;
  }
  scope.endNs = end;
}
