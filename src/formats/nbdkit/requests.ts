import type { TraceBuilder } from "../../model/builder.ts";
import type { Clock } from "./clock.ts";
import type { Connection } from "./connections.ts";
import type { OpenRequests } from "./openRequests.ts";

const NO_CPU = -1;

/** Writes requests where they enter the filter, and their completions where they leave it. */
export class Requests {
  readonly #out: TraceBuilder;
  readonly #clock: Clock;
  readonly #open: OpenRequests;

  constructor(out: TraceBuilder, clock: Clock, open: OpenRequests) {
    this.#out = out;
    this.#clock = clock;
    this.#open = open;
  }

  /** Hot. */
  enter(
    { device, open }: Connection,
    id: number,
    op: number,
    flags: number,
    offsetBytes: number,
    lengthBytes: number,
  ): void {
    const out = this.#out;
    const { timeNs, latestNs } = this.#clock;
    const row = out.rows;
    const batch = out.requests;
    const i = batch.length;
    batch.op[i] = op;
    batch.flags[i] = flags;
    batch.device[i] = device;
    batch.offsetBytes[i] = offsetBytes;
    batch.lengthBytes[i] = lengthBytes;
    batch.issueNs[i] = latestNs;
    batch.queueNs[i] = Number.NaN;
    batch.process[i] = 0;
    batch.cpu[i] = NO_CPU;
    batch.mergedBios[i] = 0;
    batch.cgroup[i] = 0;
    out.takeRequest();
    const slot = this.#open.open(row, op, flags, device, offsetBytes, lengthBytes, timeNs);
    const before = slot >= 0 ? open.put(id, slot) : open.take(id);
    if (before >= 0) this.#open.close(before);
    if (slot < 0 || before >= 0) out.quality.unmatchedIssues++;
  }

  /** Hot. */
  leave(connection: Connection | undefined, id: number, error: number): void {
    const out = this.#out;
    const slot = connection === undefined ? -1 : connection.open.take(id);
    if (slot < 0) {
      out.quality.unmatchedCompletions++;
      return;
    }
    const open = this.#open;
    const batch = out.completionsWithRoom();
    const i = batch.length;
    batch.row[i] = open.row[slot]!;
    batch.op[i] = open.op[slot]!;
    batch.flags[i] = open.flags[slot]!;
    batch.device[i] = open.device[slot]!;
    batch.offsetBytes[i] = open.offsetBytes[slot]!;
    batch.lengthBytes[i] = open.lengthBytes[slot]!;
    batch.queueNs[i] = Number.NaN;
    batch.getRequestNs[i] = Number.NaN;
    batch.insertNs[i] = Number.NaN;
    batch.issueNs[i] = open.issueNs[slot]!;
    batch.completeNs[i] = this.#clock.timeNs;
    batch.error[i] = error;
    out.takeCompletion();
    open.close(slot);
  }
}
