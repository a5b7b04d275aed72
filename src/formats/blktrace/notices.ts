import type { TraceBuilder } from "../../model/builder.ts";
import type { BlockEventAssembler } from "../blockEvents/index.ts";
import { CGROUP_BYTES, NOTIFY, WITH_CGROUP, WORD_7, WORD_8 } from "./layout.ts";
import type { RecordStream } from "./recordStream.ts";

const NS_PER_SECOND = 1_000_000_000n;
const text = new TextDecoder();
/** Messages that can wait for the first record, or for their time. */
const MOST_WAITING = 4096;
/** Processes that may tell the clock of a dump: one is enough. */
const MOST_NAMED = 65536;

interface TimedText {
  readonly rawNs: bigint;
  readonly text: string;
}

/**
 * The notify records: names of processes, the wall clock, messages.
 * `blkparse -d` counts the times of I/O from 0, and copies the notify records with the kernel's clock, ahead of their
 * time. The kernel's time of that 0 is found from the processes: each is named just before its first record.
 */
export class Notices {
  /** Whether `beforeRecord` must be told of every record. */
  watching = false;
  readonly #out: TraceBuilder;
  readonly #assembler: BlockEventAssembler;
  /** The kernel's time of the reader's time zero; null while it is not known. */
  #zeroRawNs: bigint | null = null;
  #settled = false;
  #dump = false;
  #earliestRawNs: bigint | null = null;
  #wallClock: { readonly rawNs: bigint; readonly unixNs: bigint } | null = null;
  readonly #namedAt = new Map<number, bigint>();
  readonly #begun = new Set<number>();
  #waiting: TimedText[] = [];
  #placedInDump = 0;

  constructor(out: TraceBuilder, assembler: BlockEventAssembler) {
    this.#out = out;
    this.#assembler = assembler;
  }

  /** The clock of the files is known: messages go on at once. */
  settle(zeroRawNs: bigint): void {
    this.#settled = true;
    this.#zeroRawNs = zeroRawNs;
    this.#deliverUntil(Number.POSITIVE_INFINITY);
  }

  /** The first I/O record of a single file tells a dump from what blktrace wrote. Gives what to count times from. */
  settleByRecord(rawNs: bigint): bigint {
    this.#dump = this.#earliestRawNs !== null && rawNs < this.#earliestRawNs;
    this.watching = this.#dump;
    if (!this.#dump) this.settle(rawNs);
    this.#settled = true;
    return this.#dump ? 0n : rawNs;
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Takes a notify record. */
  take(stream: RecordStream, action: number): void {
    const { rawTimeNs: rawNs } = stream;
    if (this.#earliestRawNs === null || rawNs < this.#earliestRawNs) this.#earliestRawNs = rawNs;
    const payload = stream.payload.subarray((action & WITH_CGROUP) !== 0 ? CGROUP_BYTES : 0);
    const what = action & 0xff;
    if (what === NOTIFY.process) this.#name(stream, textOf(payload), rawNs);
    else if (what === NOTIFY.timestamp) this.#setWallClock(stream, payload, rawNs);
    else if (what === NOTIFY.message) this.#message(textOf(payload), rawNs);
  }

  /** In a dump: learns when each process began, and lets the messages go that are due. */
  beforeRecord(pid: number, timeNs: number): void {
    const namedAt = this.#namedAt.get(pid);
    if (namedAt !== undefined && !this.#begun.has(pid)) {
      this.#begun.add(pid);
      const zero = namedAt - BigInt(timeNs);
      if (this.#zeroRawNs === null || zero > this.#zeroRawNs) this.#zeroRawNs = zero;
    }
    if (this.#waiting.length > 0) this.#deliverUntil(timeNs);
  }

  /** After the last record: lets go what waits, and says what is not exact. */
  finish(): void {
    this.#deliverUntil(Number.POSITIVE_INFINITY);
    if (this.#placedInDump > 0)
      this.#out.note(
        "dump-clock",
        "this dump of blkparse keeps messages in another clock than I/O: their times are right to a few microseconds",
      );
    if (this.#waiting.length > 0)
      this.#out.note("messages-without-time", "this dump names no process, so the times of its messages are not known");
    if (this.#wallClock && this.#zeroRawNs !== null)
      this.#out.wallClockOfZeroNs = this.#wallClock.unixNs - (this.#wallClock.rawNs - this.#zeroRawNs);
  }

  #name(stream: RecordStream, name: string, rawNs: bigint): void {
    const pid = stream.words[stream.at + (stream.version === 8 ? WORD_8.pid : WORD_7.pid)]! >>> 0;
    this.#out.process(pid, name);
    const known = this.#namedAt.get(pid);
    if (this.#begun.has(pid) || (known === undefined && this.#namedAt.size === MOST_NAMED)) return;
    if (known === undefined || rawNs < known) this.#namedAt.set(pid, rawNs);
  }

  #setWallClock(stream: RecordStream, payload: Uint8Array, rawNs: bigint): void {
    if (this.#wallClock !== null || payload.length < 8) return;
    const view = new DataView(payload.buffer, payload.byteOffset, 8);
    const little = stream.low === 0;
    const unixNs = BigInt(view.getUint32(0, little)) * NS_PER_SECOND + BigInt(view.getUint32(4, little));
    this.#wallClock = { rawNs, unixNs };
  }

  #message(message: string, rawNs: bigint): void {
    if (this.#settled && !this.#dump) this.#assembler.message(message, this.#sinceZero(rawNs));
    else if (this.#waiting.length === MOST_WAITING)
      this.#out.note(
        "too-many-messages",
        `more than ${MOST_WAITING} messages before the records that they belong to; the rest are not shown`,
      );
    else {
      this.#waiting.push({ rawNs, text: message });
      this.#waiting.sort((a, b) => (a.rawNs < b.rawNs ? -1 : Number(a.rawNs > b.rawNs)));
    }
  }

  #deliverUntil(timeNs: number): void {
    if (this.#zeroRawNs === null) return;
    const due = this.#waiting.filter(({ rawNs }) => this.#sinceZero(rawNs) <= timeNs);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.slice(due.length);
    if (this.#dump) this.#placedInDump += due.length;
    for (const message of due) this.#assembler.message(message.text, this.#sinceZero(message.rawNs));
  }

  #sinceZero(rawNs: bigint): number {
    return Number(rawNs - this.#zeroRawNs!);
  }
}

/** A text as the kernel hands it over: ended by a NUL, a newline or the payload. */
function textOf(payload: Uint8Array): string {
  const end = payload.indexOf(0);
  return text.decode(end < 0 ? payload : payload.subarray(0, end)).trimEnd();
}
