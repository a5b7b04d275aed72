import { EVENT_CODE } from "../../model/batch.ts";
import type { TraceBuilder } from "../../model/builder.ts";
import { FLAG, OP_CODE } from "../../model/ops.ts";
import { BLOCK_EVENT } from "./blockEvent.ts";
import { DOUBLE, EVENT_DOUBLES, EVENT_INTS, type EventList, INT } from "./eventList.ts";
import { LAYER, type Layers } from "./layers.ts";
import { OpenRequests, pairKey } from "./openRequests.ts";
import { type Collected, QueuedBios } from "./queuedBios.ts";

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

  constructor(out: TraceBuilder, layers: Layers, events: EventList, texts: Map<number, string>) {
    this.#out = out;
    this.#layers = layers;
    this.#events = events;
    this.#texts = texts;
    this.bios = new QueuedBios(out);
    this.open = new OpenRequests(out, this.bios);
  }

  /** Takes the first events. */
  run(count: number): void {
    for (let i = 0; i < count; i++) this.#take(i);
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
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    const kind = ints[int + KIND];
    if (kind === SPLIT) this.#event(EVENT_CODE.split, i);
    if (!issues) return;
    const key = pairKey(ints[int + DEVICE]!, ints[int + OP]!);
    const offset = doubles[double + OFFSET]!;
    const length = doubles[double + LENGTH]!;
    const timeNs = doubles[double + TIME_NS]!;
    if (kind === GET_REQUEST) this.bios.getRequest(key, offset, length, timeNs);
    else if (kind === INSERT) this.bios.insert(key, offset, length, timeNs);
    else if (kind === MERGE) {
      this.bios.merge(key, offset, length, timeNs);
      this.#event(MERGED, i);
    } else if (kind === SLEEP) this.bios.sleep(key, offset, length, timeNs);
    else if (kind === SPLIT) this.bios.split(key, offset, this.#extra(i));
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

  #event(code: number, i: number): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    this.#out.event(
      code,
      ints[int + OP]!,
      ints[int + DEVICE]!,
      doubles[double + TIME_NS]!,
      doubles[double + OFFSET]!,
      doubles[double + LENGTH]!,
      doubles[double + EXTRA]!,
    );
  }

  #bioQueued(i: number): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    this.#out.event(
      BIO_QUEUED,
      ints[int + OP]!,
      ints[int + DEVICE]!,
      doubles[double + TIME_NS]!,
      doubles[double + OFFSET]!,
      doubles[double + LENGTH]!,
      ints[int + PROCESS]!,
    );
  }

  #queue(i: number, issues: boolean): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    const op = ints[int + OP]!;
    const flags = ints[int + FLAGS]!;
    const length = doubles[double + LENGTH]!;
    const timeNs = doubles[double + TIME_NS]!;
    this.met.queues++;
    if (op === FLUSH || (flags & PREFLUSH) !== 0) this.#event(EVENT_CODE.flushRequested, i);
    if (length > 0) this.#bioQueued(i);
    if (!issues) this.#request(i, this.bios.itself(timeNs, ints[int + PROCESS]!));
    else if (length > 0)
      this.bios.queue(
        pairKey(ints[int + DEVICE]!, op),
        doubles[double + OFFSET]!,
        length,
        flags,
        timeNs,
        ints[int + PROCESS]!,
      );
  }

  #issue(i: number): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    const key = pairKey(ints[int + DEVICE]!, ints[int + OP]!);
    const offset = doubles[double + OFFSET]!;
    const length = doubles[double + LENGTH]!;
    this.met.issues++;
    if (this.open.reissue(key, offset, length, doubles[double + TIME_NS]!)) return;
    this.#request(i, this.bios.collect(key, offset, length));
  }

  #request(i: number, bios: Collected): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    const device = ints[int + DEVICE]!;
    const op = ints[int + OP]!;
    // D says less than the bios did: the block layer takes FUA and preflush off before it issues.
    const flags = ints[int + FLAGS]! | bios.flags;
    const offset = doubles[double + OFFSET]!;
    const length = doubles[double + LENGTH]!;
    const timeNs = doubles[double + TIME_NS]!;
    const { requests } = this.#out;
    const next = requests.length;
    requests.op[next] = op;
    requests.flags[next] = flags;
    requests.device[next] = device;
    requests.offsetBytes[next] = offset;
    requests.lengthBytes[next] = length;
    requests.issueNs[next] = timeNs;
    requests.queueNs[next] = bios.queueNs;
    requests.process[next] = ints[int + PROCESS]!;
    requests.cpu[next] = ints[int + CPU]!;
    requests.mergedBios[next] = bios.count > 0 ? bios.count - 1 : 0;
    requests.cgroup[next] = ints[int + CGROUP]!;
    const row = this.#out.takeRequest();
    this.open.add(row, pairKey(device, op), flags, offset, length, timeNs, bios);
  }

  #requeue(i: number): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    this.#out.quality.requeues++;
    this.#event(EVENT_CODE.requeue, i);
    const key = pairKey(ints[int + DEVICE]!, ints[int + OP]!);
    const slot = this.open.find(key, doubles[double + OFFSET]!, doubles[double + LENGTH]!);
    if (slot >= 0) this.open.requeue(slot);
  }

  #complete(i: number): void {
    const { ints, doubles } = this.#events;
    const int = i * INTS;
    const double = i * DOUBLES;
    const op = ints[int + OP]!;
    const key = pairKey(ints[int + DEVICE]!, op);
    const offset = doubles[double + OFFSET]!;
    const length = doubles[double + LENGTH]!;
    const error = ints[int + ERROR]!;
    this.met.completions++;
    const whole = this.open.find(key, offset, length);
    if (whole >= 0) this.open.complete(whole, doubles[double + TIME_NS]!, error);
    // C without bytes after the C of the request itself is the end of a flush sequence.
    else if (length > 0) this.#completePart(key, offset, length, error);
    else if (op === FLUSH) this.#out.quality.unmatchedCompletions++;
  }

  #completePart(key: number, offset: number, length: number, error: number): void {
    const part = this.open.findLonger(key, offset, length);
    if (part >= 0) {
      this.#out.quality.partialCompletions++;
      this.open.advance(part, length, error);
    } else if (this.bios.drop(key, offset, length)) this.met.endedUnissued++;
    else this.#out.quality.unmatchedCompletions++;
  }
}
