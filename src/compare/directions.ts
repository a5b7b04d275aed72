import { FIGURES } from "./figures.ts";
import type { Direction } from "./verdict.ts";

/** What is better, less or more of it; the first pattern that fits. What none of them names is only different. */
const PATTERNS: readonly (readonly [RegExp, Direction])[] = [
  [/^alignment\..*\.unaligned$/, "lower"],
  [/^readModifyWrite\..*[eE]xtra/, "lower"],
  [/^footprint\.(rewritten|reread)Bytes$/, "lower"],
  [/^(requests|seekDistances)\..*sequential$/, "higher"],
  [/^(seekDistances|seeks)\..*AbsoluteBytes$/, "lower"],
  [/^runs\..*(InRuns|lengthRequests\.\w+|lengthBytes\.\w+)$/, "higher"],
  [/^errors\./, "lower"],
  [/^throughput\..*PerSecond$/, "higher"],
  [/^(latency|btt|latencyBySize)\..*\.q2q\./, "none"],
  [/^(latency|latencyBySize|btt)\..*(min|mean|max|p\d+)Ns$/, "lower"],
];

const OF_FIGURES = new Map(FIGURES.map(({ metric, direction }) => [metric, direction]));

/** The direction of any number of a Summary. */
export function directionOf(metric: string): Direction {
  return OF_FIGURES.get(metric) ?? PATTERNS.find(([pattern]) => pattern.test(metric))?.[1] ?? "none";
}
