import { addPresent, mayHold, type Presence, removePresent, startPresence } from "./presence.ts";

const MOST_COUNTERS = 64;

/**
 * The most frequent of many numbers, in 64 counters: Space-Saving (Metwally, Agrawal and El Abbadi, ICDT 2005).
 * Whatever makes up more than 1/64 of all has a counter. With 64 different numbers or fewer every count is exact.
 */
export interface Frequent {
  readonly values: Float64Array;
  /** Never too low. */
  readonly counts: Float64Array;
  /** How much a count may be too high. */
  readonly excess: Float64Array;
  readonly presence: Presence;
  used: number;
  /** No count is below this. */
  least: number;
  /** Where the search for the rarest goes on. */
  cursor: number;
  total: number;
  /** Whether a counter ever changed its number. */
  isExact: boolean;
}

export function startFrequent(): Frequent {
  return {
    values: new Float64Array(MOST_COUNTERS),
    counts: new Float64Array(MOST_COUNTERS),
    excess: new Float64Array(MOST_COUNTERS),
    presence: startPresence(),
    used: 0,
    least: 1,
    cursor: 0,
    total: 0,
    isExact: true,
  };
}

export function addToFrequent(frequent: Frequent, value: number): void {
  frequent.total++;
  const { values, counts, presence, used } = frequent;
  if (mayHold(presence, value))
    for (let i = 0; i < used; i++) {
      if (values[i] !== value) continue;
      counts[i]!++;
      return;
    }
  addPresent(presence, value);
  if (used < MOST_COUNTERS) {
    values[used] = value;
    counts[used] = 1;
    frequent.used++;
  } else replaceRarest(frequent, value);
}

function replaceRarest(frequent: Frequent, value: number): void {
  const { values, counts, excess, presence } = frequent;
  const rarest = findRarest(frequent);
  removePresent(presence, values[rarest]!);
  values[rarest] = value;
  excess[rarest] = counts[rarest]!;
  counts[rarest]!++;
  frequent.isExact = false;
}

/** Counts only grow: where a whole round finds none of the least, the least is more. */
function findRarest(frequent: Frequent): number {
  const { counts } = frequent;
  for (let looked = 0; counts[frequent.cursor] !== frequent.least; ) {
    frequent.cursor = (frequent.cursor + 1) % MOST_COUNTERS;
    looked++;
    if (looked === MOST_COUNTERS) {
      frequent.least = Math.min(...counts);
      looked = 0;
    }
  }
  return frequent.cursor;
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
