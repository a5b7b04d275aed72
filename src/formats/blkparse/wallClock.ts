const NS_PER_MICROSECOND = 1000;
const DAY_MICROSECONDS = 86_400e6;

/** A time of day, in nanoseconds from the midnight before the first one. */
export class WallClock {
  #midnight = 0;
  #last = 0;

  nanoseconds(microsecondOfDay: number): number {
    if (microsecondOfDay < this.#last - DAY_MICROSECONDS / 2) this.#midnight += DAY_MICROSECONDS;
    this.#last = microsecondOfDay;
    return (this.#midnight + microsecondOfDay) * NS_PER_MICROSECOND;
  }
}
