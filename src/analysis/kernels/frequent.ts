import { scattered } from "./scatter.ts";

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
  used: number;
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
    used: 0,
    least: 1,
    cursor: 0,
    isExact: true,
  };
}

/*
 * The counters at work: while numbers are added they stand here, in arrays that are constants of this file for the reason
 * that block.ts gives. A number's counter is found by 12 bits of its hash.
 */
const values = new Float64Array(MOST_COUNTERS);
const counts = new Float64Array(MOST_COUNTERS);
const excess = new Float64Array(MOST_COUNTERS);
const PLACE_BITS = 12;
const SHIFT = 32 - PLACE_BITS;
/** By place of a number: how many counters have numbers of that place, and the last one that took one. */
const holders = new Uint8Array(2 ** PLACE_BITS);
const likely = new Uint8Array(2 ** PLACE_BITS);
/** By counter: the place of its number. */
const placeOf = new Uint16Array(MOST_COUNTERS);
const NOBODY = -1;

/** Adds the numbers from one place to before another. */
export function addToFrequent(frequent: Frequent, numbers: Float64Array, from: number, until: number): void {
  setUp(frequent);
  let { used, least, cursor, isExact } = frequent;
  let latest = 0;
  for (let k = from; k < until; k++) {
    const value = numbers[k]!;
    if (values[latest] === value) {
      counts[latest]!++;
      continue;
    }
    const place = scattered(value) >>> SHIFT;
    let counter = holders[place] === 0 ? NOBODY : counterOf(value, place);
    if (counter === NOBODY) {
      if (used < MOST_COUNTERS) counter = used++;
      else {
        counter = nextWith(least, cursor);
        if (counter === NOBODY) {
          least = leastCount();
          counter = nextWith(least, cursor);
        }
        cursor = counter;
        excess[counter] = least;
        isExact = false;
        holders[placeOf[counter]!]!--;
      }
      values[counter] = value;
      enter(counter, place);
    }
    counts[counter]!++;
    latest = counter;
  }
  putAway(frequent, used);
  frequent.least = least;
  frequent.cursor = cursor;
  frequent.isExact = isExact;
}

function setUp(frequent: Frequent): void {
  values.set(frequent.values);
  counts.set(frequent.counts);
  excess.set(frequent.excess);
  for (let counter = 0; counter < frequent.used; counter++) enter(counter, scattered(values[counter]!) >>> SHIFT);
}

function putAway(frequent: Frequent, used: number): void {
  frequent.values.set(values);
  frequent.counts.set(counts);
  frequent.excess.set(excess);
  frequent.used = used;
  for (let counter = 0; counter < used; counter++) holders[placeOf[counter]!] = 0;
}

function enter(counter: number, place: number): void {
  holders[place]!++;
  likely[place] = counter;
  placeOf[counter] = place;
}

/** The counter of a number; NOBODY where it has none. */
function counterOf(value: number, place: number): number {
  return values[likely[place]!] === value ? likely[place]! : searchFor(value);
}

function searchFor(value: number): number {
  for (let counter = 0; counter < MOST_COUNTERS; counter++) if (values[counter] === value) return counter;
  return NOBODY;
}

/** The next counter with a count, in turn; NOBODY where none has it. */
function nextWith(count: number, from: number): number {
  for (let turn = from; turn < from + MOST_COUNTERS; turn++)
    if (counts[turn & (MOST_COUNTERS - 1)] === count) return turn & (MOST_COUNTERS - 1);
  return NOBODY;
}

/** Counts only grow: where none is as low as the least was, the least is more. */
function leastCount(): number {
  let least = counts[0]!;
  for (let counter = 1; counter < MOST_COUNTERS; counter++) if (counts[counter]! < least) least = counts[counter]!;
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
