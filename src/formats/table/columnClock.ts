import { DecimalTime } from "./decimalTime.ts";
import type { LineFields } from "./lineFields.ts";

/** Times of one column, in nanoseconds from the first of them, or from the first of another column's. */
export class ColumnClock {
  readonly time: DecimalTime;
  started = false;
  readonly #zero: DecimalTime;
  readonly #leader: ColumnClock | null;
  #offsetNs = 0;

  constructor(unitNs: number, leader: ColumnClock | null = null) {
    this.time = new DecimalTime(unitNs);
    this.#zero = new DecimalTime(unitNs);
    this.#leader = leader;
  }

  /** The zero, counted from what the times themselves count from. */
  get zeroNs(): bigint {
    return this.#zero.exactNs;
  }

  /** Reads the time that a field is; false where it is something else. */
  read(fields: LineFields, column: number): boolean {
    return this.time.read(fields, column);
  }

  /** What was read last; the first one becomes the zero. Hot. */
  sinceZeroNs(): number {
    if (!this.started) this.#start();
    return this.time.nsAfter(this.#zero) + this.#offsetNs;
  }

  #start(): void {
    this.started = true;
    this.#zero.copyFrom(this.time);
    if (this.#leader?.started) this.#offsetNs = Number(this.zeroNs - this.#leader.zeroNs);
  }
}
