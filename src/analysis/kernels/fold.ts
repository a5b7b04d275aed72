import { type AdaptiveAxis, isEmpty, placeOf } from "./adaptiveAxis.ts";

type Values = Float64Array | Uint32Array;
type Join = (left: number, right: number) => number;

const sum: Join = (left, right) => left + right;
const largest: Join = (left, right) => Math.max(left, right);
const smallest: Join = (left, right) => Math.min(left, right);

/**
 * Joins each pair of neighbouring bins in place, before the axis doubles its width.
 * The array is [outer][place on the axis][inner]; a bin without a value holds `nothing`.
 */
function foldWith(values: Values, axis: AdaptiveAxis, outer: number, inner: number, join: Join, nothing: number): void {
  if (isEmpty(axis)) return;
  const old = values.slice();
  values.fill(nothing);
  for (let lane = 0; lane < outer; lane++) {
    for (let bin = axis.low; bin <= axis.high; bin++) {
      const from = (lane * axis.bins + placeOf(axis, bin)) * inner;
      const to = (lane * axis.bins + (Math.floor(bin / 2) % axis.bins)) * inner;
      for (let i = 0; i < inner; i++) values[to + i] = join(values[to + i]!, old[from + i]!);
    }
  }
}

/** Folds counts or sums. */
export function foldSums(values: Values, axis: AdaptiveAxis, outer = 1, inner = 1): void {
  foldWith(values, axis, outer, inner, sum, 0);
}

/** Folds maxima of numbers >= 0. */
export function foldMaxima(values: Values, axis: AdaptiveAxis): void {
  foldWith(values, axis, 1, 1, largest, 0);
}

/** Folds minima; a bin without a value holds Infinity. */
export function foldMinima(values: Float64Array, axis: AdaptiveAxis): void {
  foldWith(values, axis, 1, 1, smallest, Number.POSITIVE_INFINITY);
}

/** The values of the bins in use, in order. */
export function inOrder(values: Values, axis: AdaptiveAxis): number[] {
  const ordered: number[] = [];
  for (let bin = axis.low; bin <= axis.high; bin++) ordered.push(values[placeOf(axis, bin)]!);
  return ordered;
}
