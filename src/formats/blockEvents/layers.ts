import type { TraceBuilder } from "../../model/builder.ts";
import { BLOCK_EVENT, deviceId } from "./blockEvent.ts";
import { EVENT_INTS, type EventList, INT } from "./eventList.ts";

const MOST_DEVICES = 4096;
const RECENT = 64;

/** Where a device's requests show: `issues` D … C, `queues` Q … C (dm, md). */
export const LAYER = { unseen: 0, undecided: 1, issues: 2, queues: 3 } as const;

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const INTS = EVENT_INTS;
const { kind: KIND, device: DEVICE } = INT;
const { issues: ISSUES } = LAYER;
const { queue: QUEUE, issue: ISSUE, passthrough: PASSTHROUGH } = BLOCK_EVENT;

/** Which devices there are, which of them issue, and which stand on others. */
export class Layers {
  readonly of = new Uint8Array(MOST_DEVICES);
  /** Devices that have queued and not yet issued. */
  readonly undecided = new Set<number>();
  readonly #out: TraceBuilder;
  readonly #indexOf = new Map<number, number>();
  readonly #remaps = new Map<number, Set<number>>();
  /** The latest device of each remainder: looked at before the map. */
  readonly #recentNumber = new Float64Array(RECENT).fill(-1);
  readonly #recentIndex = new Int32Array(RECENT);
  #lastRemap = -1;

  constructor(out: TraceBuilder) {
    this.#out = out;
  }

  /** The trace's index of a device by its number. */
  device(number: number): number {
    // Disks of one driver are 16 numbers apart.
    const place = (number ^ (number >>> 4)) & (RECENT - 1);
    if (this.#recentNumber[place] === number) return this.#recentIndex[place]!;
    const index = this.#find(number);
    this.#recentNumber[place] = number;
    this.#recentIndex[place] = index;
    return index;
  }

  #find(number: number): number {
    const known = this.#indexOf.get(number);
    if (known !== undefined) return known;
    const index = this.#out.device(deviceId(number));
    this.#indexOf.set(number, index);
    return index;
  }

  /** Learns from events which devices queue and which issue. */
  learn({ ints, length }: EventList, from: number): void {
    const { of: layers } = this;
    for (let at = from * INTS; at < length * INTS; at += INTS) {
      const device = ints[at + DEVICE]!;
      if (layers[device]! >= ISSUES) continue;
      const kind = ints[at + KIND];
      if (kind === QUEUE) this.#queued(device);
      else if (kind === ISSUE || kind === PASSTHROUGH) this.#issued(device);
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
