import { growColumns } from "../../model/columns.ts";

const MOST_OPEN = 1 << 20;

/** What a completion has to repeat of the requests that are in flight, in slots that are used again. */
export class OpenRequests {
  row = new Float64Array(64);
  op = new Uint8Array(64);
  flags = new Uint16Array(64);
  device = new Uint16Array(64);
  offsetBytes = new Float64Array(64);
  lengthBytes = new Float64Array(64);
  issueNs = new Float64Array(64);
  readonly #free: number[] = [];
  #used = 0;

  /** Keeps a request; gives its slot, or -1 where the table is full. */
  open(
    row: number,
    op: number,
    flags: number,
    device: number,
    offsetBytes: number,
    lengthBytes: number,
    issueNs: number,
  ): number {
    const slot = this.#freeSlot();
    if (slot < 0) return slot;
    this.row[slot] = row;
    this.op[slot] = op;
    this.flags[slot] = flags;
    this.device[slot] = device;
    this.offsetBytes[slot] = offsetBytes;
    this.lengthBytes[slot] = lengthBytes;
    this.issueNs[slot] = issueNs;
    return slot;
  }

  /** Frees the slot; what it holds stays readable until the next `open`. */
  close(slot: number): void {
    this.#free.push(slot);
  }

  #freeSlot(): number {
    const slot = this.#free.pop();
    if (slot !== undefined) return slot;
    if (this.#used === MOST_OPEN) return -1;
    if (this.#used === this.row.length) growColumns(this);
    return this.#used++;
  }
}
