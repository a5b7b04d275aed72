/** btt's -d: what is closer than this to the one before belongs to the same run. */
const APART_NS = 100_000_000;
const MOST_LISTED = 64;

/** Runs of moments with no gap of 0.1 s or more in between. */
export interface NearRuns {
  count: number;
  /** In runs that are over. */
  totalNs: number;
  longestNs: number;
  /** NaN before the first moment. */
  fromNs: number;
  toNs: number;
  /** Starts and ends of the first runs. */
  readonly listed: number[];
}

export function startNearRuns(): NearRuns {
  return { count: 0, totalNs: 0, longestNs: 0, fromNs: Number.NaN, toNs: Number.NaN, listed: [] };
}

export function addMoment(runs: NearRuns, atNs: number): void {
  if (atNs - runs.toNs < APART_NS) {
    runs.toNs = atNs;
    return;
  }
  endRun(runs);
  runs.count++;
  runs.fromNs = atNs;
  runs.toNs = atNs;
}

/** Ends the run that is open. */
export function endRun(runs: NearRuns): void {
  if (Number.isNaN(runs.fromNs)) return;
  const lengthNs = runs.toNs - runs.fromNs;
  runs.totalNs += lengthNs;
  if (lengthNs > runs.longestNs) runs.longestNs = lengthNs;
  if (runs.listed.length < MOST_LISTED * 2) runs.listed.push(runs.fromNs, runs.toNs);
  runs.fromNs = Number.NaN;
  runs.toNs = Number.NaN;
}
