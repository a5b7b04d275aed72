const NS_PER_MICROSECOND = 1000;

/** The times of a log, each of whose parts counts from the end of the one before. */
export class LogTimes {
  /** 0 before the first line that says it. */
  version = 0;
  /** Where the log of this version line begins, and the latest time; in microseconds. */
  #zero = 0;
  #latest = 0;

  begin(version: number): void {
    this.version = version;
    this.#zero = this.#latest;
  }

  /** Nanoseconds from the file's first log, of microseconds in this one. */
  timeNs(microseconds: number): number {
    const since = this.#zero + microseconds;
    if (since > this.#latest) this.#latest = since;
    return since * NS_PER_MICROSECOND;
  }
}
