import { EVENT_CODE } from "../../model/batch.ts";
import type { TraceBuilder } from "../../model/builder.ts";
import { FLAG, OP_CODE } from "../../model/ops.ts";
import { BLOCK_EVENT } from "./blockEvent.ts";
import type { EventColumns } from "./eventColumns.ts";
import { LAYER, type Layers } from "./layers.ts";
import { OpenRequests, pairKey } from "./openRequests.ts";
import { QueuedBios } from "./queuedBios.ts";

/** What was met on the way, for the record columns and the notes of the quality record. */
export interface Met {
  queues: number;
  completions: number;
  issues: number;
  /** Bios that completed although their device never got them. */
  endedUnissued: number;
  /** Issues on a device that had been taken for one that does not issue. */
  lateIssues: number;
}

/** Pairs the events of devices whose layer is known into requests, completions and bios. Hot, all of it. */
export class Pairing {
  readonly met: Met = { queues: 0, completions: 0, issues: 0, endedUnissued: 0, lateIssues: 0 };
  readonly open = new OpenRequests();
  readonly bios = new QueuedBios();
  readonly #out: TraceBuilder;
  readonly #layers: Layers;
  readonly #events: EventColumns;
  readonly #texts: Map<number, string>;

  constructor(out: TraceBuilder, layers: Layers, events: EventColumns, texts: Map<number, string>) {
    this.#out = out;
    this.#layers = layers;
    this.#events = events;
    this.#texts = texts;
  }

  /** Takes the first `length` events. */
  run(length: number): void {
    const { kind, device } = this.#events;
    const layers = this.#layers.of;
    for (let i = 0; i < length; i++) {
      const issues = layers[device[i]!] === LAYER.issues;
      switch (kind[i]) {
        case BLOCK_EVENT.queue:
          this.#queue(i, issues);
          break;
        case BLOCK_EVENT.issue:
          if (issues) this.#issue(i);
          else this.met.lateIssues++;
          break;
        case BLOCK_EVENT.complete:
          this.#complete(i);
          break;
        case BLOCK_EVENT.requeue:
          if (issues) this.#requeue(i);
          break;
        case BLOCK_EVENT.remap:
          this.#layers.remap(this.#events.extra[i]!, device[i]!);
          break;
        case BLOCK_EVENT.passthrough:
          this.#event(EVENT_CODE.passthrough, i);
          break;
        case BLOCK_EVENT.message:
          this.#message(this.#events.extra[i]!, this.#events.timeNs[i]!);
          break;
        default:
          this.#life(i, issues);
      }
    }
  }

  /** What happens to a bio between its arrival and its issue. */
  #life(i: number, issues: boolean): void {
    const { kind, device, op, offset, length, timeNs, extra } = this.#events;
    if (kind[i] === BLOCK_EVENT.split) this.#event(EVENT_CODE.split, i);
    if (!issues) return;
    const key = pairKey(device[i]!, op[i]!);
    if (kind[i] === BLOCK_EVENT.getRequest) this.bios.getRequest(key, offset[i]!, length[i]!, timeNs[i]!);
    else if (kind[i] === BLOCK_EVENT.insert) this.bios.insert(key, offset[i]!, length[i]!, timeNs[i]!);
    else if (kind[i] === BLOCK_EVENT.merge) this.bios.merge(key, offset[i]!, length[i]!, timeNs[i]!);
    else if (kind[i] === BLOCK_EVENT.split) this.bios.split(key, offset[i]!, extra[i]!);
  }

  #message(number: number, timeNs: number): void {
    this.#out.message(this.#texts.get(number)!, timeNs);
    this.#texts.delete(number);
  }

  #event(code: number, i: number): void {
    const { device, op, offset, length, timeNs } = this.#events;
    this.#out.event(code, op[i]!, device[i]!, timeNs[i]!, offset[i]!, length[i]!);
  }

  #queue(i: number, issues: boolean): void {
    const { device, op, flags, offset, length, timeNs } = this.#events;
    this.met.queues++;
    if (op[i] === OP_CODE.flush || (flags[i]! & FLAG.preflush) !== 0) this.#event(EVENT_CODE.flushRequested, i);
    if (length[i]! > 0) this.#event(EVENT_CODE.bioQueued, i);
    if (!issues) this.#request(i, flags[i]!, timeNs[i]!, 0);
    else if (length[i]! > 0)
      this.bios.queue(pairKey(device[i]!, op[i]!), offset[i]!, length[i]!, flags[i]!, timeNs[i]!);
  }

  #issue(i: number): void {
    const { device, op, flags, offset, length, timeNs } = this.#events;
    this.met.issues++;
    if (this.open.reissue(device[i]!, op[i]!, offset[i]!, length[i]!, timeNs[i]!) >= 0) return;
    const bios = this.bios.collect(pairKey(device[i]!, op[i]!), offset[i]!, length[i]!);
    // D says less than the bios did: the block layer takes FUA and preflush off before it issues.
    const slot = this.#request(i, flags[i]! | bios.flags, bios.queueNs, Math.max(0, bios.count - 1));
    if (slot < 0) this.#forgetBios(bios.first);
    else {
      const { firstBio, getRequestNs, insertNs } = this.open.columns;
      firstBio[slot] = bios.first;
      getRequestNs[slot] = bios.getRequestNs;
      insertNs[slot] = bios.insertNs;
    }
  }

  /** Adds the request's row; gives its slot among the open ones, or -1. */
  #request(i: number, flags: number, queueNs: number, mergedBios: number): number {
    const { device, op, offset, length, timeNs, process, cpu } = this.#events;
    const row = this.#out.request(
      op[i]!,
      flags,
      device[i]!,
      offset[i]!,
      length[i]!,
      timeNs[i]!,
      queueNs,
      process[i]!,
      cpu[i]!,
      mergedBios,
    );
    const slot = this.open.add(device[i]!, op[i]!, offset[i]!, length[i]!);
    if (slot < 0) return slot;
    const { columns } = this.open;
    columns.row[slot] = row;
    columns.flags[slot] = flags;
    columns.issueNs[slot] = timeNs[i]!;
    columns.queueNs[slot] = queueNs;
    columns.getRequestNs[slot] = Number.NaN;
    columns.insertNs[slot] = Number.NaN;
    return slot;
  }

  #requeue(i: number): void {
    const { device, op, offset, length } = this.#events;
    this.#out.quality.requeues++;
    this.#event(EVENT_CODE.requeue, i);
    const slot = this.open.find(device[i]!, op[i]!, offset[i]!, length[i]!);
    if (slot >= 0) this.open.requeue(slot);
  }

  #complete(i: number): void {
    const { device, op, offset, length, timeNs, error } = this.#events;
    this.met.completions++;
    const whole = this.open.find(device[i]!, op[i]!, offset[i]!, length[i]!);
    if (whole >= 0) this.#finish(whole, timeNs[i]!, error[i]!);
    // C without bytes after the C of the request itself is the end of a flush sequence.
    else if (length[i]! > 0) this.#completePart(i);
    else if (op[i] === OP_CODE.flush) this.#out.quality.unmatchedCompletions++;
  }

  #completePart(i: number): void {
    const { device, op, offset, length, error } = this.#events;
    const part = this.open.findLonger(device[i]!, op[i]!, offset[i]!, length[i]!);
    if (part >= 0) {
      this.#out.quality.partialCompletions++;
      if (error[i] !== 0) this.open.columns.error[part] = error[i]!;
      this.open.advance(part, length[i]!);
    } else if (this.bios.drop(pairKey(device[i]!, op[i]!), offset[i]!, length[i]!)) this.met.endedUnissued++;
    else this.#out.quality.unmatchedCompletions++;
  }

  #finish(slot: number, completeNs: number, error: number): void {
    const { columns } = this.open;
    const device = columns.device[slot]!;
    this.#out.complete(
      columns.row[slot]!,
      columns.op[slot]!,
      columns.flags[slot]!,
      device,
      columns.offset[slot]!,
      columns.length[slot]!,
      columns.queueNs[slot]!,
      columns.getRequestNs[slot]!,
      columns.insertNs[slot]!,
      columns.issueNs[slot]!,
      completeNs,
      error !== 0 ? error : columns.error[slot]!,
    );
    if (this.#layers.of[device] === LAYER.issues) this.#finishBios(slot, completeNs);
    else if (columns.length[slot]! > 0) this.#finishQueued(slot, completeNs);
    this.open.remove(slot);
  }

  #finishBios(slot: number, completeNs: number): void {
    const { columns } = this.open;
    const bios = this.bios.columns;
    let bio = columns.firstBio[slot]!;
    while (bio >= 0) {
      this.#out.bio(
        columns.row[slot]!,
        columns.op[slot]!,
        columns.device[slot]!,
        bios.length[bio]!,
        bios.queueNs[bio]!,
        bios.getRequestNs[bio]!,
        bios.insertNs[bio]!,
        bios.mergeNs[bio]!,
        columns.issueNs[slot]!,
        completeNs,
      );
      const next = bios.next[bio]!;
      this.bios.free(bio);
      bio = next;
    }
  }

  /** On a device that issues nothing the request is the bio. */
  #finishQueued(slot: number, completeNs: number): void {
    const { row, op, device, length, queueNs } = this.open.columns;
    this.#out.bio(
      row[slot]!,
      op[slot]!,
      device[slot]!,
      length[slot]!,
      queueNs[slot]!,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      completeNs,
    );
  }

  #forgetBios(first: number): void {
    let bio = first;
    while (bio >= 0) {
      const next = this.bios.columns.next[bio]!;
      this.bios.free(bio);
      bio = next;
    }
  }
}
