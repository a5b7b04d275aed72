import type { BioBatch, CompletionBatch, EventBatch, RequestBatch } from "./batch.ts";
import { dropFront } from "./columns.ts";
import { emptyBios, emptyCompletions, emptyEvents, emptyRequests } from "./emptyBatches.ts";
import { QTRACE_WINDOW_ROWS } from "./qtrace.ts";

const LEAST_ROOM = 16;

/** How many requests, completions, bios and events there had been at some moment. */
export type Position = readonly number[];

/** The batches that a trace's history waits in until it is handed on, all of them or up to some moment. */
export class PendingHistory {
  readonly requests: RequestBatch;
  readonly completions: CompletionBatch;
  readonly bios: BioBatch;
  readonly events: EventBatch;
  readonly #batches: readonly [RequestBatch, CompletionBatch, BioBatch, EventBatch];
  readonly #handedOn = [0, 0, 0, 0];
  /** Where the trace stood before each of the latest rows that may begin a qtrace pattern. */
  readonly #patternStarts: Position[] = [];

  constructor(batchRows: number) {
    const room = Math.max(LEAST_ROOM, batchRows);
    this.requests = emptyRequests(batchRows + QTRACE_WINDOW_ROWS + 1);
    this.completions = emptyCompletions(room);
    this.bios = emptyBios(room);
    this.events = emptyEvents(room);
    this.#batches = [this.requests, this.completions, this.bios, this.events];
  }

  /** Keeps where the trace stands before a row that may begin a qtrace pattern. */
  keepPatternStart(row: number): void {
    const starts = this.#patternStarts;
    while (starts.length > 0 && row - starts[0]![0]! >= QTRACE_WINDOW_ROWS) starts.shift();
    const [, ...others] = this.#batches.map((batch, i) => this.#handedOn[i]! + batch.length);
    starts.push([row, ...others]);
  }

  /** Where the trace stood before the row, if that was kept. */
  patternStart(row: number): Position | null {
    return this.#patternStarts.find(([start]) => start === row) ?? null;
  }

  /** Cuts the batches off at a position, has them consumed, and begins them with what came after it. */
  handOnBefore(position: Position | null, consume: () => void): void {
    const lengths = this.#batches.map(({ length }) => length);
    for (const [i, batch] of this.#batches.entries())
      if (position !== null) batch.length = position[i]! - this.#handedOn[i]!;
    consume();
    for (const [i, batch] of this.#batches.entries()) {
      this.#handedOn[i]! += batch.length;
      dropFront(batch, batch.length, lengths[i]!);
    }
    this.requests.firstRow = this.#handedOn[0]!;
  }
}
