import { type AdaptiveAxis, isEmpty, placeOf } from "./adaptiveAxis.ts";

type Values = Float64Array | Uint32Array;
type Join = (left: number, right: number) => number;

const largest: Join = (left, right) => Math.max(left, right);
const smallest: Join = (left, right) => Math.min(left, right);

/** How the values of an axis lie in their array: [outer][place on the axis][inner]. */
export interface Layout {
  readonly outer: number;
  readonly inner: number;
}

const ONE_VALUE_A_BIN: Layout = { outer: 1, inner: 1 };

/**
 * Joins each `growth` neighbouring bins in place, before the axis grows its width.
 * A bin without a value holds `nothing`.
 */
function foldWith(values: Values, axis: AdaptiveAxis, growth: number, join: Join, nothing: number): void {
  if (isEmpty(axis) || growth === 1) return;
  const old = values.slice();
  values.fill(nothing);
  for (let bin = axis.low; bin <= axis.high; bin++) {
    const to = placeOf(axis, Math.floor(bin / growth));
    values[to] = join(values[to]!, old[placeOf(axis, bin)]!);
  }
}

/** Folds counts or sums: the same as above, for large grids without a call for each value. */
export function foldSums(values: Values, axis: AdaptiveAxis, growth: number, layout = ONE_VALUE_A_BIN): void {
  if (isEmpty(axis) || growth === 1) return;
  const { outer, inner } = layout;
  const old = values.slice();
  values.fill(0);
  for (let lane = 0; lane < outer; lane++) {
    for (let bin = axis.low; bin <= axis.high; bin++) {
      const from = (lane * axis.bins + placeOf(axis, bin)) * inner;
      const to = (lane * axis.bins + placeOf(axis, Math.floor(bin / growth))) * inner;
      for (let i = 0; i < inner; i++) values[to + i]! += old[from + i]!;
    }
  }
}

/** Folds maxima of numbers >= 0. */
export function foldMaxima(values: Values, axis: AdaptiveAxis, growth: number): void {
  foldWith(values, axis, growth, largest, 0);
}

/** Folds minima; a bin without a value holds Infinity. */
export function foldMinima(values: Float64Array, axis: AdaptiveAxis, growth: number): void {
  foldWith(values, axis, growth, smallest, Number.POSITIVE_INFINITY);
}

/** The values of the bins in use, in order. */
export function inOrder(values: Values, axis: AdaptiveAxis): number[] {
  const ordered: number[] = [];
  for (let bin = axis.low; bin <= axis.high; bin++) ordered.push(values[placeOf(axis, bin)]!);
  return ordered;
}
