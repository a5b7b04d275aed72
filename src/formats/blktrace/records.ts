import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import { OP_CODE } from "../../model/ops.ts";
import { LARGEST_EXACT, SECTOR_BYTES } from "../../model/units.ts";
import { BLOCK_EVENT, type BlockEventAssembler, DOUBLE, EVENT_DOUBLES, EVENT_INTS, INT } from "../blockEvents/index.ts";
import {
  CATEGORY,
  CGROUP_BYTES,
  EVENT_OF_ACTION,
  HEADER_BYTES,
  MAGIC,
  NOTHING,
  UNKNOWN,
  WITH_CGROUP,
  WORD,
  WORD_7,
  WORD_8,
} from "./layout.ts";
import { errnoOf, FLAG_BITS, meaningOf } from "./meaning.ts";
import type { Notices } from "./notices.ts";
import type { RecordStream } from "./recordStream.ts";
import { Sequences } from "./sequences.ts";

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const { sequence: SEQUENCE, time: TIME, sector: SECTOR, bytes: BYTES } = WORD;
const { action: ACTION_7, pid: PID_7, device: DEVICE_7, cpu: CPU_7, errorAndPdu: ERROR_AND_PDU_7 } = WORD_7;
const MAGIC_7 = MAGIC | 7;
const WORDS_7 = HEADER_BYTES[7] / 4;
const { action: ACTION_8, pid: PID_8, device: DEVICE_8 } = WORD_8;
const { notify: NOTIFY, passthrough: PASSTHROUGH } = CATEGORY;
const { issue: ISSUE, queue: QUEUE, complete: COMPLETE, remap: REMAP, split: SPLIT } = BLOCK_EVENT;
const { unplug: UNPLUG, unplugTimer: UNPLUG_TIMER } = BLOCK_EVENT;
const [INTS, DOUBLES] = [EVENT_INTS, EVENT_DOUBLES];
const { kind: EVENT_KIND, device: EVENT_DEVICE, op: EVENT_OP, flags: EVENT_FLAGS } = INT;
const { process: EVENT_PROCESS, cpu: EVENT_CPU, error: EVENT_ERROR, cgroup: EVENT_CGROUP } = INT;
const { offset: EVENT_OFFSET, length: EVENT_LENGTH, timeNs: EVENT_TIME, extra: EVENT_EXTRA } = DOUBLE;
const { flush: FLUSH, write: WRITE, other: OTHER } = OP_CODE;
const SECTOR_SIZE = SECTOR_BYTES;
const NO_PLAIN = NOTIFY | PASSTHROUGH;
const EVENTS = EVENT_OF_ACTION;
const [NO_EVENT, UNKNOWN_EVENT] = [NOTHING, UNKNOWN];

const HIGH_WORD = 2 ** 32;
/** From this high word of a sector on, its bytes may need more than 2^53. */
const DOUBTFUL_HIGH = 2 ** 12 - 1;
/** Where a remap's payload has the sector, behind the numbers of the two devices. */
const REMAP_SECTOR = 8;
/** What an event's payload must have, by its kind. */
const PAYLOAD_BYTES = new Uint8Array(256);
PAYLOAD_BYTES[BLOCK_EVENT.remap] = 16;
PAYLOAD_BYTES[BLOCK_EVENT.split] = 8;
PAYLOAD_BYTES[BLOCK_EVENT.unplug] = 8;
PAYLOAD_BYTES[BLOCK_EVENT.unplugTimer] = 8;
const PID_CACHE = 4096;
const NO_SEQUENCES: Uint32Array = new Uint32Array(0);
const [FLAG_SHIFT, FLAGS] = [FLAG_BITS, (1 << FLAG_BITS) - 1];

/** Turns records into the events of the assembler. */
export class Records {
  readonly sequences = new Sequences();
  read = 0;
  /** Records that are earlier than one before them. */
  outOfOrder = 0;
  writesOfVersion7 = 0;
  readonly #out: TraceBuilder;
  readonly #assembler: BlockEventAssembler;
  readonly #notices: Notices;
  /** The pid whose process is kept at each place: at first one that has another. */
  readonly #cachedPid = Uint32Array.from({ length: PID_CACHE }, (_, place) => place + 1);
  readonly #cachedProcess = new Uint32Array(PID_CACHE);
  #latestNs = Number.NEGATIVE_INFINITY;
  /** The device of the latest plain record, and its word there. */
  #device = -1;
  #deviceWord = 0;
  #cgroup = 0;
  #cgroupLow = 0;
  #cgroupHigh = 0;

  constructor(out: TraceBuilder, assembler: BlockEventAssembler, notices: Notices) {
    this.#out = out;
    this.#assembler = assembler;
    this.#notices = notices;
  }

  /** Takes a stream's records up to a time, the first in any case; false when it needs more bytes first. */
  takeUntil(stream: RecordStream, limitNs: number, winsTies: boolean): boolean {
    do {
      const at = this.#takePlain(stream, limitNs, winsTies);
      if (at !== stream.at) {
        if (!stream.moveTo(at)) return false;
      } else {
        this.take(stream);
        if (!stream.advance()) return false;
      }
    } while (stream.timeNs < limitNs || (winsTies && stream.timeNs === limitNs));
    return true;
  }

  /**
   * Takes the records that nearly all are: version 7, in this machine's byte order, of an event without payload.
   * Gives where the first other one is, or the first that comes later. It is `take` without calls for
   * each record: the device is found where it changes, and what is new (a process, a CPU) or missing (a number of the
   * sequence) is left to `take`. Hot.
   */
  #takePlain(stream: RecordStream, limitNs: number, winsTies: boolean): number {
    const notices = this.#notices;
    if (!stream.isPlain || !notices.settled || notices.watching) return stream.at;
    const assembler = this.#assembler;
    const cachedPid = this.#cachedPid;
    const cachedProcess = this.#cachedProcess;
    const { words, baseHigh, baseLow, low, high } = stream;
    const end = stream.filledWords - WORDS_7;
    let { at } = stream;
    for (;;) {
      const device = this.#device;
      const deviceWord = this.#deviceWord;
      const lastOf = device < 0 ? NO_SEQUENCES : this.sequences.ofDevice(device);
      const most = assembler.makeRoom();
      const { events } = assembler;
      const { ints, doubles } = events;
      const first = events.length;
      let i = first;
      let latestNs = this.#latestNs;
      let late = 0;
      let writes = 0;
      let isOther = false;
      for (; i < most && at <= end && words[at] === MAGIC_7; at += WORDS_7) {
        const action = words[at + ACTION_7]!;
        const kind = EVENTS[action & 0xff]!;
        if (kind > COMPLETE || (action & NO_PLAIN) !== 0 || words[at + ERROR_AND_PDU_7] !== 0) break;
        const timeHigh = (words[at + TIME + high]! >>> 0) - baseHigh;
        const timeNs = timeHigh * HIGH_WORD + ((words[at + TIME + low]! >>> 0) - baseLow);
        if (timeNs >= limitNs && (timeNs > limitNs || !winsTies)) break;
        const sectorHigh = words[at + SECTOR + high]! >>> 0;
        if (sectorHigh >= DOUBTFUL_HIGH) break;
        isOther = device < 0 || words[at + DEVICE_7] !== deviceWord;
        if (isOther) break;
        const starts = kind === ISSUE || kind === QUEUE;
        const pid = words[at + PID_7]! >>> 0;
        const place = pid & (PID_CACHE - 1);
        if (starts && cachedPid[place] !== pid) break;
        const cpu = words[at + CPU_7]! >>> 0;
        const sequence = words[at + SEQUENCE]! >>> 0;
        if (cpu >= lastOf.length) break;
        const before = lastOf[cpu]!;
        if (before !== 0 && sequence > before + 1) break;
        lastOf[cpu] = sequence;
        if (timeNs < latestNs) late++;
        else latestNs = timeNs;
        const bytes = words[at + BYTES]! >>> 0;
        const meaning = meaningOf(action, 0, bytes);
        const op = meaning >>> FLAG_SHIFT;
        if (op === WRITE) writes++;
        const int = i * INTS;
        const double = i * DOUBLES;
        ints[int + EVENT_KIND] = kind;
        ints[int + EVENT_DEVICE] = device;
        ints[int + EVENT_OP] = op;
        ints[int + EVENT_FLAGS] = meaning & FLAGS;
        ints[int + EVENT_PROCESS] = starts ? cachedProcess[place]! : 0;
        ints[int + EVENT_CPU] = cpu;
        ints[int + EVENT_ERROR] = 0;
        ints[int + EVENT_CGROUP] = 0;
        doubles[double + EVENT_OFFSET] =
          op === FLUSH ? 0 : (sectorHigh * HIGH_WORD + (words[at + SECTOR + low]! >>> 0)) * SECTOR_SIZE;
        doubles[double + EVENT_LENGTH] = bytes;
        doubles[double + EVENT_TIME] = timeNs;
        doubles[double + EVENT_EXTRA] = 0;
        i++;
      }
      events.length = i;
      this.read += i - first;
      this.#latestNs = latestNs;
      this.outOfOrder += late;
      this.writesOfVersion7 += writes;
      if (i > first && stream.device !== device) stream.device = stream.device === -1 ? device : -2;
      if (isOther) {
        this.#deviceWord = words[at + DEVICE_7]!;
        this.#device = assembler.device(this.#deviceWord >>> 0);
      } else if (i < most) return at;
    }
  }

  /** Takes a stream's current record. */
  take(stream: RecordStream): void {
    const { words, at } = stream;
    const version8 = stream.version === 8;
    const action = words[at + (version8 ? ACTION_8 + stream.low : ACTION_7)]!;
    this.read++;
    if ((action & NOTIFY) !== 0) {
      this.#notices.take(stream, action);
      return;
    }
    if (!this.#notices.settled) stream.rebase(this.#notices.settleByRecord(stream.rawTimeNs));
    const kind = EVENTS[action & 0xff]!;
    if (kind === UNKNOWN_EVENT) {
      this.misunderstood(stream, stream.fileByte, 1, `action ${action & 0xff}`);
      return;
    }
    const fields = at + (version8 ? DEVICE_8 : DEVICE_7);
    const device = this.#assembler.device(words[fields]! >>> 0);
    const cpu = words[fields + 1]! >>> 0;
    this.sequences.see(device, cpu, words[at + SEQUENCE]! >>> 0);
    if (stream.device !== device) stream.device = stream.device === -1 ? device : -2;
    if (stream.timeNs < this.#latestNs) this.outOfOrder++;
    else this.#latestNs = stream.timeNs;
    if (kind === NO_EVENT) return;
    const pid = words[at + (version8 ? PID_8 : PID_7)]! >>> 0;
    if (this.#notices.watching) this.#notices.beforeRecord(pid, stream.timeNs);
    const action8 = version8 ? words[at + ACTION_8 + stream.high]! : 0;
    if ((action & PASSTHROUGH) === 0) this.#event(stream, kind, action, action8, device, cpu, pid);
    else if (kind === ISSUE) this.#passthrough(stream, device, cpu);
  }

  /** Counts something that is no record, or not one of a known kind. */
  misunderstood(stream: RecordStream, atByte: number, count: number, what: string): void {
    const { quality } = this.#out;
    quality.notUnderstood += count;
    quality.firstNotUnderstood ??= { file: stream.input.name, byte: atByte, what };
  }

  /** Counts a stretch of bytes as the records that it could have held. */
  garbage(stream: RecordStream, atByte: number, byteLength: number): void {
    const records = Math.ceil(byteLength / HEADER_BYTES[7]);
    this.read += records;
    this.misunderstood(stream, atByte, records, "bytes where a record should begin");
  }

  #passthrough({ words, at, timeNs }: RecordStream, device: number, cpu: number): void {
    const bytes = words[at + BYTES]! >>> 0;
    this.#assembler.add(BLOCK_EVENT.passthrough, device, OTHER, 0, 0, bytes, timeNs, 0, cpu, 0, 0);
  }

  #event(
    stream: RecordStream,
    kind: number,
    action: number,
    action8: number,
    device: number,
    cpu: number,
    pid: number,
  ): void {
    const bytes = stream.words[stream.at + BYTES]! >>> 0;
    const meaning = meaningOf(action, action8, bytes);
    const op = meaning >>> FLAG_SHIFT;
    const flags = meaning & FLAGS;
    const offset = this.#offsetOf(stream, bytes, op);
    if (op === WRITE && stream.version === 7) this.writesOfVersion7++;
    const own = (action & WITH_CGROUP) !== 0 ? CGROUP_BYTES : 0;
    if (stream.payloadBytes < own + PAYLOAD_BYTES[kind]!) {
      const what = `payload of ${stream.payloadBytes} bytes (action ${action & 0xff})`;
      this.misunderstood(stream, stream.fileByte, 1, what);
    } else if (kind === REMAP) {
      const fromNumber = stream.payloadWord(own);
      const fromSector = longAt(stream, own + REMAP_SECTOR);
      this.#assembler.remap(device, op, offset, bytes, stream.timeNs, fromNumber, fromSector * SECTOR_SIZE);
    } else {
      const starts = kind === ISSUE || kind === QUEUE;
      const process = starts ? this.#processOf(pid) : 0;
      const cgroup = starts && own > 0 ? this.#cgroupOf(stream) : 0;
      const error = kind === COMPLETE ? errnoOf(stream.error) : 0;
      const extra = this.#extra(stream, kind, own);
      this.#assembler.add(kind, device, op, flags, offset, bytes, stream.timeNs, process, cpu, error, extra, cgroup);
    }
  }

  /** A flush has no place, whatever its sector says: 0, or 2^64-1. */
  #offsetOf(stream: RecordStream, bytes: number, op: number): number {
    if (op === FLUSH) return 0;
    const sector = stream.at + SECTOR;
    const high = stream.words[sector + stream.high]! >>> 0;
    const low = stream.words[sector + stream.low]! >>> 0;
    const offset = (high * HIGH_WORD + low) * SECTOR_SIZE;
    if (high < DOUBTFUL_HIGH || offset + bytes <= LARGEST_EXACT) return offset;
    if (bytes === 0) return 0;
    throw new TraceError(
      { file: stream.input.name, byte: stream.fileByte },
      "unsupported",
      `sector ${(BigInt(high) << 32n) | BigInt(low)}`,
      "offsets and lengths are exact up to 2^53 bytes, and no disk is larger: record the trace again",
    );
  }

  /** The offset where a split cuts, or how many requests an unplug lets go. */
  #extra(stream: RecordStream, kind: number, payloadAt: number): number {
    if (kind === SPLIT) return longAt(stream, payloadAt) * SECTOR_SIZE;
    return kind === UNPLUG || kind === UNPLUG_TIMER ? longAt(stream, payloadAt) : 0;
  }

  /** The kernel writes the cgroup's number in its own byte order, unlike the rest of a payload. */
  #cgroupOf(stream: RecordStream): number {
    const low = stream.cgroupHalf(0);
    const high = stream.cgroupHalf(1);
    if (low !== this.#cgroupLow || high !== this.#cgroupHigh || this.#cgroup === 0) {
      this.#cgroupLow = low;
      this.#cgroupHigh = high;
      this.#cgroup = this.#out.cgroup(String((BigInt(high) << 32n) | BigInt(low)));
      this.#out.recorded.cgroup = true;
    }
    return this.#cgroup;
  }

  #processOf(pid: number): number {
    const i = pid & (PID_CACHE - 1);
    if (this.#cachedPid[i] !== pid) {
      this.#cachedProcess[i] = this.#out.process(pid);
      this.#cachedPid[i] = pid;
    }
    return this.#cachedProcess[i]!;
  }
}

/** A big-endian number of 64 bits in a record's payload. */
function longAt(stream: RecordStream, at: number): number {
  return stream.payloadWord(at) * HIGH_WORD + stream.payloadWord(at + 4);
}
