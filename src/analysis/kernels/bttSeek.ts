/**
 * How far btt's head moves (seek_dist in btt/seek.c) from the last range to the one from start to end: 0 where the start
 * or the end touches the last range, from the last end forward, from the last start backward.
 */
export function seekDistance(lastStart: number, lastEnd: number, start: number, end: number): number {
  if ((lastStart <= start && start <= lastEnd) || (lastStart <= end && end <= lastEnd)) return 0;
  return start > lastEnd ? start - lastEnd : start - lastStart;
}
