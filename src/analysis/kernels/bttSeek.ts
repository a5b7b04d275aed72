/** Where the previous one began and ended on the device; NaN before the first. */
export interface LastPlace {
  start: number;
  end: number;
}

export function startLastPlace(): LastPlace {
  return { start: Number.NaN, end: Number.NaN };
}

/**
 * How far btt's head moves (seek_dist in btt/seek.c), and notes the place: 0 where the start or the end touches the
 * last range, from the last end forward, from the last start backward. NaN for the first one.
 */
export function seekDistance(last: LastPlace, start: number, end: number): number {
  const { start: lastStart, end: lastEnd } = last;
  last.start = start;
  last.end = end;
  if ((lastStart <= start && start <= lastEnd) || (lastStart <= end && end <= lastEnd)) return 0;
  return start > lastEnd ? start - lastEnd : start - lastStart;
}
