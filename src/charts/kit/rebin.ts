/** Sums of `factor` neighbouring values; the last may have fewer. */
export function rebinSum(values: readonly number[], factor: number): number[] {
  const sums = new Array<number>(Math.ceil(values.length / factor)).fill(0);
  for (let i = 0; i < values.length; i++) sums[Math.floor(i / factor)]! += values[i]!;
  return sums;
}

/** Largest of `factor` neighbouring values. */
export function rebinMax(values: readonly number[], factor: number): number[] {
  const largest = new Array<number>(Math.ceil(values.length / factor)).fill(0);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(i / factor);
    if (values[i]! > largest[bin]!) largest[bin] = values[i]!;
  }
  return largest;
}

/** Weighted means of `factor` neighbouring values; 0 where nothing has weight. */
export function rebinMean(values: readonly number[], weights: readonly number[], factor: number): number[] {
  const weighted = rebinSum(
    values.map((value, i) => value * weights[i]!),
    factor,
  );
  const weight = rebinSum(weights, factor);
  return weighted.map((sum, i) => (weight[i]! > 0 ? sum / weight[i]! : 0));
}
