import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import { OP_CODE } from "../../model/ops.ts";
import { LARGEST_EXACT, SECTOR_BYTES } from "../../model/units.ts";
import { BLOCK_EVENT, type BlockEventAssembler } from "../blockEvents/index.ts";
import {
  CATEGORY,
  CGROUP_BYTES,
  EVENT_OF_ACTION,
  HEADER_BYTES,
  NOTHING,
  UNKNOWN,
  WITH_CGROUP,
  WORD,
  WORD_7,
  WORD_8,
} from "./layout.ts";
import { errnoOf, flagsOf, opOf } from "./meaning.ts";
import type { Notices } from "./notices.ts";
import type { RecordStream } from "./recordStream.ts";
import { Sequences } from "./sequences.ts";

const HIGH_WORD = 2 ** 32;
/** From this high word of a sector on, its bytes may need more than 2^53. */
const DOUBTFUL_HIGH = 2 ** 12 - 1;
const REMAP_BYTES = 16;
const SPLIT_BYTES = 8;
const PID_CACHE = 4096;

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
  readonly #cachedPid = new Float64Array(PID_CACHE).fill(-1);
  readonly #cachedProcess = new Uint32Array(PID_CACHE);
  #latestNs = Number.NEGATIVE_INFINITY;

  constructor(out: TraceBuilder, assembler: BlockEventAssembler, notices: Notices) {
    this.#out = out;
    this.#assembler = assembler;
    this.#notices = notices;
  }

  /** Takes a stream's current record. Hot. */
  take(stream: RecordStream): void {
    const { words, at } = stream;
    const version8 = stream.version === 8;
    const action = words[at + (version8 ? WORD_8.action + stream.low : WORD_7.action)]!;
    this.read++;
    if ((action & CATEGORY.notify) !== 0) {
      this.#notices.take(stream, action);
      return;
    }
    if (!this.#notices.settled) stream.rebase(this.#notices.settleByRecord(stream.rawTimeNs));
    const kind = EVENT_OF_ACTION[action & 0xff]!;
    if (kind === UNKNOWN) {
      this.misunderstood(stream, stream.fileByte, 1, `action ${action & 0xff}`);
      return;
    }
    const fields = at + (version8 ? WORD_8.device : WORD_7.device);
    const device = this.#assembler.device(words[fields]!);
    const cpu = words[fields + 1]!;
    this.sequences.see(device, cpu, words[at + WORD.sequence]!);
    if (stream.device !== device) stream.device = stream.device === -1 ? device : -2;
    if (stream.timeNs < this.#latestNs) this.outOfOrder++;
    else this.#latestNs = stream.timeNs;
    if (kind !== NOTHING) {
      const action8 = version8 ? words[at + WORD_8.action + stream.high]! : 0;
      const pid = words[at + (version8 ? WORD_8.pid : WORD_7.pid)]!;
      this.#event(stream, kind, action, action8, device, cpu, pid);
    }
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

  #event(
    stream: RecordStream,
    kind: number,
    action: number,
    action8: number,
    device: number,
    cpu: number,
    pid: number,
  ): void {
    if (this.#notices.watching) this.#notices.beforeRecord(pid, stream.timeNs);
    const bytes = stream.words[stream.at + WORD.bytes]!;
    const { timeNs } = stream;
    if ((action & CATEGORY.passthrough) !== 0) {
      if (kind === BLOCK_EVENT.issue)
        this.#assembler.add(BLOCK_EVENT.passthrough, device, OP_CODE.other, 0, 0, bytes, timeNs, 0, cpu, 0, 0);
      return;
    }
    const op = opOf(action, action8, bytes);
    const flags = flagsOf(action, op);
    const offset = this.#offsetOf(stream, bytes, op);
    if (op === OP_CODE.write && stream.version === 7) this.writesOfVersion7++;
    const extra = kind === BLOCK_EVENT.remap || kind === BLOCK_EVENT.split ? this.#extra(stream, kind, action) : 0;
    if (extra < 0) return;
    const process = kind === BLOCK_EVENT.issue || kind === BLOCK_EVENT.queue ? this.#processOf(pid) : 0;
    const error = kind === BLOCK_EVENT.complete ? errnoOf(stream.error) : 0;
    this.#assembler.add(kind, device, op, flags, offset, bytes, timeNs, process, cpu, error, extra);
  }

  /** A flush has no place, whatever its sector says: 0, or 2^64-1. */
  #offsetOf(stream: RecordStream, bytes: number, op: number): number {
    if (op === OP_CODE.flush) return 0;
    const sector = stream.at + WORD.sector;
    const high = stream.words[sector + stream.high]!;
    const low = stream.words[sector + stream.low]!;
    const offset = (high * HIGH_WORD + low) * SECTOR_BYTES;
    if (high < DOUBTFUL_HIGH || offset + bytes <= LARGEST_EXACT) return offset;
    if (bytes === 0) return 0;
    throw new TraceError(
      { file: stream.input.name, byte: stream.fileByte },
      "unsupported",
      `sector ${(BigInt(high) << 32n) | BigInt(low)}`,
      "offsets are exact to 2^53 bytes, and this one lies beyond",
    );
  }

  /** The device that a remap came from, or the offset where a split cuts; -1 when the payload lacks it. */
  #extra(stream: RecordStream, kind: number, action: number): number {
    const cgroup = (action & WITH_CGROUP) !== 0 ? CGROUP_BYTES : 0;
    const needed = cgroup + (kind === BLOCK_EVENT.remap ? REMAP_BYTES : SPLIT_BYTES);
    if (stream.payloadBytes < needed) {
      this.misunderstood(
        stream,
        stream.fileByte,
        1,
        `payload of ${stream.payloadBytes} bytes (action ${action & 0xff})`,
      );
      return -1;
    }
    if (kind === BLOCK_EVENT.remap) return stream.payloadWord(cgroup);
    return (stream.payloadWord(cgroup) * HIGH_WORD + stream.payloadWord(cgroup + 4)) * SECTOR_BYTES;
  }

  #processOf(pid: number): number {
    const i = pid % PID_CACHE;
    if (this.#cachedPid[i] !== pid) {
      this.#cachedProcess[i] = this.#out.process(pid);
      this.#cachedPid[i] = pid;
    }
    return this.#cachedProcess[i]!;
  }
}
