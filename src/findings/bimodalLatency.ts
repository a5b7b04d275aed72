import { OPS } from "../model/ops.ts";
import { durationText, shareText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";
import { nounOf } from "./words.ts";

const FEWEST_REQUESTS = 400;
const BINS_PER_DECADE = 6;
/** Of the requests on each side of the valley; less is a tail. */
const LEAST_SHARE = 0.2;
/** Between the peaks; what is nearer is one hill with two tops. */
const LEAST_RATIO = 4;
/** The valley's floor to the lower peak. */
const DEEPEST_VALLEY = 0.25;

interface Modes {
  readonly lowNs: number;
  readonly highNs: number;
  readonly highShare: number;
}

/** Two peaks of the latency on a logarithmic axis with a valley between; null: one hill, or too few requests. */
export function modesOf(buckets: readonly (readonly number[])[]): Modes | null {
  const bins = histogram(buckets);
  const all = bins.reduce((sum, count) => sum + count, 0);
  if (all < FEWEST_REQUESTS) return null;
  const smooth = bins.map((count, i) => ((bins[i - 1] ?? 0) + 2 * count + (bins[i + 1] ?? 0)) / 4);
  let below = 0;
  for (let valley = 1; valley < bins.length - 1; valley++) {
    below += bins[valley - 1]!;
    const share = 1 - below / all;
    if (below < LEAST_SHARE * all || share < LEAST_SHARE) continue;
    const low = highest(smooth, 0, valley);
    const high = highest(smooth, valley + 1, smooth.length);
    const apart = 10 ** ((high - low) / BINS_PER_DECADE);
    const floor = DEEPEST_VALLEY * Math.min(smooth[low]!, smooth[high]!);
    if (apart >= LEAST_RATIO && smooth[valley]! <= floor)
      return { lowNs: middleOf(low), highNs: middleOf(high), highShare: share };
  }
  return null;
}

function histogram(buckets: readonly (readonly number[])[]): number[] {
  const bins: number[] = [];
  for (const [lower, upper, count] of buckets) {
    const bin = Math.max(0, Math.floor(Math.log10((lower! + upper!) / 2) * BINS_PER_DECADE));
    while (bins.length <= bin) bins.push(0);
    bins[bin]! += count!;
  }
  return bins;
}

function highest(values: readonly number[], from: number, to: number): number {
  let best = from;
  for (let i = from; i < to; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

function middleOf(bin: number): number {
  return 10 ** ((bin + 0.5) / BINS_PER_DECADE);
}

function roughly(ns: number): string {
  return durationText(Number(ns.toPrecision(2)));
}

export const bimodalLatency: Finding = {
  id: "bimodal-latency",
  question: "Are there two kinds of latency?",
  why: "Two hills mean two ways to be answered, as from a cache and from the medium: a mean or a median then describes neither. Judge each hill by itself, and ask which requests fall into which.",
  source: {
    title: 'Gregg, "Frequency trails: modes and modality"',
    url: "https://www.brendangregg.com/FrequencyTrails/modes.html",
  },
  judge(evidence) {
    const byOp = figure(evidence, "latency")?.d2cBuckets ?? {};
    for (const op of OPS) {
      const modes = op === "flush" ? null : modesOf(byOp[op] ?? []);
      if (modes === null) continue;
      const { lowNs, highNs, highShare } = modes;
      return {
        severity: "info",
        title: `The latency of ${nounOf(op, 2)} has two peaks, about ${roughly(lowNs)} and ${roughly(highNs)}`,
        evidence: `${shareText(highShare)} of the ${nounOf(op, 2)} belong to the slower; neither the mean nor the median describes one of the two.`,
        advice:
          "Look in what the two kinds differ: cache hits and misses, sizes, addresses, the queue depth, or the time of the run.",
        chart: "latency-ecdf",
      };
    }
    return null;
  },
};
