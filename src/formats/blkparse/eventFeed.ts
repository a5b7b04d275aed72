import type { TraceBuilder } from "../../model/builder.ts";
import { OP_CODE } from "../../model/ops.ts";
import { LARGEST_EXACT, SECTOR_BYTES } from "../../model/units.ts";
import { errnoOf } from "../blktrace/meaning.ts";
import { Sequences } from "../blktrace/sequences.ts";
import { BLOCK_EVENT, BlockEventAssembler, deviceNumber } from "../blockEvents/index.ts";
import type { Line } from "../text/line.ts";
import { NOTHING } from "./actions.ts";
import { PlainWhat } from "./plainWhat.ts";
import { ProcessNames } from "./processNames.ts";
import { flagsOf, opOf } from "./rwbs.ts";
import type { TextEvent } from "./textEvent.ts";

const LARGEST_ERROR = 0xffff;
/** So many remaps are kept that went to devices without another event so far. */
const MOST_EARLY = 4096;
/** Devices that are kept by their numbers; the assembler knows the others. */
const MOST_DEVICES = 8192;

interface Remap {
  readonly op: number;
  readonly offsetBytes: number;
  readonly bytes: number;
  readonly timeNs: number;
  readonly fromNumber: number;
  readonly fromBytes: number;
}

/** Hands what lines say to the assembler. */
export class EventFeed {
  readonly sequences = new Sequences();
  /** Takes the usual events from the bytes of their lines. */
  readonly plain: PlainWhat;
  readonly #assembler: BlockEventAssembler;
  readonly #processes: ProcessNames;
  readonly #deviceOf = new Map<number, number>();
  /** Remaps to devices without another event so far, by the device's number. */
  readonly #early = new Map<number, Remap[]>();
  #earlyCount = 0;
  #lastNumber = -1;
  #lastDevice = -1;

  /** @param shuffled whether the lines come somewhat out of order, as what blkparse prints live: a CPU's burst after another's. */
  constructor(out: TraceBuilder, shuffled: boolean) {
    this.#assembler = new BlockEventAssembler(out, { shuffled });
    this.#processes = new ProcessNames(out);
    this.plain = new PlainWhat(this.#assembler, this.#processes);
  }

  /** Takes a line's event. Hot. */
  take(line: Line, event: TextEvent): void {
    const { kind } = event;
    if (event.device !== this.#lastNumber && !this.#goTo(line, event)) return;
    const device = this.#lastDevice;
    if (event.sequence !== 0) this.sequences.see(device, event.cpu, event.sequence);
    if (kind === NOTHING) return;
    if (kind === BLOCK_EVENT.message) this.takeMessage(line, event);
    else if (event.passthrough) this.#passthrough(device, event);
    else this.#event(line, event, device);
  }

  /** The device of that number, or -1 where none of its events were taken. */
  known(major: number, minor: number): number {
    return this.#deviceOf.get(deviceNumber(major, minor)) ?? -1;
  }

  /** Takes a text, which is the rest of the line. */
  takeMessage(line: Line, { timeNs }: TextEvent): void {
    line.blanks();
    this.#assembler.message(line.text(line.end), timeNs);
  }

  finish(): void {
    this.#assembler.finish();
  }

  /** Whether all that is known of some device is that bios went there: of a traced partition's disk. */
  get remapsElsewhere(): boolean {
    return this.#early.size > 0;
  }

  /** Makes the event's device the current one; false where it is not known yet whether the trace is of it. */
  #goTo(line: Line, event: TextEvent): boolean {
    const { device: number } = event;
    const known = this.#deviceOf.get(number);
    if (known === undefined && event.kind === BLOCK_EVENT.remap) {
      this.#keepEarly(remapOf(line, event), number);
      return false;
    }
    this.#lastNumber = number;
    this.#lastDevice = known ?? this.#begin(event);
    return true;
  }

  #keepEarly(remap: Remap, number: number): void {
    const kept = this.#early.get(number) ?? [];
    const isFull = this.#earlyCount >= MOST_EARLY;
    if (isFull && (kept.length > 0 || this.#early.size >= MOST_DEVICES)) return;
    this.#earlyCount++;
    kept.push(remap);
    this.#early.set(number, kept);
  }

  #begin({ device: number }: TextEvent): number {
    const device = this.#assembler.device(number);
    if (this.#deviceOf.size < MOST_DEVICES) this.#deviceOf.set(number, device);
    for (const remap of this.#early.get(number) ?? []) this.#remap(device, remap);
    this.#early.delete(number);
    return device;
  }

  #remap(device: number, { op, offsetBytes, bytes, timeNs, fromNumber, fromBytes }: Remap): void {
    this.#assembler.remap(device, op, offsetBytes, bytes, timeNs, fromNumber, fromBytes);
  }

  #event(line: Line, event: TextEvent, device: number): void {
    const { kind, bytes, rwbs } = event;
    const op = opOf(rwbs, bytes);
    if (kind === BLOCK_EVENT.remap) {
      this.#remap(device, remapOf(line, event));
      return;
    }
    const isRequest = kind === BLOCK_EVENT.issue || kind === BLOCK_EVENT.queue;
    this.#assembler.add(
      kind,
      device,
      op,
      flagsOf(rwbs, op),
      offsetOf(line, event, op),
      bytes,
      event.timeNs,
      isRequest ? this.#processes.of(line, event) : 0,
      event.cpu,
      kind === BLOCK_EVENT.complete ? errnoOf(Math.min(event.error, LARGEST_ERROR)) : 0,
      event.extra,
    );
  }

  #passthrough(device: number, { kind, bytes, timeNs, cpu }: TextEvent): void {
    if (kind === BLOCK_EVENT.issue)
      this.#assembler.add(BLOCK_EVENT.passthrough, device, OP_CODE.other, 0, 0, bytes, timeNs, 0, cpu, 0, 0);
  }
}

function remapOf(line: Line, event: TextEvent): Remap {
  const { rwbs, bytes, timeNs, extra: fromNumber, fromBytes } = event;
  const op = opOf(rwbs, bytes);
  return { op, offsetBytes: offsetOf(line, event, op), bytes, timeNs, fromNumber, fromBytes };
}

/** A flush has no place, whatever its sector says: 0, or 2^64-1. */
function offsetOf(line: Line, { sector, bytes, placeAt }: TextEvent, op: number): number {
  if (op === OP_CODE.flush) return 0;
  const offset = sector * SECTOR_BYTES;
  if (offset + bytes <= LARGEST_EXACT) return offset;
  if (bytes === 0) return 0;
  line.at = placeAt;
  throw line.inexact(`place of the request in ${line.quoted(line.end)}`);
}
