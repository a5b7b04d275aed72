/** Shares of the places at which a concentration curve is given, hottest first. */
export const CURVE_SHARES = [
  0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6,
  0.7, 0.8, 0.9, 1,
] as const;

const FEW_COUNTS = 1024;

/** How unevenly accesses lie on places. */
export interface Concentration {
  readonly places: number;
  readonly accesses: number;
  /** Descending counts. */
  readonly counts: Uint32Array;
  /** Accesses of the hottest 0, 1, 2 … places. */
  readonly upTo: Float64Array;
}

/** Of the counts of all places; those without an access take no part. */
export function concentrationOf(counts: Uint32Array): Concentration {
  const descending = descendingOf(counts);
  const upTo = new Float64Array(descending.length + 1);
  for (let i = 0; i < descending.length; i++) upTo[i + 1] = upTo[i]! + descending[i]!;
  return { places: descending.length, accesses: upTo[descending.length]!, counts: descending, upTo };
}

/** Counts above 0, the largest first: by how often each occurs, unless they are so large that to sort them is less work. */
function descendingOf(counts: Uint32Array): Uint32Array {
  let largest = 0;
  for (let place = 0; place < counts.length; place++) if (counts[place]! > largest) largest = counts[place]!;
  if (largest > FEW_COUNTS + 4 * counts.length)
    return counts
      .filter((count) => count > 0)
      .sort()
      .reverse();
  const times = new Uint32Array(largest + 1);
  for (let place = 0; place < counts.length; place++) times[counts[place]!]!++;
  const descending = new Uint32Array(counts.length - times[0]!);
  let from = 0;
  for (let count = largest; count > 0; count--) {
    descending.fill(count, from, from + times[count]!);
    from += times[count]!;
  }
  return descending;
}

/** The share of accesses on the hottest share of the places; a place is divided where that falls inside it. */
export function shareOnHottest({ places, accesses, upTo }: Concentration, share: number): number {
  if (accesses === 0) return 0;
  const upper = share * places;
  const whole = Math.min(Math.floor(upper), places);
  const part = whole < places ? (upper - whole) * (upTo[whole + 1]! - upTo[whole]!) : 0;
  return (upTo[whole]! + part) / accesses;
}

/** 0: every place has as many accesses; towards 1: one place has them all (Gini 1912). */
export function gini({ places, accesses, counts }: Concentration): number {
  if (accesses === 0) return 0;
  let weighted = 0;
  for (let i = 0; i < places; i++) weighted += (places - i) * counts[i]!;
  return (2 * weighted) / (places * accesses) - (places + 1) / places;
}
