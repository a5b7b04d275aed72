import { spanNs, type TimeScale, timeX } from "./timeScale.ts";

/** Equal stretches of time, as metrics have them. */
export interface TimeBins {
  readonly startNs: number;
  readonly binNs: number;
  readonly bins: number;
}

/** How many neighbouring bins make a column, so that it is at least so wide. */
export function columnFactor({ binNs }: TimeBins, time: TimeScale, leastPx: number): number {
  return Math.max(1, Math.ceil((leastPx * spanNs(time)) / (time.plotPx * binNs) - 1e-9));
}

/** Where columns of `factor` bins begin and end. */
export function columnEdges({ startNs, binNs, bins }: TimeBins, factor: number, time: TimeScale): readonly number[] {
  const columns = Math.ceil(bins / factor);
  return Array.from({ length: columns + 1 }, (_, i) => timeX(time, startNs + i * factor * binNs));
}
