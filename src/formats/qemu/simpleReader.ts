import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import type { TraceInput } from "../../model/format.ts";
import type { Place } from "../../model/trace.ts";
import { assertUnderstood } from "../broken.ts";
import { EventArguments } from "./eventArguments.ts";
import { type EventForms, eventNamed } from "./eventTable.ts";
import type { QemuTrace } from "./qemuTrace.ts";
import { InexactRange } from "./range.ts";
import { SimpleBytes } from "./simpleBytes.ts";
import { assertVersion, HEADER_BYTES } from "./simpleHeader.ts";

const [MAPPING, EVENT] = [0, 1];
const TYPE_BYTES = 8;
/** A mapping: type, the event's number, the length of its name; then the name. */
const MAPPING_BYTES = 20;
/** An event: its number, time, length and pid; the length counts from the number on. */
const EVENT_BYTES = 24;
/** The number of the record that counts lost events: 2^64 - 2. */
const DROPPED_LOW = 0xfffffffe;
const MOST_RECORD_BYTES = 1 << 20;
const MOST_NUMBER = 1 << 20;
const HIGH_WORD = 2 ** 32;
const CURE = "the file is damaged there: record the trace again";

/** Reads a file of the simple backend, version 4. */
export class SimpleReader {
  readonly #file: string;
  readonly #out: TraceBuilder;
  readonly #trace: QemuTrace;
  readonly #input: SimpleBytes;
  readonly #event = new EventArguments();
  /** By the number of the event; null for one that tells nothing of requests. */
  readonly #forms: (EventForms | null)[] = [];
  #zeroHigh = Number.NaN;
  #zeroLow = 0;

  constructor(input: TraceInput, out: TraceBuilder, trace: QemuTrace) {
    this.#file = input.name;
    this.#input = new SimpleBytes(input);
    this.#out = out;
    this.#trace = trace;
    trace.layers.startClock();
  }

  async read(): Promise<void> {
    const { quality } = this.#out;
    quality.droppedEvents = 0;
    if (!(await this.#input.require(HEADER_BYTES)))
      throw new TraceError(
        { file: this.#file },
        "missing",
        "header",
        "the file ends within it: record the trace again",
      );
    assertVersion(this.#input.bytes, this.#file);
    this.#input.at = HEADER_BYTES;
    while (await this.#next());
    quality.truncated = this.#input.at < this.#input.end;
    assertUnderstood(quality, { file: this.#file }, "records");
  }

  /** Reads every record that lies whole in the buffer, then one whose rest has to come; false at the file's end. */
  async #next(): Promise<boolean> {
    let bytes = this.#take();
    while (bytes === 0) bytes = this.#take();
    return this.#input.require(bytes);
  }

  /** Reads the next record where it is whole; gives how many bytes must be there to go on, 0 where it is read. Hot. */
  #take(): number {
    const { at, end, view } = this.#input;
    if (end - at < TYPE_BYTES) return TYPE_BYTES;
    const type = view.getUint32(at + 4, true) === 0 ? view.getUint32(at, true) : -1;
    if (type === EVENT) return this.#takeEvent();
    if (type === MAPPING) return this.#takeMapping();
    throw new TraceError(this.#place(), "invalid", "record type", CURE);
  }

  #takeMapping(): number {
    const { at, end, view, bytes } = this.#input;
    if (end - at < MAPPING_BYTES) return MAPPING_BYTES;
    const [number, length] = [view.getUint32(at + 8, true), view.getUint32(at + 16, true)];
    if (length > MOST_RECORD_BYTES || number > MOST_NUMBER || view.getUint32(at + 12, true) !== 0)
      throw new TraceError(this.#place(), "invalid", "name of an event", CURE);
    const total = MAPPING_BYTES + length;
    if (end - at < total) return total;
    const name = new TextDecoder().decode(bytes.subarray(at + MAPPING_BYTES, at + total));
    this.#forms[number] = eventNamed(name) ?? null;
    this.#input.at = at + total;
    return 0;
  }

  #takeEvent(): number {
    const { at, end, view } = this.#input;
    const from = at + TYPE_BYTES;
    if (end - from < EVENT_BYTES) return TYPE_BYTES + EVENT_BYTES;
    const length = view.getUint32(from + 16, true);
    if (length < EVENT_BYTES || length > MOST_RECORD_BYTES)
      throw new TraceError(this.#place(), "invalid", `record length ${length}`, CURE);
    if (end - from < length) return TYPE_BYTES + length;
    this.#out.quality.records++;
    this.#readTime(view.getUint32(from + 12, true), view.getUint32(from + 8, true));
    this.#readEvent(view.getUint32(from + 4, true), view.getUint32(from, true), from + EVENT_BYTES, from + length);
    this.#input.at = from + length;
    return 0;
  }

  /** The clock counts from an unknown start in 64 bits: from the first event on they are exact in a double. */
  #readTime(high: number, low: number): void {
    if (Number.isNaN(this.#zeroHigh)) {
      this.#zeroHigh = high;
      this.#zeroLow = low;
    }
    this.#event.timeNs = (high - this.#zeroHigh) * HIGH_WORD + (low - this.#zeroLow);
  }

  #readEvent(numberHigh: number, number: number, from: number, to: number): void {
    if (numberHigh !== 0) this.#countDropped(number, from, to);
    else {
      const forms = this.#forms[number];
      if (forms === undefined) this.#out.notUnderstood(this.#place(), `event number ${number}, which has no name`);
      else if (forms !== null) this.#takeForms(forms, from, to);
    }
  }

  #takeForms({ name, forms, expected }: EventForms, from: number, to: number): void {
    const { bytes, view } = this.#input;
    for (let i = 0; i < forms.length; i++) {
      const { form, take } = forms[i]!;
      if (!form.readRecord(bytes, view, from, to, this.#event)) continue;
      try {
        if (take(this.#trace, this.#event)) return;
      } catch (error) {
        throw error instanceof InexactRange ? this.#inexact(name) : error;
      }
      this.#out.notUnderstood(this.#place(), `range of ${name}: its offset or length is negative`);
      return;
    }
    this.#out.notUnderstood(this.#place(), `arguments of ${name}, ${to - from} bytes (expected ${expected})`);
  }

  #countDropped(number: number, from: number, to: number): void {
    if (number !== DROPPED_LOW || to - from < 8) this.#out.notUnderstood(this.#place(), "event number");
    else this.#out.quality.droppedEvents! += this.#input.view.getUint32(from, true);
  }

  #inexact(name: string): TraceError {
    const cure = "offsets and lengths are exact up to 2^53 bytes, and no disk is larger: record the trace again";
    return new TraceError(this.#place(), "unsupported", `request of ${name}`, cure);
  }

  #place(): Place {
    return { file: this.#file, byte: this.#input.fileByte };
  }
}
