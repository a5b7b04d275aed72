import type { TraceBuilder } from "../../model/builder.ts";
import { growColumns } from "../../model/columns.ts";
import { hashOf, SlotTable } from "../blockEvents/slotTable.ts";
import type { ChosenLayers } from "./chosenLayers.ts";
import { LAYERS } from "./layers.ts";

const MOST_OPEN = 1 << 20;
/** What the table itself keeps in a slot. */
const SLOT_DOUBLES = 3;
const SLOT_INTS = SLOT_DOUBLES * 2;
/** Where a slot has its key: a whole number, and a double. */
const [HIGH, LAYER_AND_LOW] = [2, 2];
/** The table spreads by units of 512; keys are of 32 bits, and their layer stands above them. */
const UNIT = 512;
const LAYER_UNIT = 2 ** 32;

/**
 * The requests of all layers between their issue and their completion, by a key of 64 bits: a pointer, a tag or a handle.
 * What is done stays under its key until a later event of the same completion, or the next use of the key, removes it.
 */
export class Requests {
  readonly #chosen: ChosenLayers;
  readonly #table = new SlotTable(MOST_OPEN, SLOT_DOUBLES);
  readonly #open = {
    remaining: new Float64Array(1024),
    error: new Uint16Array(1024),
    done: new Uint8Array(1024),
  };
  readonly #openOf = LAYERS.map(() => 0);
  readonly #unmatchedIssues = LAYERS.map(() => 0);
  readonly #tellsErrors = LAYERS.map(() => false);
  readonly #unmatchedCompletions = LAYERS.map(() => 0);

  constructor(chosen: ChosenLayers) {
    this.#chosen = chosen;
  }

  /** Adds a request whose completion no event will show. */
  issue(
    layer: number,
    op: number,
    flags: number,
    device: number,
    offsetBytes: number,
    lengthBytes: number,
    timeNs: number,
  ): void {
    this.#chosen.issue(layer, -1, op, flags, device, offsetBytes, lengthBytes, timeNs);
  }

  /** Adds a request that its key will complete, after all others that are open under it. Hot. */
  open(
    layer: number,
    high: number,
    low: number,
    op: number,
    flags: number,
    device: number,
    offsetBytes: number,
    lengthBytes: number,
    timeNs: number,
  ): void {
    const slot = this.#insert(layer, high, low);
    if (slot < 0) this.#unmatchedIssues[layer]!++;
    else {
      this.#open.remaining[slot] = lengthBytes;
      this.#openOf[layer]!++;
    }
    this.#chosen.issue(layer, slot, op, flags, device, offsetBytes, lengthBytes, timeNs);
  }

  /** A key begins anew: what is open under it was lost. Hot. */
  forget(layer: number, high: number, low: number): void {
    for (let slot = this.#find(layer, high, low); slot >= 0; slot = this.#find(layer, high, low)) {
      if (this.#open.done[slot] === 0) {
        this.#unmatchedIssues[layer]!++;
        this.#openOf[layer]!--;
      }
      this.#remove(slot);
    }
  }

  /** Takes the next completion of this key for that of something which is no request. */
  ignore(layer: number, high: number, low: number): void {
    const slot = this.#insert(layer, high, low);
    if (slot >= 0) this.#open.done[slot] = 1;
  }

  /**
   * Completes the oldest request of the key; gives whether there is one. Hot.
   * @param error NaN where the event does not tell.
   */
  complete(layer: number, high: number, low: number, timeNs: number, error: number): boolean {
    const slot = this.#find(layer, high, low);
    if (slot < 0) return false;
    if (this.#open.done[slot] === 0) this.#complete(layer, slot, timeNs, error);
    this.#remove(slot);
    return true;
  }

  /** Completes as `complete` does, and takes the next completion of the key for the same one's. */
  completeFirst(layer: number, high: number, low: number, timeNs: number, error: number): boolean {
    const slot = this.#find(layer, high, low);
    if (slot < 0) return false;
    if (this.#open.done[slot] === 0) this.#complete(layer, slot, timeNs, error);
    this.#open.done[slot] = 1;
    return true;
  }

  /** Some bytes of a request are answered: with the last of them it is complete. */
  advance(layer: number, high: number, low: number, bytes: number, timeNs: number): boolean {
    const slot = this.#find(layer, high, low);
    if (slot < 0) return false;
    this.#open.remaining[slot]! -= bytes;
    return this.#open.remaining[slot]! > 0 || this.complete(layer, high, low, timeNs, 0);
  }

  /** Remembers an error that the request's completion will not tell. */
  fail(layer: number, high: number, low: number, error: number): void {
    const slot = this.#find(layer, high, low);
    if (slot >= 0) this.#open.error[slot] = error;
  }

  /** Counts a completion whose request the trace lacks. */
  unmatched(layer: number): void {
    this.#unmatchedCompletions[layer]!++;
  }

  /** Writes what found no partner into the books, once the layer is known. */
  finish({ quality, recorded }: TraceBuilder): void {
    if (!recorded.completion) return;
    recorded.error = LAYERS.some((_, layer) => this.#chosen.counts(layer) && this.#tellsErrors[layer]);
    for (let layer = 0; layer < LAYERS.length; layer++) {
      if (!this.#chosen.counts(layer)) continue;
      quality.unmatchedIssues += this.#unmatchedIssues[layer]! + this.#openOf[layer]!;
      quality.unmatchedCompletions += this.#unmatchedCompletions[layer]!;
    }
  }

  #insert(layer: number, high: number, low: number): number {
    const key = keyOf(layer, low);
    const slot = this.#table.insert(hashOf(high, key));
    const open = this.#open;
    if (slot < 0) return slot;
    this.#table.ints[slot * SLOT_INTS + HIGH] = high;
    this.#table.doubles[slot * SLOT_DOUBLES + LAYER_AND_LOW] = key;
    if (slot >= open.done.length) growColumns(open);
    open.done[slot] = 0;
    open.error[slot] = 0;
    return slot;
  }

  #find(layer: number, high: number, low: number): number {
    const key = keyOf(layer, low);
    const { ints, doubles } = this.#table;
    let slot = this.#table.first(hashOf(high, key));
    while (
      slot >= 0 &&
      (doubles[slot * SLOT_DOUBLES + LAYER_AND_LOW] !== key || ints[slot * SLOT_INTS + HIGH] !== high)
    )
      slot = this.#table.after(slot);
    return slot;
  }

  #complete(layer: number, slot: number, timeNs: number, error: number): void {
    this.#openOf[layer]!--;
    if (!Number.isNaN(error)) this.#tellsErrors[layer] = true;
    this.#chosen.complete(layer, slot, timeNs, error > 0 ? error : this.#open.error[slot]!);
  }

  #remove(slot: number): void {
    this.#table.unlink(slot);
    this.#table.free(slot);
  }
}

function keyOf(layer: number, low: number): number {
  return (layer * LAYER_UNIT + low) * UNIT;
}
