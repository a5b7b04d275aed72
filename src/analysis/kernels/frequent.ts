import {
  enterSlot,
  holderAt,
  indexPlace,
  leaveSlot,
  NOBODY,
  SEVERAL,
  type SlotIndex,
  startSlotIndex,
} from "./slotIndex.ts";

const MOST_COUNTERS = 64;

/**
 * The most frequent of many numbers, in 64 counters: Space-Saving (Metwally, Agrawal and El Abbadi, ICDT 2005).
 * Whatever makes up more than 1/64 of all has a counter. With 64 different numbers or fewer every count is exact.
 */
export interface Frequent {
  /** NaN where the counter is not used. */
  readonly values: Float64Array;
  /** Never too low. */
  readonly counts: Float64Array;
  /** How much a count may be too high. */
  readonly excess: Float64Array;
  readonly index: SlotIndex;
  used: number;
  /** The counter that counted last. */
  latest: number;
  /** No count is below this. */
  least: number;
  /** Where the search for the rarest goes on. */
  cursor: number;
  /** Whether a counter ever changed its number. */
  isExact: boolean;
}

export function startFrequent(): Frequent {
  return {
    values: new Float64Array(MOST_COUNTERS).fill(Number.NaN),
    counts: new Float64Array(MOST_COUNTERS),
    excess: new Float64Array(MOST_COUNTERS),
    index: startSlotIndex(MOST_COUNTERS),
    used: 0,
    latest: 0,
    least: 1,
    cursor: 0,
    isExact: true,
  };
}

export function addToFrequent(frequent: Frequent, value: number): void {
  const { values, counts, latest } = frequent;
  if (values[latest] === value) {
    counts[latest]!++;
    return;
  }
  const place = indexPlace(value);
  let counter = counterOf(frequent, value, place);
  if (counter === NOBODY) {
    counter = freeCounter(frequent);
    values[counter] = value;
    enterSlot(frequent.index, counter, place);
  }
  counts[counter]!++;
  frequent.latest = counter;
}

/** The counter of a number; NOBODY where it has none. */
function counterOf({ values, index }: Frequent, value: number, place: number): number {
  const holder = holderAt(index, place);
  if (holder === SEVERAL) return searchFor(values, value);
  return holder !== NOBODY && values[holder] === value ? holder : NOBODY;
}

function searchFor(values: Float64Array, value: number): number {
  for (let i = 0; i < MOST_COUNTERS; i++) if (values[i] === value) return i;
  return NOBODY;
}

/** An unused counter; else the rarest number loses its own. */
function freeCounter(frequent: Frequent): number {
  if (frequent.used < MOST_COUNTERS) return frequent.used++;
  const rarest = findRarest(frequent);
  leaveSlot(frequent.index, rarest);
  frequent.excess[rarest] = frequent.least;
  frequent.isExact = false;
  return rarest;
}

/** Counts only grow: where a whole round finds none of the least, the least is more. */
function findRarest(frequent: Frequent): number {
  const { counts } = frequent;
  let { cursor, least } = frequent;
  for (let looked = 0; counts[cursor] !== least; ) {
    cursor = (cursor + 1) & (MOST_COUNTERS - 1);
    looked++;
    if (looked < MOST_COUNTERS) continue;
    least = leastOf(counts);
    looked = 0;
  }
  frequent.cursor = cursor;
  frequent.least = least;
  return cursor;
}

function leastOf(counts: Float64Array): number {
  let least = counts[0]!;
  for (let i = 1; i < counts.length; i++) if (counts[i]! < least) least = counts[i]!;
  return least;
}

/** How many numbers were added. */
export function frequentTotal({ counts }: Frequent): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** A number with the bounds of how often it occurs. */
export interface FrequentValue {
  readonly value: number;
  readonly atLeast: number;
  readonly atMost: number;
}

/** Those that occur at least so often for certain, the most frequent first. */
export function mostFrequent({ values, counts, excess, used }: Frequent, atLeast: number): FrequentValue[] {
  return Array.from({ length: used }, (_, i) => ({
    value: values[i]!,
    atLeast: counts[i]! - excess[i]!,
    atMost: counts[i]!,
  }))
    .filter((each) => each.atLeast >= atLeast)
    .sort((a, b) => b.atLeast - a.atLeast || Math.abs(a.value) - Math.abs(b.value) || a.value - b.value);
}
