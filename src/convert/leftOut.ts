import { OPS } from "../model/ops.ts";
import { counted } from "../model/quantities.ts";

/** What several requests of an op are called. */
const PLURALS = {
  read: "reads",
  write: "writes",
  discard: "discards",
  secureErase: "secure erases",
  writeZeroes: "write-zeroes",
  flush: "flushes",
  zoneAppend: "zone appends",
  zoneReset: "zone resets",
  zoneOther: "other zone commands",
  other: "other commands",
} as const satisfies Record<(typeof OPS)[number], string>;

/** Counts the requests that a target cannot hold, by what they are. */
export class LeftOut {
  readonly #title: string;
  readonly #counts = new Map<string, number>();

  constructor(title: string) {
    this.#title = title;
  }

  /** @param op the number of an op that the target does not have. */
  op(op: number): void {
    this.because(PLURALS[OPS[op] ?? "other"]);
  }

  /** @param what that the target does not have. */
  because(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  notes(): string[] {
    return [...this.#counts].map(
      ([what, count]) => `${this.#title} has no ${what}: ${counted(count, "request")} left out`,
    );
  }
}
