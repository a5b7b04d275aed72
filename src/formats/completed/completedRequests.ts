import type { TraceBuilder } from "../../model/builder.ts";
import { counted } from "../../model/quantities.ts";
import { SortedQueue } from "./sortedQueue.ts";
import {
  COMPLETE,
  CPU_ERROR,
  DEVICE,
  DOUBLES,
  ERROR_BITS,
  ERROR_MASK,
  ISSUE,
  LENGTH,
  OFFSET,
  OP_BITS,
  OP_FLAGS,
  OP_MASK,
  PROCESS,
  QUEUE,
  ROW,
  WaitingRequests,
  WORDS,
} from "./waitingRequests.ts";

/** So many wait for others that were issued before them and completed after them. */
const MOST_WAITING = 1 << 16;

/** Puts requests that come when they are complete, each with its latency, in order of their issue. */
export class CompletedRequests {
  readonly #out: TraceBuilder;
  readonly #mostWaiting: number;
  /** Not yet issued, by their issue; issued, by their completion. */
  readonly #toIssue = new SortedQueue();
  readonly #toComplete = new SortedQueue();
  readonly #waiting = new WaitingRequests();
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
    const slot = this.#waiting.take();
    const { doubles, words } = this.#waiting;
    const at = slot * DOUBLES;
    const small = slot * WORDS;
    doubles[at + OFFSET] = offsetBytes;
    doubles[at + LENGTH] = lengthBytes;
    doubles[at + QUEUE] = queueNs;
    doubles[at + ISSUE] = issueNs;
    doubles[at + COMPLETE] = completeNs;
    words[small + OP_FLAGS] = op | (flags << OP_BITS);
    words[small + DEVICE] = device;
    words[small + PROCESS] = process;
    words[small + CPU_ERROR] = (cpu << ERROR_BITS) | error;
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
    const slot = this.#toIssue.shift();
    const { doubles, words } = this.#waiting;
    const at = slot * DOUBLES;
    const small = slot * WORDS;
    const issueNs = doubles[at + ISSUE]!;
    while (this.#toComplete.firstKey <= issueNs) this.#complete();
    if (issueNs < this.#issuedNs) this.#late++;
    else this.#issuedNs = issueNs;
    const opFlags = words[small + OP_FLAGS]!;
    doubles[at + ROW] = this.#out.request(
      opFlags & OP_MASK,
      opFlags >>> OP_BITS,
      words[small + DEVICE]!,
      doubles[at + OFFSET]!,
      doubles[at + LENGTH]!,
      issueNs,
      doubles[at + QUEUE]!,
      words[small + PROCESS]!,
      words[small + CPU_ERROR]! >> ERROR_BITS,
      0,
    );
    const completeNs = doubles[at + COMPLETE]!;
    if (Number.isNaN(completeNs)) this.#waiting.give(slot);
    else this.#toComplete.push(completeNs, slot);
    if (this.#toComplete.length > this.#mostWaiting) this.#complete();
  }

  #complete(): void {
    const slot = this.#toComplete.shift();
    const { doubles, words } = this.#waiting;
    const at = slot * DOUBLES;
    const small = slot * WORDS;
    const opFlags = words[small + OP_FLAGS]!;
    this.#out.complete(
      doubles[at + ROW]!,
      opFlags & OP_MASK,
      opFlags >>> OP_BITS,
      words[small + DEVICE]!,
      doubles[at + OFFSET]!,
      doubles[at + LENGTH]!,
      doubles[at + QUEUE]!,
      Number.NaN,
      Number.NaN,
      doubles[at + ISSUE]!,
      doubles[at + COMPLETE]!,
      words[small + CPU_ERROR]! & ERROR_MASK,
    );
    this.#waiting.give(slot);
  }
}
