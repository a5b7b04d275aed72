/**
 * An axis of equal bins that are aligned to 0 and double in width as the range grows.
 * The width is the smallest at which the touched bins fit, so that it follows from the set of positions alone, not from their order.
 * Bin i covers [i * width, (i + 1) * width); its value is kept at place i modulo `bins`, where it stays when the range grows.
 */
export interface AdaptiveAxis {
  /** A power of two: the most bins from the first to the last one touched. */
  readonly bins: number;
  /** A power of two as well, and its reciprocal, which is exact. */
  width: number;
  binsPerUnit: number;
  /** First and last bin touched; -1 and -2 while there is none. */
  low: number;
  high: number;
  /** Where the first one begins and the last one ends. */
  from: number;
  until: number;
}

/** An axis that nothing has touched. */
export function startAxis(bins: number, width: number): AdaptiveAxis {
  return {
    bins,
    width,
    binsPerUnit: 1 / width,
    low: -1,
    high: -2,
    from: Number.POSITIVE_INFINITY,
    until: Number.NEGATIVE_INFINITY,
  };
}

/** Whether nothing has touched the axis. */
export function isEmpty(axis: AdaptiveAxis): boolean {
  return axis.low < 0;
}

/** By which power of two the width has to grow before positions from..to fit; 1 where they fit already. */
export function growthFor(axis: AdaptiveAxis, from: number, to: number): number {
  const first = Math.floor(from / axis.width);
  const last = Math.floor(to / axis.width);
  const low = isEmpty(axis) ? first : Math.min(first, axis.low);
  const high = isEmpty(axis) ? last : Math.max(last, axis.high);
  let growth = 1;
  while (Math.floor(high / growth) - Math.floor(low / growth) >= axis.bins) growth *= 2;
  return growth;
}

/** Multiplies the width; whoever keeps values folds them first. */
export function growWidth(axis: AdaptiveAxis, growth: number): void {
  axis.width *= growth;
  axis.binsPerUnit /= growth;
  if (isEmpty(axis)) return;
  axis.low = Math.floor(axis.low / growth);
  axis.high = Math.floor(axis.high / growth);
  setEdges(axis);
}

function setEdges(axis: AdaptiveAxis): void {
  axis.from = axis.low * axis.width;
  axis.until = (axis.high + 1) * axis.width;
}

/** Takes the bins of positions from..to into the range, which must not overflow. */
export function extend(axis: AdaptiveAxis, from: number, to: number): void {
  const first = Math.floor(from / axis.width);
  const last = Math.floor(to / axis.width);
  if (isEmpty(axis)) {
    axis.low = first;
    axis.high = last;
  } else {
    if (first < axis.low) axis.low = first;
    if (last > axis.high) axis.high = last;
  }
  setEdges(axis);
}

/** Whether a position lies in the range already: the quick question before `growthFor`. */
export function covers(axis: AdaptiveAxis, position: number): boolean {
  return position >= axis.from && position < axis.until;
}

/** Where the value of a bin of the range is kept. */
export function placeOf(axis: AdaptiveAxis, bin: number): number {
  return bin & (axis.bins - 1);
}

/** Where the value of the bin of a position >= 0 is kept. */
export function placeAt(axis: AdaptiveAxis, position: number): number {
  return (position * axis.binsPerUnit) & (axis.bins - 1);
}

/** Where the bin of a position ends. */
export function binEnd({ width, binsPerUnit }: AdaptiveAxis, position: number): number {
  return (Math.floor(position * binsPerUnit) + 1) * width;
}

/** Bins from the first to the last one touched. */
export function binsInUse(axis: AdaptiveAxis): number {
  return isEmpty(axis) ? 0 : axis.high - axis.low + 1;
}

/** Left edge of the first bin. */
export function axisStart(axis: AdaptiveAxis): number {
  return isEmpty(axis) ? 0 : axis.low * axis.width;
}
