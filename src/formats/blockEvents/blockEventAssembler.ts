import type { TraceBuilder } from "../../model/builder.ts";
import { growColumns } from "../../model/columns.ts";
import { counted } from "../../model/quantities.ts";
import { BLOCK_EVENT } from "./blockEvent.ts";
import { eventColumns } from "./eventColumns.ts";
import { Layers } from "./layers.ts";
import { Pairing } from "./pairing.ts";

const BATCH = 1024;
/** How long it may stay open whether a device issues: about 65,536 bios with their A, Q, G and I. */
const MOST_HELD = 1 << 18;

/**
 * Makes requests out of the block layer's events, which the readers of blktrace, blkparse, ftrace and perf give in
 * order of time: D … C with the bios merged into it on a device that issues, Q … C on one that does not (dm, md).
 * Events wait while a device has queued and not yet issued, so that the rows come in order of their issue.
 */
export class BlockEventAssembler {
  readonly #out: TraceBuilder;
  readonly #layers: Layers;
  readonly #events = eventColumns();
  readonly #texts: string[] = [];
  readonly #pairing: Pairing;
  #length = 0;
  #lookAt = BATCH;
  /** Up to here the events were looked at for what they tell of their devices. */
  #lookedAt = 0;

  constructor(out: TraceBuilder) {
    this.#out = out;
    this.#layers = new Layers(out);
    this.#pairing = new Pairing(out, this.#layers, this.#events, this.#texts);
  }

  /** The trace's index of a device by its `deviceNumber`. */
  device(number: number): number {
    return this.#layers.device(number);
  }

  /**
   * Takes the next event. Hot.
   * @param kind a BLOCK_EVENT.
   * @param op an OP_CODE: `flush` only without bytes (a write that asks for one first has the flag preflush).
   * @param process an index from the builder: it counts at D, and at Q on a device that does not issue.
   * @param error of a completion, as a positive errno.
   * @param extra what BLOCK_EVENT says for split and remap, else 0.
   */
  add(
    kind: number,
    device: number,
    op: number,
    flags: number,
    offsetBytes: number,
    lengthBytes: number,
    timeNs: number,
    process: number,
    cpu: number,
    error: number,
    extra: number,
  ): void {
    const events = this.#events;
    const i = this.#length++;
    events.kind[i] = kind;
    events.device[i] = device;
    events.op[i] = op;
    events.flags[i] = flags;
    events.offset[i] = offsetBytes;
    events.length[i] = lengthBytes;
    events.timeNs[i] = timeNs;
    events.process[i] = process;
    events.cpu[i] = cpu;
    events.error[i] = error;
    events.extra[i] = extra;
    if (i + 1 === this.#lookAt) this.#look();
  }

  /** A text that the trace carries, in order of time among the events. */
  message(text: string, timeNs: number): void {
    const place = this.#texts.push(text) - 1;
    this.add(BLOCK_EVENT.message, 0, 0, 0, 0, 0, timeNs, 0, 0, 0, place);
  }

  /** After the last event: decides what is open, and says what found no partner. */
  finish(): void {
    this.#layers.learn(this.#events, this.#lookedAt, this.#length);
    this.#pair();
    const { met, open, bios } = this.#pairing;
    const { recorded, quality } = this.#out;
    recorded.completion = met.completions > 0;
    recorded.error = met.completions > 0;
    recorded.queue = met.queues > 0;
    recorded.flags = true;
    if (recorded.completion) quality.unmatchedIssues += open.open;
    this.#noteQueued(met.issues > 0 ? bios.waiting : 0, met.endedUnissued);
    if (met.lateIssues > 0)
      this.#out.note(
        "issued-late",
        `${counted(met.lateIssues, "issue")} came so late that the device's requests are counted where they were queued`,
      );
    if (met.completions > 0 && this.#out.rows === 0)
      this.#out.note(
        "completions-only",
        "the trace has completions and neither queue nor issue events, so it has no requests: record those too",
      );
  }

  #noteQueued(waiting: number, endedUnissued: number): void {
    if (waiting > 0)
      this.#out.note("bios-not-issued", `${counted(waiting, "queued bio")} were not seen in any issued request`);
    if (endedUnissued > 0)
      this.#out.note("bios-ended-unissued", `${counted(endedUnissued, "queued bio")} completed without being issued`);
  }

  /** Lets the events go, or holds them while a device is undecided. */
  #look(): void {
    this.#layers.learn(this.#events, this.#lookedAt, this.#length);
    if (this.#layers.undecided === 0 || this.#length >= MOST_HELD) this.#pair();
    else {
      this.#lookedAt = this.#length;
      this.#lookAt = this.#length + BATCH;
      if (this.#lookAt > this.#events.kind.length) growColumns(this.#events);
    }
  }

  #pair(): void {
    this.#layers.decideQueues();
    this.#pairing.run(this.#length);
    this.#texts.length = 0;
    this.#length = 0;
    this.#lookedAt = 0;
    this.#lookAt = BATCH;
  }
}
