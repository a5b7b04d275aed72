import type { TraceBuilder } from "../../model/builder.ts";
import { counted } from "../../model/quantities.ts";
import { BLOCK_EVENT } from "./blockEvent.ts";
import { DOUBLE, EVENT_DOUBLES, EVENT_INTS, EventList, INT } from "./eventList.ts";
import { Layers } from "./layers.ts";
import { Pairing } from "./pairing.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const [INTS, DOUBLES] = [EVENT_INTS, EVENT_DOUBLES];
const {
  kind: KIND,
  device: DEVICE,
  op: OP,
  flags: FLAGS,
  process: PROCESS,
  cpu: CPU,
  error: ERROR,
  cgroup: CGROUP,
} = INT;
const { offset: OFFSET, length: LENGTH, timeNs: TIME_NS, extra: EXTRA } = DOUBLE;

const BATCH = 256;
/** How long it may stay open whether a device issues: about 65,536 bios with their A, Q, G and I. */
const MOST_HELD = 1 << 18;

/** How the events come. */
export interface Arrival {
  /** Whether they come somewhat out of order, as in what `blktrace -o -` pipes: a CPU's buffer after another's. */
  readonly shuffled: boolean;
}

/**
 * Makes requests out of the block layer's events, which the readers of blktrace, blkparse, ftrace and perf give in
 * order of time: D … C with the bios merged into it on a device that issues, Q … C on one that does not (dm, md).
 * Events wait while a device has queued and not yet issued, so that the rows come in order of their issue,
 * and while others that belong before them may come.
 */
export class BlockEventAssembler {
  readonly #out: TraceBuilder;
  readonly #layers: Layers;
  readonly events = new EventList();
  readonly #texts = new Map<number, string>();
  readonly #pairing: Pairing;
  readonly #shuffled: boolean;
  #messages = 0;
  #lookAt = BATCH;
  /** Up to here the events were looked at for what they tell of their devices. */
  #lookedAt = 0;

  constructor(out: TraceBuilder, { shuffled }: Arrival = { shuffled: false }) {
    this.#shuffled = shuffled;
    this.#out = out;
    this.#layers = new Layers(out);
    this.#pairing = new Pairing(out, this.#layers, this.events, this.#texts);
  }

  /** The trace's index of a device by its `deviceNumber`. */
  device(number: number): number {
    return this.#layers.device(number);
  }

  /** Makes room for the next event, to be filled in; gives its number in `events`. Hot. */
  begin(): number {
    if (this.events.length === this.#lookAt) this.#look();
    return this.events.length++;
  }

  /** Makes room for events to be filled in behind the last; gives up to which number, before it is to be called again. */
  makeRoom(): number {
    if (this.events.length === this.#lookAt) this.#look();
    return this.#lookAt;
  }

  /**
   * Takes the next event. Hot.
   * @param kind a BLOCK_EVENT.
   * @param op an OP_CODE: `flush` only without bytes (a write that asks for one first has the flag preflush).
   * @param process an index from the builder: it counts at D, and at Q on a device that does not issue.
   * @param error of a completion, as a positive errno.
   * @param extra what BLOCK_EVENT says, else 0; for a remap see `remap`.
   * @param cgroup an index from the builder: it counts where the process does.
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
    cgroup = 0,
  ): void {
    const i = this.begin();
    const { ints, doubles } = this.events;
    const int = i * INTS;
    const double = i * DOUBLES;
    ints[int + KIND] = kind;
    ints[int + DEVICE] = device;
    ints[int + OP] = op;
    ints[int + FLAGS] = flags;
    ints[int + PROCESS] = process;
    ints[int + CPU] = cpu;
    ints[int + ERROR] = error;
    ints[int + CGROUP] = cgroup;
    doubles[double + OFFSET] = offsetBytes;
    doubles[double + LENGTH] = lengthBytes;
    doubles[double + TIME_NS] = timeNs;
    doubles[double + EXTRA] = extra;
  }

  /**
   * Takes a remap: a bio came to `device` at `offsetBytes`, from the device of that number, where it had `fromBytes`.
   * The event keeps the place where it came from; how far it was shifted is learnt at once.
   */
  remap(
    device: number,
    op: number,
    offsetBytes: number,
    lengthBytes: number,
    timeNs: number,
    fromNumber: number,
    fromBytes: number,
  ): void {
    this.#layers.learnShift(fromNumber, device, offsetBytes - fromBytes, lengthBytes);
    this.add(BLOCK_EVENT.remap, device, op, 0, fromBytes, lengthBytes, timeNs, 0, 0, 0, fromNumber);
  }

  /** A text that the trace carries, in order of time among the events. */
  message(text: string, timeNs: number): void {
    const number = this.#messages++;
    this.#texts.set(number, text);
    this.add(BLOCK_EVENT.message, 0, 0, 0, 0, 0, timeNs, 0, 0, 0, number);
  }

  /** After the last event: decides what is open, and says what found no partner. */
  finish(): void {
    this.#learn();
    if (this.#shuffled) this.events.sortByTime();
    for (const device of this.#layers.undecided) this.#layers.decideQueues(device);
    this.#pair(this.events.length);
    this.#describe();
  }

  #describe(): void {
    const { met, open, bios } = this.#pairing;
    const { recorded, quality } = this.#out;
    recorded.completion = met.completions > 0;
    recorded.error = met.completions > 0;
    recorded.queue = met.queues > 0;
    recorded.merges = recorded.queue;
    recorded.bios = recorded.queue;
    recorded.flags = true;
    recorded.plug = met.plugs > 0;
    this.#layers.tellPartitions();
    if (recorded.completion) quality.unmatchedIssues += open.open(this.#layers.of);
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

  /** Lets the events go, or holds them while a device is undecided or others may belong before them. */
  #look(): void {
    this.#learn();
    if (this.events.length >= MOST_HELD) this.#letGo();
    else if (!this.#shuffled && this.#layers.undecided.size === 0) this.#pair(this.events.length);
    this.#lookAt = this.events.length + BATCH;
    if (this.#lookAt > this.events.room) this.events.grow();
  }

  #learn(): void {
    this.#layers.learn(this.events, this.#lookedAt);
    this.#lookedAt = this.events.length;
  }

  /** Too many are held: the older half goes, and the devices that were open so long are decided. */
  #letGo(): void {
    if (this.#shuffled) this.events.sortByTime();
    const half = this.events.length / 2;
    let count = this.#shuffled ? half : this.events.length;
    for (const device of this.#layers.undecided) {
      const since = this.events.firstQueued(device);
      if (since < half) this.#layers.decideQueues(device);
      else count = Math.min(count, since);
    }
    this.#pair(count);
  }

  #pair(count: number): void {
    this.#pairing.run(count);
    this.events.dropFirst(count);
    this.#lookedAt = this.events.length;
  }
}
