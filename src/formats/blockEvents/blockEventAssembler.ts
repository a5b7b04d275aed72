import type { TraceBuilder } from "../../model/builder.ts";
import { counted } from "../../model/quantities.ts";
import { BLOCK_EVENT } from "./blockEvent.ts";
import { HeldEvents } from "./heldEvents.ts";
import { LAYER, Layers } from "./layers.ts";
import { Pairing } from "./pairing.ts";

/** How long it may stay open whether a device issues: about 65,536 bios with their A, Q, G and I. */
const MOST_HELD = 1 << 18;
/** A message that waits among the events; `extra` is its place in the texts. */
const MESSAGE = 255;

/**
 * Makes requests out of the block layer's events, which the readers of blktrace, blkparse, ftrace and perf give in
 * order of time: D … C with the bios merged into it on a device that issues, Q … C on one that does not (dm, md).
 * Events wait while a device has queued and not yet issued, so that the rows come in order of their issue.
 */
export class BlockEventAssembler {
  readonly #out: TraceBuilder;
  readonly #layers: Layers;
  readonly #pairing: Pairing;
  readonly #texts: string[] = [];
  #held = new HeldEvents();

  constructor(out: TraceBuilder) {
    this.#out = out;
    this.#layers = new Layers(out);
    this.#pairing = new Pairing(out, this.#layers);
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
    const layers = this.#layers;
    if (layers.of[device]! < LAYER.issues) {
      if (kind === BLOCK_EVENT.queue) layers.queued(device);
      else if (kind === BLOCK_EVENT.issue || kind === BLOCK_EVENT.passthrough) layers.issued(device);
    }
    if (layers.undecided === 0 && this.#held.length === 0)
      this.#pairing.add(kind, device, op, flags, offsetBytes, lengthBytes, timeNs, process, cpu, error, extra);
    else {
      this.#held.push(kind, device, op, flags, offsetBytes, lengthBytes, timeNs, process, cpu, error, extra);
      this.#releaseWhenDecided();
    }
  }

  /** A text that the trace carries, in order of time among the events. */
  message(text: string, timeNs: number): void {
    if (this.#held.length === 0) this.#out.message(text, timeNs);
    else {
      const place = this.#texts.push(text) - 1;
      this.#held.push(MESSAGE, 0, 0, 0, 0, 0, timeNs, 0, 0, 0, place);
      this.#releaseWhenDecided();
    }
  }

  /** After the last event: decides what is open, and says what found no partner. */
  finish(): void {
    this.#layers.decideQueues();
    this.#release();
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

  #releaseWhenDecided(): void {
    if (this.#held.length >= MOST_HELD) this.#layers.decideQueues();
    if (this.#layers.undecided === 0) this.#release();
  }

  #release(): void {
    if (this.#held.length === 0) return;
    const { length, columns: c } = this.#held;
    for (let i = 0; i < length; i++) {
      const kind = c.kind[i]!;
      if (kind === MESSAGE) this.#out.message(this.#texts[c.extra[i]!]!, c.timeNs[i]!);
      else
        this.#pairing.add(
          kind,
          c.device[i]!,
          c.op[i]!,
          c.flags[i]!,
          c.offset[i]!,
          c.length[i]!,
          c.timeNs[i]!,
          c.process[i]!,
          c.cpu[i]!,
          c.error[i]!,
          c.extra[i]!,
        );
    }
    this.#texts.length = 0;
    this.#held = new HeldEvents();
  }
}
