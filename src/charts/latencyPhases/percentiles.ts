import type { PhaseFigures } from "../../analysis/metrics/latency.ts";
import { colour } from "../../theme/colours.ts";
import type { Layer } from "../kit/spec.ts";
import { FEWEST_FOR_P90, FEWEST_FOR_P99 } from "../latencyTime/note.ts";

export interface Percentile {
  readonly name: string;
  /** Of fewer requests it says nothing. */
  readonly fewest: number;
  readonly mark: Layer;
  value(figures: PhaseFigures): number;
}

const SOLID = { fill: colour("ink"), stroke: colour("bg"), strokeWidth: 1 };
const HOLLOW = { fill: colour("bg"), stroke: colour("ink"), strokeWidth: 1.5 };

export const PERCENTILES: readonly Percentile[] = [
  { name: "p50", fewest: 1, mark: { shape: "circle", size: 64, ...SOLID }, value: ({ p50Ns }) => p50Ns },
  { name: "p90", fewest: FEWEST_FOR_P90, mark: { shape: "circle", size: 40, ...HOLLOW }, value: ({ p90Ns }) => p90Ns },
  { name: "p99", fewest: FEWEST_FOR_P99, mark: { shape: "diamond", size: 52, ...HOLLOW }, value: ({ p99Ns }) => p99Ns },
];

/** The highest percentile that so many requests can have. */
export function highest(figures: PhaseFigures): number {
  return PERCENTILES.findLast(({ fewest }) => figures.count >= fewest)!.value(figures);
}
