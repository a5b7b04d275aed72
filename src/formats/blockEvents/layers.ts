import type { TraceBuilder } from "../../model/builder.ts";
import { BLOCK_EVENT, deviceId, majorOf } from "./blockEvent.ts";
import { EVENT_INTS, type EventList, INT } from "./eventList.ts";

const MOST_DEVICES = 4096;
/** Device numbers that are kept; the trace has one index for all devices beyond its own limit, so more need no place. */
const MOST_NUMBERS = 2 * MOST_DEVICES;
/** Pairs of devices between which bios are seen to come down. */
const MOST_PAIRS = 4096;
const RECENT = 64;
/** The kernel's "blkext": disks and partitions beyond the numbers of their driver. */
const EXTENDED_MAJOR = 259;

/** Where a device's requests show: `issues` D … C, `queues` Q … C (dm, md). */
export const LAYER = { unseen: 0, undecided: 1, issues: 2, queues: 3 } as const;

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const INTS = EVENT_INTS;
const { kind: KIND, device: DEVICE } = INT;
const { issues: ISSUES } = LAYER;
const { queue: QUEUE, issue: ISSUE, passthrough: PASSTHROUGH } = BLOCK_EVENT;

/** How far bios are moved on their way from one device down to another. */
interface Shift {
  readonly fromNumber: number;
  readonly device: number;
  readonly startBytes: number;
  /** Whether all moved equally far: a partition's do. */
  constant: boolean;
  bios: number;
  bytes: number;
}

/** Which devices there are, which of them issue, and which stand on others. */
export class Layers {
  readonly of = new Uint8Array(MOST_DEVICES);
  /** Devices that have queued and not yet issued. */
  readonly undecided = new Set<number>();
  readonly #out: TraceBuilder;
  readonly #indexOf = new Map<number, number>();
  readonly #remaps = new Map<number, Set<number>>();
  #pairs = 0;
  #someQueue = false;
  /** The latest device of each remainder: looked at before the map. */
  readonly #recentNumber = new Float64Array(RECENT).fill(-1);
  readonly #recentIndex = new Int32Array(RECENT);
  #lastRemap = -1;
  readonly #shifts = new Map<number, Shift>();
  #lastShiftKey = -1;
  #lastShift: Shift | undefined;

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

  /** The trace's index of a device by its number, -1 where it has no events. */
  known(number: number): number {
    return this.#indexOf.get(number) ?? -1;
  }

  #find(number: number): number {
    const known = this.#indexOf.get(number);
    if (known !== undefined) return known;
    const index = this.#out.device(deviceId(number));
    if (this.#indexOf.size < MOST_NUMBERS) this.#indexOf.set(number, index);
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
    this.#someQueue = true;
    this.#markStacked();
  }

  /** A bio came to `device` from the device of that number (which need not be in the trace: a partition is not). */
  remap(fromNumber: number, device: number): void {
    const pair = fromNumber * MOST_DEVICES + device;
    if (pair === this.#lastRemap) return;
    this.#lastRemap = pair;
    const targets = this.#remaps.get(fromNumber) ?? new Set();
    if (targets.has(device) || this.#pairs === MOST_PAIRS) return;
    this.#pairs++;
    this.#remaps.set(fromNumber, targets.add(device));
    this.#markStacked();
  }

  /** A bio moved that far on its way down. Hot where there are partitions. */
  learnShift(fromNumber: number, device: number, shiftBytes: number, lengthBytes: number): void {
    const key = fromNumber * MOST_DEVICES + device;
    let shift = this.#lastShift;
    if (key !== this.#lastShiftKey || shift === undefined) {
      const known = this.#shifts.get(key);
      if (known === undefined && this.#shifts.size === MOST_PAIRS) {
        this.#tooManyPairs();
        return;
      }
      shift = known ?? { fromNumber, device, startBytes: shiftBytes, constant: true, bios: 0, bytes: 0 };
      this.#shifts.set(key, shift);
      this.#lastShiftKey = key;
      this.#lastShift = shift;
    }
    if (shift.startBytes !== shiftBytes) shift.constant = false;
    shift.bios++;
    shift.bytes += lengthBytes;
  }

  /** Partitions have no requests of their own, the major number of their disk (or 259), and one shift. */
  tellPartitions(): void {
    for (const { fromNumber, device, startBytes, constant, bios, bytes } of this.#shifts.values()) {
      if (!constant || this.#indexOf.has(fromNumber)) continue;
      const { id } = this.#out.deviceFacts(device);
      const major = majorOf(fromNumber);
      if (major !== EXTENDED_MAJOR && major !== Number(id.split(",")[0])) continue;
      this.#out.partitions.push({ id: deviceId(fromNumber), device, startBytes, bios, bytes });
    }
  }

  #tooManyPairs(): void {
    this.#out.note(
      "too-many-remaps",
      `bios come down between more than ${MOST_PAIRS} pairs of devices; of the rest it is not told what stands on what`,
    );
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
    if (this.#pairs === 0 && !this.#someQueue) return;
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
