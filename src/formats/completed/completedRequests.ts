import type { TraceBuilder } from "../../model/builder.ts";
import { growColumns } from "../../model/columns.ts";
import { counted } from "../../model/quantities.ts";
import { SortedQueue } from "./sortedQueue.ts";

/** So many wait for others that were issued before them and completed after them. */
export const MOST_WAITING = 1 << 16;
const FIRST_ROOM = 1024;

/** Puts requests that come when they are complete, each with its latency, in order of their issue. */
export class CompletedRequests {
  readonly #out: TraceBuilder;
  readonly #mostWaiting: number;
  /** Not yet issued, by their issue; issued, by their completion. */
  readonly #toIssue = new SortedQueue();
  readonly #toComplete = new SortedQueue();
  readonly #free: number[] = [];
  readonly #rows = {
    row: new Float64Array(FIRST_ROOM),
    op: new Uint8Array(FIRST_ROOM),
    flags: new Uint16Array(FIRST_ROOM),
    device: new Uint16Array(FIRST_ROOM),
    offsetBytes: new Float64Array(FIRST_ROOM),
    lengthBytes: new Float64Array(FIRST_ROOM),
    queueNs: new Float64Array(FIRST_ROOM),
    issueNs: new Float64Array(FIRST_ROOM),
    completeNs: new Float64Array(FIRST_ROOM),
    process: new Uint32Array(FIRST_ROOM),
    error: new Uint16Array(FIRST_ROOM),
    cpu: new Int16Array(FIRST_ROOM),
  };
  #used = 0;
  #issuedNs = Number.NEGATIVE_INFINITY;
  #late = 0;

  constructor(out: TraceBuilder, mostWaiting = MOST_WAITING) {
    this.#out = out;
    this.#mostWaiting = mostWaiting;
  }

  /**
   * Takes the next one. Hot.
   * @param completeNs NaN where it is not recorded.
   * @param cpu -1 where it is not recorded.
   */
  add(
    op: number,
    flags: number,
    device: number,
    offsetBytes: number,
    lengthBytes: number,
    queueNs: number,
    issueNs: number,
    completeNs: number,
    process: number,
    error: number,
    cpu: number,
  ): void {
    const rows = this.#rows;
    const slot = this.#slot();
    rows.op[slot] = op;
    rows.flags[slot] = flags;
    rows.device[slot] = device;
    rows.offsetBytes[slot] = offsetBytes;
    rows.lengthBytes[slot] = lengthBytes;
    rows.queueNs[slot] = queueNs;
    rows.issueNs[slot] = issueNs;
    rows.completeNs[slot] = completeNs;
    rows.process[slot] = process;
    rows.error[slot] = error;
    rows.cpu[slot] = cpu;
    this.#toIssue.push(issueNs, slot);
    if (this.#toIssue.length > this.#mostWaiting) this.#issue();
  }

  /** After the last one. */
  finish(): void {
    while (this.#toIssue.length > 0) this.#issue();
    while (this.#toComplete.length > 0) this.#complete();
    if (this.#late > 0)
      this.#out.note(
        "issued-late",
        `${counted(this.#late, "request")} completed so late that more than ${counted(this.#mostWaiting, "request")} stand before them: their issue counts as the one before`,
      );
  }

  #issue(): void {
    const rows = this.#rows;
    const slot = this.#toIssue.shift();
    const issueNs = rows.issueNs[slot]!;
    while (this.#toComplete.firstKey <= issueNs) this.#complete();
    if (issueNs < this.#issuedNs) this.#late++;
    else this.#issuedNs = issueNs;
    rows.row[slot] = this.#out.request(
      rows.op[slot]!,
      rows.flags[slot]!,
      rows.device[slot]!,
      rows.offsetBytes[slot]!,
      rows.lengthBytes[slot]!,
      issueNs,
      rows.queueNs[slot]!,
      rows.process[slot]!,
      rows.cpu[slot]!,
      0,
    );
    const completeNs = rows.completeNs[slot]!;
    if (Number.isNaN(completeNs)) this.#free.push(slot);
    else this.#toComplete.push(completeNs, slot);
    if (this.#toComplete.length > this.#mostWaiting) this.#complete();
  }

  #complete(): void {
    const rows = this.#rows;
    const slot = this.#toComplete.shift();
    this.#out.complete(
      rows.row[slot]!,
      rows.op[slot]!,
      rows.flags[slot]!,
      rows.device[slot]!,
      rows.offsetBytes[slot]!,
      rows.lengthBytes[slot]!,
      rows.queueNs[slot]!,
      Number.NaN,
      Number.NaN,
      rows.issueNs[slot]!,
      rows.completeNs[slot]!,
      rows.error[slot]!,
    );
    this.#free.push(slot);
  }

  #slot(): number {
    const slot = this.#free.pop();
    if (slot !== undefined) return slot;
    if (this.#used === this.#rows.row.length) growColumns(this.#rows);
    return this.#used++;
  }
}
