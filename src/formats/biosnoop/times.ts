import { fixedPointNs } from "../text/fixedPoint.ts";
import type { Line } from "../text/line.ts";

export const NS_PER_SECOND = 1e9;
export const NS_PER_MS = 1e6;
const COLON = 58;
const DAY_NS = 86_400 * NS_PER_SECOND;
/** libbpf-tools counts unsigned from the first line it printed: what completed before that is just below 2^64 ns. */
const WRAP_NS = 2 ** 64;

/** Seconds since the first line; negative for what other CPUs completed before it. */
export function readSeconds(line: Line): number {
  const ns = fixedPointNs(line, NS_PER_SECOND);
  return ns > WRAP_NS / 2 ? ns - WRAP_NS : ns;
}

/** The times of a wall clock without a date, which go on after midnight. */
export class TimesOfDay {
  #midnightNs = 0;
  #latestNs = Number.NEGATIVE_INFINITY;

  /** Reads `23:59:59.123`; NaN where there is none. */
  read(line: Line): number {
    const hours = line.digits(2);
    if (!line.takesByte(COLON)) return Number.NaN;
    const minutes = line.digits(2);
    if (!line.takesByte(COLON)) return Number.NaN;
    const ofDay = (hours * 60 + minutes) * 60 * NS_PER_SECOND + fixedPointNs(line, NS_PER_SECOND);
    if (this.#midnightNs + ofDay < this.#latestNs - DAY_NS / 2) this.#midnightNs += DAY_NS;
    this.#latestNs = this.#midnightNs + ofDay;
    return this.#latestNs;
  }
}
