import type { TraceBuilder } from "../../model/builder.ts";
import type { FioLogValue } from "../../model/format.ts";
import { CompletedRequests } from "../completed/completedRequests.ts";
import { issuedWithin } from "../completed/issuedWithin.ts";
import * as waiting from "../completed/waitingRequests.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const { DOUBLES, WORDS, OFFSET, LENGTH, QUEUE, ISSUE, COMPLETE, OP_FLAGS, DEVICE, PROCESS, CPU_ERROR, ERROR_BITS } =
  waiting;
const NS_PER_MS = 1_000_000;
const NO_CPU = -1;
/** In the year 2001, as milliseconds since 1970; a job that began at 0 would have run for 31 years. */
const FIRST_WALL_CLOCK_MS = 1e12;

/** The requests of a log, each of which was one sample. */
export class Samples {
  /** Of the first line, 0 before it: all have as many. */
  fields = 0;
  readonly #out: TraceBuilder;
  readonly #completed: CompletedRequests;
  readonly #device: number;
  readonly #hasLatency: boolean;
  #zeroMs = Number.NaN;

  constructor(out: TraceBuilder, value: FioLogValue) {
    this.#out = out;
    this.#completed = new CompletedRequests(out);
    this.#device = out.device("job", "fio job");
    this.#hasLatency = value === "lat" || value === "clat";
  }

  /** Issue times count from the job's start, and so do the others, but where fio was told of another epoch. */
  begin(fields: number, timeMs: number, issueNs: number, value: number): void {
    this.fields = fields;
    const isWallClock = timeMs >= FIRST_WALL_CLOCK_MS;
    const completeNs = issueNs > 0 ? issueNs + (this.#hasLatency ? value : 0) : 0;
    this.#zeroMs = isWallClock || issueNs === 0 ? timeMs - Math.floor(completeNs / NS_PER_MS) : 0;
    if (isWallClock) this.#out.wallClockOfZeroNs = BigInt(this.#zeroMs) * BigInt(NS_PER_MS);
  }

  /** Hot. */
  add(op: number, offset: number, length: number, timeMs: number, issuedNs: number, value: number): void {
    const loggedNs = (timeMs - this.#zeroMs) * NS_PER_MS;
    if (this.#hasLatency) {
      const issueNs = issuedNs > 0 ? issuedNs : issuedWithin(loggedNs, value, NS_PER_MS);
      this.#put(op, offset, length, issueNs, issueNs + value);
    } else this.#request(op, offset, length, issuedNs > 0 ? issuedNs : loggedNs);
  }

  finish(): void {
    this.#completed.finish();
  }

  #put(op: number, offset: number, length: number, issueNs: number, completeNs: number): void {
    const { waiting } = this.#completed;
    const slot = waiting.take();
    const { doubles, words } = waiting;
    const at = slot * DOUBLES;
    doubles[at + OFFSET] = offset;
    doubles[at + LENGTH] = length;
    doubles[at + QUEUE] = Number.NaN;
    doubles[at + ISSUE] = issueNs;
    doubles[at + COMPLETE] = completeNs;
    const small = slot * WORDS;
    words[small + OP_FLAGS] = op;
    words[small + DEVICE] = this.#device;
    words[small + PROCESS] = 0;
    words[small + CPU_ERROR] = NO_CPU << ERROR_BITS;
    this.#completed.put(slot);
  }

  #request(op: number, offset: number, length: number, issueNs: number): void {
    const batch = this.#out.requests;
    const i = batch.length;
    batch.op[i] = op;
    batch.flags[i] = 0;
    batch.device[i] = this.#device;
    batch.offsetBytes[i] = offset;
    batch.lengthBytes[i] = length;
    batch.issueNs[i] = issueNs;
    batch.queueNs[i] = Number.NaN;
    batch.process[i] = 0;
    batch.cpu[i] = NO_CPU;
    batch.mergedBios[i] = 0;
    batch.cgroup[i] = 0;
    this.#out.takeRequest();
  }
}
