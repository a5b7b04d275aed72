import type { TraceBuilder } from "../../model/builder.ts";
import { BLOCK_EVENT, deviceId } from "./blockEvent.ts";
import type { EventColumns } from "./eventColumns.ts";

const MOST_DEVICES = 4096;

/** Where a device's requests show: `issues` D … C, `queues` Q … C (dm, md). */
export const LAYER = { unseen: 0, undecided: 1, issues: 2, queues: 3 } as const;

/** Which devices there are, which of them issue, and which stand on others. */
export class Layers {
  readonly of = new Uint8Array(MOST_DEVICES);
  /** Devices that have queued and not yet issued. */
  readonly undecided = new Set<number>();
  readonly #out: TraceBuilder;
  readonly #indexOf = new Map<number, number>();
  readonly #remaps = new Map<number, Set<number>>();
  #lastNumber = -1;
  #lastIndex = -1;
  #lastRemap = -1;

  constructor(out: TraceBuilder) {
    this.#out = out;
  }

  /** The trace's index of a device by its number. */
  device(number: number): number {
    if (number === this.#lastNumber) return this.#lastIndex;
    let index = this.#indexOf.get(number);
    if (index === undefined) {
      index = this.#out.device(deviceId(number));
      this.#indexOf.set(number, index);
    }
    this.#lastNumber = number;
    this.#lastIndex = index;
    return index;
  }

  /** Learns from events which devices queue and which issue. */
  learn({ kind, device }: EventColumns, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      if (this.of[device[i]!]! >= LAYER.issues) continue;
      if (kind[i] === BLOCK_EVENT.queue) this.#queued(device[i]!);
      else if (kind[i] === BLOCK_EVENT.issue || kind[i] === BLOCK_EVENT.passthrough) this.#issued(device[i]!);
    }
  }

  /** No more waiting for a device that has not issued: it does not. */
  decideQueues(device: number): void {
    this.undecided.delete(device);
    this.of[device] = LAYER.queues;
    this.#markStacked();
  }

  /** A bio came to `device` from the device of that number (which need not be in the trace: a partition is not). */
  remap(fromNumber: number, device: number): void {
    const pair = fromNumber * MOST_DEVICES + device;
    if (pair === this.#lastRemap) return;
    this.#lastRemap = pair;
    const targets = this.#remaps.get(fromNumber) ?? new Set();
    if (targets.has(device)) return;
    this.#remaps.set(fromNumber, targets.add(device));
    this.#markStacked();
  }

  #queued(device: number): void {
    this.of[device] = LAYER.undecided;
    this.undecided.add(device);
  }

  #issued(device: number): void {
    this.undecided.delete(device);
    this.of[device] = LAYER.issues;
    this.#markStacked();
  }

  #markStacked(): void {
    const devices = [...this.#indexOf];
    const someIssue = devices.some(([, device]) => this.of[device] === LAYER.issues);
    for (const [number, device] of devices) {
      const layer = this.of[device]!;
      if (layer < LAYER.issues) continue;
      const onAnother = [...(this.#remaps.get(number) ?? [])].some(
        (to) => to !== device && this.of[to]! >= LAYER.issues,
      );
      if (onAnother || (layer === LAYER.queues && someIssue)) this.#out.deviceFacts(device).stacked = true;
    }
  }
}
