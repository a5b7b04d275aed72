import type { MetricValues, ScopeMetrics } from "../analysis/summary.ts";
import { keysOf } from "./structureKeys.ts";

/** A number by itself, and where it stands in the Summary's scope, without `ok` and `value`. */
export interface Leaf {
  readonly metric: string;
  readonly value: number;
}

/** How fine a series or histogram is, which says nothing of the trace. */
const RESOLUTION =
  /(^|\.)(timeStartNs|timeBinNs|timeBins|addressStartBytes|addressBinBytes|addressBins|startNs|binNs|bins|windowNs|cellSectors|boundaryBytes|blockBytes|openStreams|sampleRate|relativeError|standardError)$/;

/** Whether the number at a path says something of the trace. */
export function isFigure(metric: string): boolean {
  return !RESOLUTION.test(metric);
}

/** The items of a list such as `byBoundary` are known by their first field, a number of bytes; other lists are series. */
export const KEYED_LIST = /^by[A-Z]/;
const KEY = /Bytes$/;

/** Every number that stands by itself in a scope, in the order of the Summary. Lists of numbers are no figures. */
export function leavesOf(scope: ScopeMetrics | undefined): Leaf[] {
  return Object.entries(scope ?? {}).flatMap(([id, result]) => (result.ok ? under(result.value, id) : []));
}

function under(value: unknown, metric: string): Leaf[] {
  if (typeof value === "number") return isFigure(metric) ? [{ metric, value }] : [];
  if (typeof value !== "object" || value === null) return [];
  const entries = Array.isArray(value) ? keyedItems(metric, value) : Object.entries(value);
  return entries.flatMap(([key, item]) => under(item, `${metric}.${key}`));
}

/** What requests touched is known by the names of the layout. */
export const STRUCTURES = "targets.structures";

function keyedItems(metric: string, items: readonly unknown[]): [string, unknown][] {
  if (metric === STRUCTURES) return structureItems(items as MetricValues["targets"]["structures"]);
  if (!KEYED_LIST.test(metric.slice(metric.lastIndexOf(".") + 1))) return [];
  return items.flatMap((item): [string, unknown][] => {
    if (typeof item !== "object" || item === null || Array.isArray(item)) return [];
    const [name, key] = Object.entries(item)[0] ?? ["", null];
    return KEY.test(name) && typeof key === "number" ? [[String(key), item]] : [];
  });
}

function structureItems(structures: MetricValues["targets"]["structures"]): [string, unknown][] {
  const keys = keysOf(structures);
  return structures.map(({ byOp }, i) => [keys[i]!, { byOp }]);
}

/** The unit that a path's last name says. */
export function kindOf(metric: string): "count" | "bytes" | "ns" | "share" {
  const name = metric.slice(metric.lastIndexOf(".") + 1);
  if (name.endsWith("Ns")) return "ns";
  if (/bytes(PerSecond)?$/i.test(name)) return "bytes";
  return /^share|Share|gini|ratio$/.test(name) ? "share" : "count";
}
