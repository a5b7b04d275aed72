import { EVENT_CODE } from "../../model/batch.ts";
import type { TraceBuilder } from "../../model/builder.ts";
import { FLAG, OP_CODE } from "../../model/ops.ts";
import { BLOCK_EVENT } from "./blockEvent.ts";
import { LAYER, type Layers } from "./layers.ts";
import { OpenRequests, pairKey } from "./openRequests.ts";
import { type Collected, QueuedBios } from "./queuedBios.ts";

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

/** Pairs the events of devices whose layer is known into requests, completions and bios. */
export class Pairing {
  readonly met: Met = { queues: 0, completions: 0, issues: 0, endedUnissued: 0, lateIssues: 0 };
  readonly open = new OpenRequests();
  readonly bios = new QueuedBios();
  readonly #out: TraceBuilder;
  readonly #layers: Layers;

  constructor(out: TraceBuilder, layers: Layers) {
    this.#out = out;
    this.#layers = layers;
  }

  /** Hot: once an event. */
  add(
    kind: number,
    device: number,
    op: number,
    flags: number,
    offset: number,
    length: number,
    timeNs: number,
    process: number,
    cpu: number,
    error: number,
    extra: number,
  ): void {
    const issues = this.#layers.of[device] === LAYER.issues;
    switch (kind) {
      case BLOCK_EVENT.queue:
        this.#queue(device, op, flags, offset, length, timeNs, process, cpu, issues);
        break;
      case BLOCK_EVENT.getRequest:
        if (issues) this.bios.getRequest(pairKey(device, op), offset, length, timeNs);
        break;
      case BLOCK_EVENT.insert:
        if (issues) this.bios.insert(pairKey(device, op), offset, length, timeNs);
        break;
      case BLOCK_EVENT.merge:
        if (issues) this.bios.merge(pairKey(device, op), offset, length, timeNs);
        break;
      case BLOCK_EVENT.issue:
        if (issues) this.#issue(device, op, flags, offset, length, timeNs, process, cpu);
        else this.met.lateIssues++;
        break;
      case BLOCK_EVENT.requeue:
        if (issues) this.#requeue(device, op, offset, length, timeNs);
        break;
      case BLOCK_EVENT.complete:
        this.#complete(device, op, offset, length, timeNs, error);
        break;
      case BLOCK_EVENT.split:
        this.#out.event(EVENT_CODE.split, op, device, timeNs, offset, length);
        if (issues) this.bios.split(pairKey(device, op), offset, extra);
        break;
      case BLOCK_EVENT.remap:
        this.#layers.remap(extra, device);
        break;
      case BLOCK_EVENT.passthrough:
        this.#out.event(EVENT_CODE.passthrough, OP_CODE.other, device, timeNs, offset, length);
        break;
    }
  }

  #queue(
    device: number,
    op: number,
    flags: number,
    offset: number,
    length: number,
    timeNs: number,
    process: number,
    cpu: number,
    issues: boolean,
  ): void {
    const out = this.#out;
    this.met.queues++;
    if (op === OP_CODE.flush || (flags & FLAG.preflush) !== 0)
      out.event(EVENT_CODE.flushRequested, op, device, timeNs, offset, length);
    if (length > 0) out.event(EVENT_CODE.bioQueued, op, device, timeNs, offset, length);
    if (!issues) {
      const row = out.request(op, flags, device, offset, length, timeNs, timeNs, process, cpu, 0);
      this.#keepOpen(row, device, op, flags, offset, length, timeNs, timeNs, Number.NaN, Number.NaN);
    } else if (length > 0) this.bios.queue(pairKey(device, op), offset, length, flags, timeNs);
  }

  #issue(
    device: number,
    op: number,
    flags: number,
    offset: number,
    length: number,
    timeNs: number,
    process: number,
    cpu: number,
  ): void {
    this.met.issues++;
    if (this.open.reissue(device, op, offset, length, timeNs) >= 0) return;
    const bios = this.bios.collect(pairKey(device, op), offset, length);
    const merged = bios.count > 0 ? bios.count - 1 : 0;
    // D says less than the bios did: the block layer takes FUA and preflush off before it issues.
    const allFlags = flags | bios.flags;
    const row = this.#out.request(op, allFlags, device, offset, length, timeNs, bios.queueNs, process, cpu, merged);
    const { queueNs, getRequestNs, insertNs } = bios;
    const slot = this.#keepOpen(row, device, op, allFlags, offset, length, timeNs, queueNs, getRequestNs, insertNs);
    if (slot >= 0) this.open.columns.firstBio[slot] = bios.first;
    else this.#forget(bios);
  }

  #keepOpen(
    row: number,
    device: number,
    op: number,
    flags: number,
    offset: number,
    length: number,
    issueNs: number,
    queueNs: number,
    getRequestNs: number,
    insertNs: number,
  ): number {
    const slot = this.open.add(device, op, offset, length);
    if (slot < 0) return slot;
    const { columns } = this.open;
    columns.row[slot] = row;
    columns.flags[slot] = flags;
    columns.issueNs[slot] = issueNs;
    columns.queueNs[slot] = queueNs;
    columns.getRequestNs[slot] = getRequestNs;
    columns.insertNs[slot] = insertNs;
    return slot;
  }

  #requeue(device: number, op: number, offset: number, length: number, timeNs: number): void {
    this.#out.quality.requeues++;
    this.#out.event(EVENT_CODE.requeue, op, device, timeNs, offset, length);
    const slot = this.open.find(device, op, offset, length);
    if (slot >= 0) this.open.requeue(slot);
  }

  #complete(device: number, op: number, offset: number, length: number, timeNs: number, error: number): void {
    this.met.completions++;
    const whole = this.open.find(device, op, offset, length);
    if (whole >= 0) {
      this.#finish(whole, timeNs, error);
      return;
    }
    // The end of a flush sequence: C without bytes after the C of the request itself.
    if (length === 0 && op !== OP_CODE.flush) return;
    const part = length > 0 ? this.open.findLonger(device, op, offset, length) : -1;
    if (part >= 0) {
      this.#out.quality.partialCompletions++;
      if (error !== 0) this.open.columns.error[part] = error;
      this.open.advance(part, length);
    } else if (this.bios.drop(pairKey(device, op), offset, length)) this.met.endedUnissued++;
    else this.#out.quality.unmatchedCompletions++;
  }

  #finish(slot: number, timeNs: number, error: number): void {
    const {
      row,
      op,
      flags,
      device,
      offset,
      length,
      queueNs,
      getRequestNs,
      insertNs,
      issueNs,
      error: earlierError,
    } = this.open.columns;
    this.#out.complete(
      row[slot]!,
      op[slot]!,
      flags[slot]!,
      device[slot]!,
      offset[slot]!,
      length[slot]!,
      queueNs[slot]!,
      getRequestNs[slot]!,
      insertNs[slot]!,
      issueNs[slot]!,
      timeNs,
      error !== 0 ? error : earlierError[slot]!,
    );
    if (this.#layers.of[device[slot]!] === LAYER.issues) this.#finishBios(slot, timeNs);
    else if (length[slot]! > 0) this.#finishQueued(slot, timeNs);
    this.open.remove(slot);
  }

  #finishBios(slot: number, completeNs: number): void {
    const { row, op, device, issueNs, firstBio } = this.open.columns;
    const { length, queueNs, getRequestNs, insertNs, mergeNs, next } = this.bios.columns;
    let bio = firstBio[slot]!;
    while (bio >= 0) {
      this.#out.bio(
        row[slot]!,
        op[slot]!,
        device[slot]!,
        length[bio]!,
        queueNs[bio]!,
        getRequestNs[bio]!,
        insertNs[bio]!,
        mergeNs[bio]!,
        issueNs[slot]!,
        completeNs,
      );
      const after = next[bio]!;
      this.bios.free(bio);
      bio = after;
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

  #forget(bios: Collected): void {
    let bio = bios.first;
    while (bio >= 0) {
      const after = this.bios.columns.next[bio]!;
      this.bios.free(bio);
      bio = after;
    }
  }
}
