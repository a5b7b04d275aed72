import type { TraceBuilder } from "../../model/builder.ts";
import { growColumns } from "../../model/columns.ts";
import { emptyCompletions } from "../../model/emptyBatches.ts";
import { counted } from "../../model/quantities.ts";
import { SortedQueue } from "../completed/sortedQueue.ts";

const MOST_WAITING = 1 << 20;
const FIRST_ROOM = 1 << 10;

/** Completions that wait until the requests before them were issued. */
export class Completions {
  readonly #out: TraceBuilder;
  readonly #queue = new SortedQueue();
  /** What waits, in slots that are used again. */
  readonly slots = emptyCompletions(FIRST_ROOM);
  readonly #free: number[] = [];

  constructor(out: TraceBuilder) {
    this.#out = out;
  }

  /** Keeps a completion until its time; one without a time is told at once. */
  add(
    row: number,
    op: number,
    flags: number,
    device: number,
    offsetBytes: number,
    lengthBytes: number,
    queueNs: number,
    getRequestNs: number,
    insertNs: number,
    issueNs: number,
    completeNs: number,
    error: number,
  ): void {
    const slots = this.slots;
    const slot = this.freeSlot();
    slots.row[slot] = row;
    slots.op[slot] = op;
    slots.flags[slot] = flags;
    slots.device[slot] = device;
    slots.offsetBytes[slot] = offsetBytes;
    slots.lengthBytes[slot] = lengthBytes;
    slots.queueNs[slot] = queueNs;
    slots.getRequestNs[slot] = getRequestNs;
    slots.insertNs[slot] = insertNs;
    slots.issueNs[slot] = issueNs;
    slots.completeNs[slot] = completeNs;
    slots.error[slot] = error;
    this.put(slot);
  }

  /** Keeps what was written into a slot: `add` for hot readers, since a call with so many doubles allocates. */
  put(slot: number): void {
    const completeNs = this.slots.completeNs[slot]!;
    if (Number.isNaN(completeNs)) this.#tell(slot);
    else this.#queue.push(completeNs, slot);
    if (this.#queue.length <= MOST_WAITING) return;
    const text = `more than ${counted(MOST_WAITING, "request")} in flight: the first to complete count as complete before their time`;
    this.#out.note("completed-early", text);
    this.#tell(this.#queue.shift());
  }

  /** Tells the completions up to a time. */
  before(timeNs: number): void {
    while (this.#queue.firstKey <= timeNs) this.#tell(this.#queue.shift());
  }

  finish(): void {
    while (this.#queue.length > 0) this.#tell(this.#queue.shift());
  }

  #tell(slot: number): void {
    const slots = this.slots;
    const batch = this.#out.completionsWithRoom();
    const i = batch.length;
    batch.row[i] = slots.row[slot]!;
    batch.op[i] = slots.op[slot]!;
    batch.flags[i] = slots.flags[slot]!;
    batch.device[i] = slots.device[slot]!;
    batch.offsetBytes[i] = slots.offsetBytes[slot]!;
    batch.lengthBytes[i] = slots.lengthBytes[slot]!;
    batch.queueNs[i] = slots.queueNs[slot]!;
    batch.getRequestNs[i] = slots.getRequestNs[slot]!;
    batch.insertNs[i] = slots.insertNs[slot]!;
    batch.issueNs[i] = slots.issueNs[slot]!;
    batch.completeNs[i] = slots.completeNs[slot]!;
    batch.error[i] = slots.error[slot]!;
    this.#out.takeCompletion();
    this.#free.push(slot);
  }

  /** A slot to be filled in. */
  freeSlot(): number {
    const slot = this.#free.pop();
    if (slot !== undefined) return slot;
    if (this.slots.length === this.slots.row.length) growColumns(this.slots);
    return this.slots.length++;
  }
}
