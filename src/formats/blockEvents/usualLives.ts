import { EVENT_CODE } from "../../model/batch.ts";
import type { TraceBuilder } from "../../model/builder.ts";
import { FLAG, OP_CODE } from "../../model/ops.ts";
import { BLOCK_EVENT } from "./blockEvent.ts";
import { DOUBLE, EVENT_DOUBLES, EVENT_INTS, type EventList, INT } from "./eventList.ts";
import { LAYER, type Layers } from "./layers.ts";
import type { OpenRequests } from "./openRequests.ts";
import type { Met } from "./pairing.ts";
import type { QueuedBios } from "./queuedBios.ts";
import {
  BIO_DOUBLES,
  BIO_INTS,
  BIO_SLOT,
  CGROUP_SHIFT,
  FLAGS_MASK,
  pairKey,
  REQUEST_DOUBLES,
  REQUEST_INTS,
  REQUEST_SLOT,
} from "./slots.ts";
import { hashOf } from "./slotTable.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const [INTS, DOUBLES] = [EVENT_INTS, EVENT_DOUBLES];
const { kind: KIND, device: DEVICE, op: OP, flags: FLAGS } = INT;
const { process: PROCESS, cpu: CPU, error: ERROR, cgroup: CGROUP } = INT;
const { offset: OFFSET, length: LENGTH, timeNs: TIME_NS } = DOUBLE;
const { queue: QUEUE, getRequest: GET_REQUEST, insert: INSERT, issue: ISSUE, complete: COMPLETE } = BLOCK_EVENT;
const [BIO, REQUEST] = [BIO_SLOT, REQUEST_SLOT];
const [BIO_INT, BIO_DOUBLE, REQUEST_INT, REQUEST_DOUBLE] = [BIO_INTS, BIO_DOUBLES, REQUEST_INTS, REQUEST_DOUBLES];
const [ABOVE_FLAGS, ONLY_FLAGS] = [CGROUP_SHIFT, FLAGS_MASK];
const BIO_QUEUED = EVENT_CODE.bioQueued;
const ISSUES = LAYER.issues;
const { write: LAST_USUAL_OP } = OP_CODE;
const PREFLUSH = FLAG.preflush;
const NONE = -1;

/**
 * The life that nearly all requests have: a bio is queued (Q) for a read or a write, gets a request of its own (G), is
 * inserted (I), issued (D) and completed (C) whole, and the oldest that is known of its place is it. What `Pairing`
 * does for any event in small steps is done here for these in one; an event that is not so is left to it, untouched.
 */
export class UsualLives {
  readonly #out: TraceBuilder;
  readonly #layers: Layers;
  readonly #events: EventList;
  readonly #bios: QueuedBios;
  readonly #open: OpenRequests;
  readonly #met: Met;

  constructor(out: TraceBuilder, layers: Layers, events: EventList, bios: QueuedBios, open: OpenRequests, met: Met) {
    this.#out = out;
    this.#layers = layers;
    this.#events = events;
    this.#bios = bios;
    this.#open = open;
    this.#met = met;
  }

  /** Takes events up to the first that is not usual; gives its number. Hot, as all that follows. */
  take(from: number, count: number): number {
    if (Number.isNaN(this.#out.originNs)) return from;
    const { of: layers } = this.#layers;
    const { ints, doubles } = this.#events;
    let i = from;
    for (; i < count; i++) {
      const at = i * INTS;
      const kind = ints[at + KIND]!;
      const device = ints[at + DEVICE]!;
      const op = ints[at + OP]!;
      if (layers[device] !== ISSUES || op > LAST_USUAL_OP) break;
      const key = pairKey(device, op);
      const hash = hashOf(key, doubles[i * DOUBLES + OFFSET]!);
      if (kind === QUEUE) {
        if (!this.#queue(i, key, hash)) break;
      } else if (kind === COMPLETE) {
        if (!this.#complete(i, key, hash)) break;
      } else if (!this.#goOn(i, kind, key, hash)) break;
    }
    return i;
  }

  #queue(i: number, key: number, hash: number): boolean {
    const { ints: eventInts, doubles: eventDoubles } = this.#events;
    const event = i * INTS;
    const eventDouble = i * DOUBLES;
    const flags = eventInts[event + FLAGS]!;
    const length = eventDoubles[eventDouble + LENGTH]!;
    const out = this.#out;
    const batch = out.eventsWithRoom();
    if (length === 0 || (flags & PREFLUSH) !== 0) return false;
    const { table } = this.#bios;
    const slot = table.insert(hash);
    if (slot < 0) return false;
    this.#met.queues++;
    const { ints, doubles } = table;
    const int = slot * BIO_INT;
    const double = slot * BIO_DOUBLE;
    const process = eventInts[event + PROCESS]!;
    const offset = eventDoubles[eventDouble + OFFSET]!;
    const timeNs = eventDoubles[eventDouble + TIME_NS]!;
    ints[int + BIO.key] = key;
    ints[int + BIO.flags] = flags | (eventInts[event + CGROUP]! << ABOVE_FLAGS);
    ints[int + BIO.process] = process;
    doubles[double + BIO.place] = offset;
    doubles[double + BIO.length] = length;
    doubles[double + BIO.queueNs] = timeNs;
    doubles[double + BIO.getRequestNs] = Number.NaN;
    doubles[double + BIO.insertNs] = Number.NaN;
    doubles[double + BIO.mergeNs] = Number.NaN;
    doubles[double + BIO.sleepNs] = Number.NaN;
    const row = batch.length++;
    batch.kind[row] = BIO_QUEUED;
    batch.op[row] = eventInts[event + OP]!;
    batch.device[row] = eventInts[event + DEVICE]!;
    batch.timeNs[row] = timeNs - out.originNs;
    batch.offsetBytes[row] = offset;
    batch.lengthBytes[row] = length;
    batch.extra[row] = process;
    batch.nextRow[row] = out.rows;
    return true;
  }

  /** G, I or D of the oldest bio of exactly the event's range. */
  #goOn(i: number, kind: number, key: number, hash: number): boolean {
    const { doubles: eventDoubles } = this.#events;
    const event = i * DOUBLES;
    const offset = eventDoubles[event + OFFSET]!;
    const timeNs = eventDoubles[event + TIME_NS]!;
    const { table } = this.#bios;
    const { ints, doubles } = table;
    let slot = table.first(hash);
    while (slot >= 0 && (doubles[slot * BIO_DOUBLE + BIO.place] !== offset || ints[slot * BIO_INT + BIO.key] !== key))
      slot = table.after(slot);
    const bio = slot * BIO_DOUBLE;
    if (slot < 0 || doubles[bio + BIO.length] !== eventDoubles[event + LENGTH]) return false;
    if (kind === ISSUE) return this.#issue(i, slot, key, hash);
    if (!Number.isNaN(doubles[bio + BIO.mergeNs]!)) return false;
    if (kind === GET_REQUEST && Number.isNaN(doubles[bio + BIO.getRequestNs]!))
      doubles[bio + BIO.getRequestNs] = timeNs;
    else if (kind === INSERT && Number.isNaN(doubles[bio + BIO.insertNs]!)) doubles[bio + BIO.insertNs] = timeNs;
    else return false;
    return true;
  }

  #issue(i: number, bioSlot: number, key: number, hash: number): boolean {
    const { ints: eventInts, doubles: eventDoubles } = this.#events;
    const out = this.#out;
    const bios = this.#bios;
    const open = this.#open;
    if (open.requeued > 0) return false;
    const slot = open.table.insert(hash);
    if (slot < 0) return false;
    const { ints: bioInts, doubles: bioDoubles } = bios.table;
    const event = i * INTS;
    const eventDouble = i * DOUBLES;
    const bioInt = bioSlot * BIO_INT;
    const bio = bioSlot * BIO_DOUBLE;
    const device = eventInts[event + DEVICE]!;
    const offset = eventDoubles[eventDouble + OFFSET]!;
    const length = eventDoubles[eventDouble + LENGTH]!;
    const issueNs = eventDoubles[eventDouble + TIME_NS]!;
    const queueNs = bioDoubles[bio + BIO.queueNs]!;
    const flags = eventInts[event + FLAGS]! | (bioInts[bioInt + BIO.flags]! & ONLY_FLAGS);
    this.#met.issues++;
    open.addedOf[device]!++;
    bios.attached++;
    bios.table.unlink(bioSlot);
    bioInts[bioInt + BIO.nextBio] = NONE;
    const { ints, doubles } = open.table;
    const int = slot * REQUEST_INT;
    const double = slot * REQUEST_DOUBLE;
    ints[int + REQUEST.key] = key;
    ints[int + REQUEST.flags] = flags;
    ints[int + REQUEST.error] = 0;
    ints[int + REQUEST.requeued] = 0;
    ints[int + REQUEST.firstBio] = bioSlot;
    ints[int + REQUEST.process] = 0;
    doubles[double + REQUEST.row] = out.rows;
    doubles[double + REQUEST.place] = offset;
    doubles[double + REQUEST.offset] = offset;
    doubles[double + REQUEST.length] = length;
    doubles[double + REQUEST.remaining] = length;
    doubles[double + REQUEST.queueNs] = queueNs;
    doubles[double + REQUEST.getRequestNs] = bioDoubles[bio + BIO.getRequestNs]!;
    doubles[double + REQUEST.insertNs] = bioDoubles[bio + BIO.insertNs]!;
    doubles[double + REQUEST.issueNs] = issueNs;
    const batch = out.requests;
    const row = batch.length;
    batch.op[row] = eventInts[event + OP]!;
    batch.flags[row] = flags;
    batch.device[row] = device;
    batch.offsetBytes[row] = offset;
    batch.lengthBytes[row] = length;
    batch.issueNs[row] = issueNs;
    batch.queueNs[row] = queueNs;
    batch.process[row] = eventInts[event + PROCESS]!;
    batch.cpu[row] = eventInts[event + CPU]!;
    batch.mergedBios[row] = 0;
    batch.cgroup[row] = eventInts[event + CGROUP]!;
    out.takeRequest();
    return true;
  }

  /** C of the oldest open request of its place, which it completes whole, with its only bio. */
  #complete(i: number, key: number, hash: number): boolean {
    const { ints: eventInts, doubles: eventDoubles } = this.#events;
    const eventDouble = i * DOUBLES;
    const offset = eventDoubles[eventDouble + OFFSET]!;
    const completeNs = eventDoubles[eventDouble + TIME_NS]!;
    const open = this.#open;
    const { table } = open;
    const { ints, doubles } = table;
    let slot = table.first(hash);
    while (
      slot >= 0 &&
      (doubles[slot * REQUEST_DOUBLE + REQUEST.place] !== offset || ints[slot * REQUEST_INT + REQUEST.key] !== key)
    )
      slot = table.after(slot);
    if (slot < 0) return false;
    const int = slot * REQUEST_INT;
    const double = slot * REQUEST_DOUBLE;
    const bioSlot = ints[int + REQUEST.firstBio]!;
    const issueNs = doubles[double + REQUEST.issueNs]!;
    if (bioSlot < 0 || ints[int + REQUEST.requeued] !== 0 || completeNs < issueNs) return false;
    if (doubles[double + REQUEST.remaining] !== eventDoubles[eventDouble + LENGTH]) return false;
    const bios = this.#bios;
    const { ints: bioInts, doubles: bioDoubles } = bios.table;
    const bioInt = bioSlot * BIO_INT;
    const bio = bioSlot * BIO_DOUBLE;
    if (bioInts[bioInt + BIO.nextBio] !== NONE) return false;
    const out = this.#out;
    const completions = out.completionsWithRoom();
    const batch = out.biosWithRoom();
    const { originNs } = out;
    const device = eventInts[i * INTS + DEVICE]!;
    const op = eventInts[i * INTS + OP]!;
    const error = eventInts[i * INTS + ERROR]!;
    const requestRow = doubles[double + REQUEST.row]!;
    this.#met.completions++;
    open.completedOf[device]!++;
    const at = completions.length++;
    completions.row[at] = requestRow;
    completions.op[at] = op;
    completions.flags[at] = ints[int + REQUEST.flags]!;
    completions.device[at] = device;
    completions.offsetBytes[at] = doubles[double + REQUEST.offset]!;
    completions.lengthBytes[at] = doubles[double + REQUEST.length]!;
    completions.queueNs[at] = doubles[double + REQUEST.queueNs]! - originNs;
    completions.getRequestNs[at] = doubles[double + REQUEST.getRequestNs]! - originNs;
    completions.insertNs[at] = doubles[double + REQUEST.insertNs]! - originNs;
    completions.issueNs[at] = issueNs - originNs;
    completions.completeNs[at] = completeNs - originNs;
    completions.error[at] = error !== 0 ? error : ints[int + REQUEST.error]!;
    const row = batch.length++;
    batch.row[row] = requestRow;
    batch.op[row] = op;
    batch.device[row] = device;
    batch.process[row] = bioInts[bioInt + BIO.process]!;
    batch.cgroup[row] = bioInts[bioInt + BIO.flags]! >>> ABOVE_FLAGS;
    batch.lengthBytes[row] = bioDoubles[bio + BIO.length]!;
    batch.queueNs[row] = bioDoubles[bio + BIO.queueNs]! - originNs;
    batch.sleepNs[row] = bioDoubles[bio + BIO.sleepNs]! - originNs;
    batch.getRequestNs[row] = bioDoubles[bio + BIO.getRequestNs]! - originNs;
    batch.insertNs[row] = bioDoubles[bio + BIO.insertNs]! - originNs;
    batch.mergeNs[row] = bioDoubles[bio + BIO.mergeNs]! - originNs;
    batch.issueNs[row] = issueNs - originNs;
    batch.completeNs[row] = completeNs - originNs;
    bios.attached--;
    bios.table.free(bioSlot);
    table.unlink(slot);
    table.free(slot);
    return true;
  }
}
