/** Below so many values, a mean of some says no more than they do. */
const FEWEST = 50;
/** Where fewer than this part are more than zero, a mean would only smear single peaks. */
const LEAST_FILLED = 0.5;
/** The window is this part of all. */
const PARTS = 25;

/** How many neighbouring values a rolling mean takes, an odd number; null where one would not help. */
export function rollingWindow(values: readonly number[]): number | null {
  const filled = values.filter((value) => value > 0).length;
  if (values.length < FEWEST || filled < values.length * LEAST_FILLED) return null;
  const window = Math.round(values.length / PARTS);
  return window % 2 === 0 ? window + 1 : window;
}

/** The mean of each value and its neighbours, as many on either side; at the ends of those that there are. */
export function rollingMeans(values: readonly number[], window: number): number[] {
  const side = (window - 1) / 2;
  return values.map((_, i) => {
    const near = values.slice(Math.max(0, i - side), i + side + 1);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}
