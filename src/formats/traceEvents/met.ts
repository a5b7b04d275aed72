import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import { allOf, counted } from "../../model/quantities.ts";
import { BLOCK_EVENT } from "../blockEvents/index.ts";

/** The builder has no more. */
const MOST_DEVICES = 4096;

/** What was met on the way, for the notes of the quality record. */
export class Met {
  /** How many there were of each BLOCK_EVENT. */
  readonly events = new Float64Array(Object.keys(BLOCK_EVENT).length);
  /** Events of the block layer that say nothing of requests. */
  silent = 0;
  /** Issues of the letter N that have sectors. */
  nameless = 0;
  readonly #queues = new Uint8Array(MOST_DEVICES);
  readonly #issues = new Uint8Array(MOST_DEVICES);
  readonly #completes = new Uint8Array(MOST_DEVICES);
  #foreign = 0;
  #firstForeign = "";

  /** Counts an event of the block layer. Hot. */
  block(event: number, device: number): void {
    this.events[event]!++;
    if (event === BLOCK_EVENT.queue) this.#queues[device] = 1;
    else if (event === BLOCK_EVENT.issue) this.#issues[device] = 1;
    else if (event === BLOCK_EVENT.complete) this.#completes[device] = 1;
  }

  /** Counts an event that is not of the block layer. */
  foreign(name: () => string): void {
    if (this.#foreign === 0) this.#firstForeign = name();
    this.#foreign++;
  }

  /** Tells what is missing, and what the figures stand on; throws where the trace has nothing of the block layer. */
  describe(out: TraceBuilder, file: string): void {
    const blockEvents = this.silent + this.events.reduce((sum, count) => sum + count, 0);
    if (blockEvents === 0 && this.#foreign > 0) throw this.#nothing(file);
    if (this.#foreign > 0)
      out.note(
        "other-events",
        `${counted(this.#foreign, "event")} that are not the block layer's were passed over, the first of them ${this.#firstForeign}`,
      );
    if (blockEvents > 0) this.#noteMissing(out);
    if (this.nameless > 0)
      out.note(
        "nameless-requests",
        `taken for write-zeroes: ${counted(this.nameless, "request")} with the letter N, which on a zoned disk may be zone appends`,
      );
  }

  #noteMissing(out: TraceBuilder): void {
    const { events } = this;
    const issues = events[BLOCK_EVENT.issue]! + events[BLOCK_EVENT.passthrough]!;
    if (issues === 0 && events[BLOCK_EVENT.queue]! > 0)
      out.note(
        "issue-events-missing",
        "the trace has no block_rq_issue, so its requests are bios as they were queued, before merging: record that too",
      );
    else if (issues === 0 && events[BLOCK_EVENT.complete] === 0)
      out.note(
        "issue-events-missing",
        "the trace has neither block_rq_issue nor block_bio_queue, so it has no requests: record those too",
      );
    if (events[BLOCK_EVENT.complete] === 0)
      out.note("complete-events-missing", "the trace has no block_rq_complete, so no latencies: record that too");
    else if (issues > 0) this.#noteEndless(out);
  }

  /** dm and md hand bios on, and have no requests of the block layer. */
  #noteEndless(out: TraceBuilder): void {
    const endless = [...this.#queues.keys()].filter(
      (device) => this.#queues[device] === 1 && this.#issues[device] === 0 && this.#completes[device] === 0,
    );
    if (endless.length === 0) return;
    const ids = endless.map((device) => out.deviceFacts(device).id).join(" and ");
    out.note(
      "bio-complete-events-missing",
      `no latencies for ${ids}: bios that a device hands on to others end with block_bio_complete, which the trace lacks`,
    );
  }

  #others(): string {
    if (this.#foreign === 1) return `the only event is another one, ${this.#firstForeign}`;
    return `${allOf(this.#foreign, "event")} are others, the first of them ${this.#firstForeign}`;
  }

  #nothing(file: string): TraceError {
    return new TraceError(
      { file },
      "missing",
      `events of the block layer: ${this.#others()}`,
      "record block:block_rq_issue and block:block_rq_complete, or better all of block:*",
    );
  }
}
