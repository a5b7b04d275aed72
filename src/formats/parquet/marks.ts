import type { TraceBuilder } from "../../model/builder.ts";
import type { Facts } from "./facts.ts";

interface Mark {
  readonly row: number;
  /** Of marks at one row: what ended before, what begins, what ends where it began, what was said. */
  readonly rank: 0 | 1 | 2 | 3;
  set(out: TraceBuilder): void;
}

/** The spans and messages of a file's metadata, each told to the builder before the request of its row. */
export class Marks {
  readonly #out: TraceBuilder;
  readonly #marks: readonly Mark[];
  #next = 0;

  constructor(facts: Facts | null, out: TraceBuilder) {
    this.#out = out;
    const spans = (facts?.spans ?? []).filter(({ source }) => source !== "qtrace");
    const marks: Mark[] = spans.map(({ name, fromRow, fromNs }) => ({
      row: fromRow,
      rank: 1,
      set: (to) => to.beginSpan(name, fromNs),
    }));
    for (const { name, fromRow, toRow, toNs } of spans)
      if (toNs !== null) marks.push({ row: toRow, rank: toRow > fromRow ? 0 : 2, set: (to) => to.endSpan(name, toNs) });
    for (const { row, timeNs, text } of facts?.messages ?? [])
      marks.push({ row, rank: 3, set: (to) => to.message(text, timeNs) });
    this.#marks = marks.sort((a, b) => a.row - b.row || a.rank - b.rank);
  }

  /** Sets what stands before a row of the file. Hot. */
  before(row: number): void {
    while (this.#next < this.#marks.length && this.#marks[this.#next]!.row <= row)
      this.#marks[this.#next++]!.set(this.#out);
  }
}
