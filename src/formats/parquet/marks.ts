import type { TraceBuilder } from "../../model/builder.ts";
import type { Facts } from "./facts.ts";

interface Mark {
  readonly row: number;
  /** Of marks at one row: what ended before, what begins (and ends where it began), what was said. */
  readonly rank: 0 | 1 | 2;
  /** Among ends at one row: an end closes the last begun of its name. */
  readonly timeNs: number;
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
    const marks: Mark[] = [];
    for (const { name, fromRow, fromNs, toRow, toNs } of spans) {
      marks.push({ row: fromRow, rank: 1, timeNs: 0, set: (to) => to.beginSpan(name, fromNs) });
      if (toNs === null) continue;
      const isEmpty = toRow === fromRow;
      const end = { row: toRow, set: (to: TraceBuilder) => to.endSpan(name, toNs) };
      marks.push(isEmpty ? { ...end, rank: 1, timeNs: 0 } : { ...end, rank: 0, timeNs: toNs });
    }
    for (const { row, timeNs, text } of facts?.messages ?? [])
      marks.push({ row, rank: 2, timeNs: 0, set: (to) => to.message(text, timeNs) });
    this.#marks = marks.sort((a, b) => a.row - b.row || a.rank - b.rank || a.timeNs - b.timeNs);
  }

  /** Sets what stands before a row of the file. Hot. */
  before(row: number): void {
    while (this.#next < this.#marks.length && this.#marks[this.#next]!.row <= row)
      this.#marks[this.#next++]!.set(this.#out);
  }
}
