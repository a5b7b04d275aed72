import { EVENT_CODE } from "../../model/batch.ts";
import type { TraceBuilder } from "../../model/builder.ts";
import { FLAG, OP_CODE } from "../../model/ops.ts";
import { BLOCK_EVENT } from "./blockEvent.ts";
import { DOUBLE, EVENT_DOUBLES, EVENT_INTS, type EventList, INT } from "./eventList.ts";
import { LAYER, type Layers } from "./layers.ts";
import { OpenRequests } from "./openRequests.ts";
import { type Collected, QueuedBios } from "./queuedBios.ts";
import { pairKey } from "./slots.ts";
import { hashOf } from "./slotTable.ts";
import { UsualLives } from "./usualLives.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const [INTS, DOUBLES] = [EVENT_INTS, EVENT_DOUBLES];
const { kind: KIND, device: DEVICE, op: OP, flags: FLAGS, process: PROCESS, cpu: CPU, cgroup: CGROUP } = INT;
const { offset: OFFSET, length: LENGTH, timeNs: TIME_NS, extra: EXTRA } = DOUBLE;
const { queue: QUEUE, getRequest: GET_REQUEST, insert: INSERT, merge: MERGE, issue: ISSUE } = BLOCK_EVENT;
const { requeue: REQUEUE, complete: COMPLETE, split: SPLIT, remap: REMAP } = BLOCK_EVENT;
const { passthrough: PASSTHROUGH, message: MESSAGE, sleep: SLEEP } = BLOCK_EVENT;
const { plug: PLUG, unplug: UNPLUG, unplugTimer: UNPLUG_TIMER } = BLOCK_EVENT;
const { bioQueued: BIO_QUEUED, merged: MERGED, remapped: REMAPPED } = EVENT_CODE;
const ISSUES = LAYER.issues;
const { flush: FLUSH, other: OTHER } = OP_CODE;
const PREFLUSH = FLAG.preflush;

/** What was met on the way, for the record columns and the notes of the quality record. */
export interface Met {
  queues: number;
  completions: number;
  issues: number;
  /** Bios that completed although their device never got them. */
  endedUnissued: number;
  /** Issues on a device that had been taken for one that does not issue. */
  lateIssues: number;
  plugs: number;
}

/** Pairs the events of devices whose layer is known into requests, completions and bios. Hot, all of it. */
export class Pairing {
  readonly met: Met = { queues: 0, completions: 0, issues: 0, endedUnissued: 0, lateIssues: 0, plugs: 0 };
  readonly bios: QueuedBios;
  readonly open: OpenRequests;
  readonly #out: TraceBuilder;
  readonly #layers: Layers;
  readonly #events: EventList;
  readonly #texts: Map<number, string>;
  readonly #usual: UsualLives;

  constructor(out: TraceBuilder, layers: Layers, events: EventList, texts: Map<number, string>) {
    this.#out = out;
    this.#layers = layers;
    this.#events = events;
    this.#texts = texts;
    this.bios = new QueuedBios(out, events);
    this.open = new OpenRequests(out, events, this.bios);
    this.#usual = new UsualLives(out, layers, events, this.bios, this.open, this.met);
  }

  /** Takes the first events. */
  run(count: number): void {
    for (let i = this.#usual.take(0, count); i < count; i = this.#usual.take(i + 1, count)) this.#take(i);
  }

  #take(i: number): void {
    const { ints } = this.#events;
    const at = i * INTS;
    const device = ints[at + DEVICE]!;
    const issues = this.#layers.of[device] === ISSUES;
    switch (ints[at + KIND]) {
      case QUEUE:
        this.#queue(i, issues);
        break;
      case ISSUE:
        if (issues) this.#issue(i);
        else this.met.lateIssues++;
        break;
      case COMPLETE:
        this.#complete(i);
        break;
      case REQUEUE:
        if (issues) this.#requeue(i);
        break;
      case REMAP:
        this.#remap(i, device);
        break;
      case PASSTHROUGH:
        this.#event(EVENT_CODE.passthrough, i);
        break;
      case MESSAGE:
        this.#message(i);
        break;
      case PLUG:
        this.met.plugs++;
        this.#plug(EVENT_CODE.plug, i);
        break;
      case UNPLUG:
        this.#plug(EVENT_CODE.unplug, i);
        break;
      case UNPLUG_TIMER:
        this.#plug(EVENT_CODE.unplugTimer, i);
        break;
      default:
        this.#life(i, issues);
    }
  }

  /** What happens to a bio between its arrival and its issue. */
  #life(i: number, issues: boolean): void {
    const { ints } = this.#events;
    const int = i * INTS;
    const kind = ints[int + KIND];
    if (kind === SPLIT) this.#event(EVENT_CODE.split, i);
    if (!issues) return;
    const key = pairKey(ints[int + DEVICE]!, ints[int + OP]!);
    const hash = hashOf(key, this.#events.doubles[i * DOUBLES + OFFSET]!);
    if (kind === GET_REQUEST) this.bios.getRequest(i, key, hash);
    else if (kind === INSERT) this.bios.insert(i, key);
    else if (kind === MERGE) {
      this.bios.merge(i, key, hash);
      this.#event(MERGED, i);
    } else if (kind === SLEEP) this.bios.sleep(i, key, hash);
    else if (kind === SPLIT) this.bios.split(i, key, hash);
  }

  #extra(i: number): number {
    return this.#events.doubles[i * DOUBLES + EXTRA]!;
  }

  /** A bio came down; where the device above is in the trace and has it open, since when it was there. */
  #remap(i: number, device: number): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    const fromNumber = doubles[double + EXTRA]!;
    this.#layers.remap(fromNumber, device);
    const above = this.#layers.known(fromNumber);
    if (above < 0) return;
    const timeNs = doubles[double + TIME_NS]!;
    const queueNs = this.open.queuedAt(pairKey(above, ints[int + OP]!), doubles[double + OFFSET]!);
    this.#out.event(
      REMAPPED,
      ints[int + OP]!,
      above,
      timeNs,
      doubles[double + OFFSET]!,
      doubles[double + LENGTH]!,
      timeNs - queueNs,
    );
  }

  #message(i: number): void {
    const number = this.#extra(i);
    this.#out.message(this.#texts.get(number)!, this.#events.doubles[i * DOUBLES + TIME_NS]!);
    this.#texts.delete(number);
  }

  /** A plug is of a task and a device, and of no op and place. */
  #plug(code: number, i: number): void {
    const { ints, doubles } = this.#events;
    const timeNs = doubles[i * DOUBLES + TIME_NS]!;
    this.#out.event(code, OTHER, ints[i * INTS + DEVICE]!, timeNs, 0, 0, this.#extra(i));
  }

  #event(code: number, i: number, extra = this.#extra(i)): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    const batch = this.#out.eventsWithRoom();
    const next = batch.length;
    batch.kind[next] = code;
    batch.op[next] = ints[int + OP]!;
    batch.device[next] = ints[int + DEVICE]!;
    batch.timeNs[next] = doubles[double + TIME_NS]!;
    batch.offsetBytes[next] = doubles[double + OFFSET]!;
    batch.lengthBytes[next] = doubles[double + LENGTH]!;
    batch.extra[next] = extra;
    this.#out.takeEvent();
  }

  #queue(i: number, issues: boolean): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    const op = ints[int + OP]!;
    const key = pairKey(ints[int + DEVICE]!, op);
    const hash = hashOf(key, doubles[double + OFFSET]!);
    const hasBytes = doubles[double + LENGTH]! > 0;
    this.met.queues++;
    if (op === FLUSH || (ints[int + FLAGS]! & PREFLUSH) !== 0) this.#event(EVENT_CODE.flushRequested, i);
    if (hasBytes) this.#event(BIO_QUEUED, i, ints[int + PROCESS]!);
    if (!issues) this.#request(i, key, hash, this.bios.itself(i));
    else if (hasBytes) this.bios.queue(i, key, hash);
  }

  #issue(i: number): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const key = pairKey(ints[int + DEVICE]!, ints[int + OP]!);
    const hash = hashOf(key, doubles[i * DOUBLES + OFFSET]!);
    this.met.issues++;
    if (this.open.reissue(i, key, hash)) return;
    this.#request(i, key, hash, this.bios.collect(i, key, hash));
  }

  #request(i: number, key: number, hash: number, bios: Collected): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    // D says less than the bios did: the block layer takes FUA and preflush off before it issues.
    const flags = ints[int + FLAGS]! | bios.flags;
    const { requests } = this.#out;
    const next = requests.length;
    requests.op[next] = ints[int + OP]!;
    requests.flags[next] = flags;
    requests.device[next] = ints[int + DEVICE]!;
    requests.offsetBytes[next] = doubles[double + OFFSET]!;
    requests.lengthBytes[next] = doubles[double + LENGTH]!;
    requests.issueNs[next] = doubles[double + TIME_NS]!;
    requests.queueNs[next] = bios.queueNs;
    requests.process[next] = ints[int + PROCESS]!;
    requests.cpu[next] = ints[int + CPU]!;
    requests.mergedBios[next] = bios.count > 0 ? bios.count - 1 : 0;
    requests.cgroup[next] = ints[int + CGROUP]!;
    this.#out.takeRequest();
    this.open.add(i, key, hash, flags, bios);
  }

  #requeue(i: number): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    this.#out.quality.requeues++;
    this.#event(EVENT_CODE.requeue, i);
    const key = pairKey(ints[int + DEVICE]!, ints[int + OP]!);
    const slot = this.open.find(i, key, hashOf(key, doubles[i * DOUBLES + OFFSET]!));
    if (slot >= 0) this.open.requeue(slot);
  }

  #complete(i: number): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    const op = ints[int + OP]!;
    const key = pairKey(ints[int + DEVICE]!, op);
    const hash = hashOf(key, doubles[double + OFFSET]!);
    this.met.completions++;
    const whole = this.open.find(i, key, hash);
    if (whole >= 0) this.open.complete(i, whole);
    // C without bytes after the C of the request itself is the end of a flush sequence.
    else if (doubles[double + LENGTH]! > 0) this.#completePart(i, key, hash);
    else if (op === FLUSH) this.#out.quality.unmatchedCompletions++;
  }

  #completePart(i: number, key: number, hash: number): void {
    const part = this.open.findLonger(i, key, hash);
    if (part >= 0) {
      this.#out.quality.partialCompletions++;
      this.open.advance(i, part);
    } else if (this.bios.drop(i, key, hash)) this.met.endedUnissued++;
    else this.#out.quality.unmatchedCompletions++;
  }
}
