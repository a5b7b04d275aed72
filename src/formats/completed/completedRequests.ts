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
const MOST_WAITING = (1 << 16) - (1 << 8);
/** Requests are issued so many at a time: a share of those that wait. */
const ISSUED_SHARE = 1 << 8;

/** Puts requests that come when they are complete, each with its latency, in order of their issue. */
export class CompletedRequests {
  /** Those that are not complete, and the one that is to be put. */
  readonly waiting = new WaitingRequests();
  readonly #out: TraceBuilder;
  readonly #mostWaiting: number;
  readonly #issuedAtOnce: number;
  /** Not yet issued, by their issue; issued, by their completion. */
  readonly #toIssue = new SortedQueue();
  readonly #toComplete = new SortedQueue();
  #issuedNs = Number.NEGATIVE_INFINITY;
  #late = 0;

  constructor(out: TraceBuilder, mostWaiting = MOST_WAITING) {
    this.#out = out;
    this.#mostWaiting = mostWaiting;
    this.#issuedAtOnce = Math.max(1, mostWaiting / ISSUED_SHARE);
  }

  /**
   * Takes the next one.
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
    const slot = this.waiting.take();
    const { doubles, words } = this.waiting;
    const at = slot * DOUBLES;
    doubles[at + OFFSET] = offsetBytes;
    doubles[at + LENGTH] = lengthBytes;
    doubles[at + QUEUE] = queueNs;
    doubles[at + ISSUE] = issueNs;
    doubles[at + COMPLETE] = completeNs;
    const small = slot * WORDS;
    words[small + OP_FLAGS] = op | (flags << OP_BITS);
    words[small + DEVICE] = device;
    words[small + PROCESS] = process;
    words[small + CPU_ERROR] = (cpu << ERROR_BITS) | error;
    this.put(slot);
  }

  /** Takes the one that was written into a slot of `waiting`: `add` for hot readers, since a call with so many doubles allocates. */
  put(slot: number): void {
    this.#toIssue.push(this.waiting.doubles[slot * DOUBLES + ISSUE]!, slot);
    if (this.#toIssue.length >= this.#mostWaiting + this.#issuedAtOnce) this.#issue(this.#issuedAtOnce);
  }

  /** After the last one. */
  finish(): void {
    this.#issue(this.#toIssue.length);
    this.#completeUntil(Number.POSITIVE_INFINITY);
    if (this.#late > 0)
      this.#out.note(
        "issued-late",
        `${counted(this.#late, "request")} completed so late that more than ${counted(this.#mostWaiting, "request")} stand before them: their issue counts as the one before`,
      );
  }

  /** Issues the first ones that wait. Hot: it writes into the columns itself. */
  #issue(count: number): void {
    const out = this.#out;
    const toIssue = this.#toIssue;
    const toComplete = this.#toComplete;
    const { doubles, words } = this.waiting;
    const batch = out.requests;
    for (let left = count; left > 0; left--) {
      const slot = toIssue.shift();
      const at = slot * DOUBLES;
      const small = slot * WORDS;
      const issueNs = doubles[at + ISSUE]!;
      if (toComplete.firstKey <= issueNs) this.#completeUntil(issueNs);
      if (issueNs < this.#issuedNs) this.#late++;
      else this.#issuedNs = issueNs;
      const opFlags = words[small + OP_FLAGS]!;
      const i = batch.length;
      batch.op[i] = opFlags & OP_MASK;
      batch.flags[i] = opFlags >>> OP_BITS;
      batch.device[i] = words[small + DEVICE]!;
      batch.offsetBytes[i] = doubles[at + OFFSET]!;
      batch.lengthBytes[i] = doubles[at + LENGTH]!;
      batch.issueNs[i] = issueNs;
      batch.queueNs[i] = doubles[at + QUEUE]!;
      batch.process[i] = words[small + PROCESS]!;
      batch.cpu[i] = words[small + CPU_ERROR]! >> ERROR_BITS;
      batch.mergedBios[i] = 0;
      batch.cgroup[i] = 0;
      doubles[at + ROW] = out.takeRequest();
      const completeNs = doubles[at + COMPLETE]!;
      if (Number.isNaN(completeNs)) this.waiting.give(slot);
      else toComplete.push(completeNs, slot);
      if (toComplete.length > this.#mostWaiting) this.#complete();
    }
  }

  #completeUntil(timeNs: number): void {
    while (this.#toComplete.length > 0 && this.#toComplete.firstKey <= timeNs) this.#complete();
  }

  /** Hot: it writes into the columns itself. */
  #complete(): void {
    const slot = this.#toComplete.shift();
    const { doubles, words } = this.waiting;
    const at = slot * DOUBLES;
    const small = slot * WORDS;
    const opFlags = words[small + OP_FLAGS]!;
    const batch = this.#out.completionsWithRoom();
    const i = batch.length;
    batch.row[i] = doubles[at + ROW]!;
    batch.op[i] = opFlags & OP_MASK;
    batch.flags[i] = opFlags >>> OP_BITS;
    batch.device[i] = words[small + DEVICE]!;
    batch.offsetBytes[i] = doubles[at + OFFSET]!;
    batch.lengthBytes[i] = doubles[at + LENGTH]!;
    batch.queueNs[i] = doubles[at + QUEUE]!;
    batch.getRequestNs[i] = Number.NaN;
    batch.insertNs[i] = Number.NaN;
    batch.issueNs[i] = doubles[at + ISSUE]!;
    batch.completeNs[i] = doubles[at + COMPLETE]!;
    batch.error[i] = words[small + CPU_ERROR]! & ERROR_MASK;
    this.#out.takeCompletion();
    this.waiting.give(slot);
  }
}
