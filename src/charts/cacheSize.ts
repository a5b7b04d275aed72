import type { Reuse } from "../analysis/metrics/reuse.ts";
import { bytesText, countText, shareText } from "../model/quantities.ts";
import {
  CURVE_LOOK,
  type CurveName,
  curvesOf,
  type ShareAxis,
  type ShareCurve,
  shareCurves,
} from "./accessPattern/curves.ts";
import { sampleWords } from "./accessPattern/sampled.ts";
import type { Chart, DataTable, Figure } from "./chart.ts";
import { figureOf } from "./kit/metricValue.ts";
import { table } from "./kit/table.ts";

/** The miss ratio of an LRU cache by its size: where the curve falls, a cache of that size helps. */
export const cacheSize: Chart = {
  id: "cache-size",
  title: "How large a cache would help?",
  label: "Cache",
  metrics: ["reuse"],
  figure: (summary, scope) => figureOf(summary, scope, "reuse", cacheFigure),
};

type Cache = NonNullable<Reuse["lruCache"]["all"]>;

/** The size that keeps this share of what can be kept is worth naming. */
const MOST_OF_IT = 0.9;
const EDGE_BYTES = 4096;

function cacheFigure(reuse: Reuse): Figure | null {
  const { all, reads, writes } = reuse.lruCache;
  if (all === null || all.accesses === all.compulsory) return null;
  const shown = curvesOf(all, reads, writes);
  const answer = `${answerOf(all)}${errorWords(reuse, all)}.`;
  return {
    answer,
    alternativeText: `Lines of the share of accesses that an LRU cache misses, by the size of the cache. ${answer}`,
    note: noteOf(shown),
    table: tableOf(shown),
    draw: (layout) => shareCurves(shown.map(curveOf), axisOf(shown), layout),
  };
}

function sizeFor({ points, accesses, compulsory }: Cache): number {
  const most = accesses - MOST_OF_IT * (accesses - compulsory);
  return (points.find(([, misses]) => misses! <= most) ?? points.at(-1)!)[0]!;
}

function answerOf(cache: Cache): string {
  const { accesses, compulsory } = cache;
  const isOne = compulsory === 1;
  const first = `${countText(compulsory)} of the ${countText(accesses)} accesses to 4 KiB blocks ${isOne ? "is the first of its" : "are the first of their"} block`;
  return `${first} and ${isOne ? "misses" : "miss"} any cache; an LRU cache of ${bytesText(sizeFor(cache))} keeps ${shareText(MOST_OF_IT)} of the rest`;
}

function errorWords(reuse: Reuse, { standardErrors }: Cache): string {
  if (standardErrors === null) return sampleWords(reuse);
  return `${sampleWords(reuse).slice(0, -1)}, ± ${shareText(Math.max(...standardErrors))} at most)`;
}

function noteOf(shown: readonly (readonly [CurveName, Cache])[]): DataTable {
  return table(
    [["figure", "", "text"], ...shown.map(([name]) => [name, name, "text"] as const)],
    [
      ["accesses", ...shown.map(([, { accesses }]) => countText(accesses))],
      ["first ones", ...shown.map(([, { accesses, compulsory }]) => shareText(compulsory / accesses))],
      [`${shareText(MOST_OF_IT)} of the rest`, ...shown.map(([, cache]) => bytesText(sizeFor(cache)))],
    ],
  );
}

function tableOf(shown: readonly (readonly [CurveName, Cache])[]): DataTable {
  return table(
    [
      ["cache", "cache of", "text"],
      ["cacheBytes", "size", "bytes"],
      ["misses", "misses", "count"],
      ["missRatio", "miss ratio", "share"],
      ["standardError", "standard error", "share"],
    ],
    shown.flatMap(([name, { points, accesses, standardErrors }]) =>
      points.map(([bytes, misses], i) => [name, bytes!, misses!, misses! / accesses, standardErrors?.[i] ?? 0]),
    ),
  );
}

function curveOf([name, { points, accesses }]: readonly [CurveName, Cache]): ShareCurve {
  const rows = points.map(([bytes, misses]) => ({ x: bytes!, share: Number((misses! / accesses).toFixed(5)) }));
  return { ...CURVE_LOOK[name], points: rows };
}

function axisOf(shown: readonly (readonly [CurveName, Cache])[]): ShareAxis {
  const largest = Math.max(EDGE_BYTES * 16, ...shown.map(([, { points }]) => points.at(-1)![0]!));
  return {
    type: "log",
    domain: [EDGE_BYTES, largest],
    ticks: (plotPx) => sizeTicks(largest, plotPx),
    title: "size of the cache",
    valueTitle: "share of accesses that miss",
  };
}

const TICK_PX = 64;

/** Sizes of 4 KiB times powers of two, as many as fit. */
function sizeTicks(largest: number, plotPx: number): readonly { readonly at: number; readonly text: string }[] {
  const octaves = Math.log2(largest / EDGE_BYTES);
  const every = Math.max(1, Math.ceil((TICK_PX * octaves) / plotPx));
  return Array.from({ length: Math.floor(octaves / every + 1e-9) + 1 }, (_, i) => {
    const at = EDGE_BYTES * 2 ** (i * every);
    return { at, text: bytesText(at) };
  });
}
