/** The seconds that times count from: doubles hold nanoseconds exactly for 104 days, and clocks may run longer. */
export class Seconds {
  /** The first line's; NaN before. */
  first = Number.NaN;

  /** Nanoseconds since the second of the first line. */
  nanoseconds(seconds: number, nanoseconds: number): number {
    if (Number.isNaN(this.first)) this.first = seconds;
    return (seconds - this.first) * 1e9 + nanoseconds;
  }
}
