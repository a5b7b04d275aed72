import type { TraceInput } from "../../model/format.ts";
import { HEADER_BYTES, LARGEST_HEADER_BYTES, MAGIC, WORD, WORD_7, WORD_8 } from "./layout.ts";

const BUFFER_BYTES = 1 << 17;
const HIGH_WORD = 2 ** 32;
const HOST_IS_BIG_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 0;

// Hot code reads constants of its own file: the engine cannot know that what is imported never changes.
const [MAGIC_7, MAGIC_8] = [MAGIC | 7, MAGIC | 8];
const { 7: BYTES_7, 8: BYTES_8 } = HEADER_BYTES;
const TIME = WORD.time;
const ERROR_AND_PDU_7 = WORD_7.errorAndPdu;
const ERROR_AND_PDU_8 = WORD_8.errorAndPdu;

/** Called for every stretch of bytes that is no record. */
export type OnGarbage = (stream: RecordStream, atByte: number, byteLength: number) => void;

/** Whether a word is the start of a record of a known version. */
function isMagic(word: number): boolean {
  return word === MAGIC_7 || word === MAGIC_8;
}

/**
 * One file's records, one after the other: `words[at + …]` is the current one's header in the host's byte order,
 * `payload` what follows it. Bytes are copied into a buffer of its own, so chunks may have any size and be reused.
 */
export class RecordStream {
  readonly input: TraceInput;
  /** Its place among the trace's files: what decides between equal times. */
  order = 0;
  /** The trace's index of the one device in the file: -1 before the first, -2 when there are several. */
  device = -1;
  /** Which word of a 64-bit field is the low one. */
  readonly low: 0 | 1;
  readonly high: 0 | 1;
  /** Whether the file ended inside a record. */
  truncated = false;
  /** The current record; signed, as the engine's small integers are. */
  words: Int32Array;
  at = 0;
  version: 7 | 8 = 7;
  timeNs = 0;
  payloadBytes = 0;
  /** What times count from: the two words of it. */
  baseHigh = 0;
  baseLow = 0;

  readonly #bytes = new Uint8Array(BUFFER_BYTES);
  readonly #aligned = new Int32Array(this.#bytes.buffer);
  readonly #scratch = new Int32Array(LARGEST_HEADER_BYTES / 4);
  readonly #scratchBytes = new Uint8Array(this.#scratch.buffer);
  readonly #swap: boolean;
  readonly #bigEndian: boolean;
  readonly #onGarbage: OnGarbage;
  #chunk: Uint8Array | null;
  #chunkAt = 0;
  /** Where in the file the buffer begins. */
  #fileByte = 0;
  #start = 0;
  #end = 0;
  #filled = 0;
  #garbageFrom = -1;

  /** @param firstChunk what was read of the input already, to know its byte order. */
  constructor(input: TraceInput, firstChunk: Uint8Array, bigEndian: boolean, onGarbage: OnGarbage) {
    this.input = input;
    this.#chunk = firstChunk;
    this.#bigEndian = bigEndian;
    this.#swap = bigEndian !== HOST_IS_BIG_ENDIAN;
    this.low = bigEndian ? 1 : 0;
    this.high = bigEndian ? 0 : 1;
    this.words = this.#aligned;
    this.#onGarbage = onGarbage;
  }

  /** Where in the file the current record begins. */
  get fileByte(): number {
    return this.#fileByte + this.#start;
  }

  /** The current record's error, as it stands in the file. */
  get error(): number {
    const errorAndPdu = this.words[this.at + (this.version === 8 ? ERROR_AND_PDU_8 : ERROR_AND_PDU_7)]!;
    return this.#bigEndian ? errorAndPdu >>> 16 : errorAndPdu & 0xffff;
  }

  /** The bytes after the current record's header. */
  get payload(): Uint8Array {
    return this.#bytes.subarray(this.#end - this.payloadBytes, this.#end);
  }

  /** A big-endian word of the payload, as remaps and splits have them. */
  payloadWord(atByte: number): number {
    const b = this.#bytes;
    const at = this.#end - this.payloadBytes + atByte;
    return ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0;
  }

  /** The low (0) or high (1) half of the cgroup's number, which is in the tracing host's byte order. */
  cgroupHalf(half: 0 | 1): number {
    const at = (this.#bigEndian ? 1 - half : half) * 4;
    const word = this.payloadWord(at);
    return this.#bigEndian ? word : swapped(word);
  }

  /** The current record's time as it stands in the file. */
  get rawTimeNs(): bigint {
    const time = this.at + TIME;
    const [low, high] = [this.words[time + this.low]!, this.words[time + this.high]!];
    return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  }

  /** Counts times from this one on: 64 bits become exact doubles. */
  rebase(baseNs: bigint): void {
    this.baseHigh = Number(baseNs >> 32n);
    this.baseLow = Number(baseNs & 0xffffffffn);
    this.#readTime();
  }

  /** Whether `words` are the file's own, and not a copy of one header: then the records up to `filledWords` are there too. */
  get isPlain(): boolean {
    return this.words === this.#aligned;
  }

  /** How many words there are in the buffer. */
  get filledWords(): number {
    return this.#filled >> 2;
  }

  /** Goes to a word of a plain stream; false when more bytes are needed. */
  moveTo(at: number): boolean {
    this.#end = at << 2;
    return this.advance();
  }

  /** Goes to the next record that lies whole in the buffer; false when more bytes are needed. Hot. */
  advance(): boolean {
    this.#start = this.#end;
    return this.#seek() || (this.#takeFromChunk() && this.#seek());
  }

  /** Reads on until a record is whole; false at the end of the file. */
  async refill(): Promise<boolean> {
    for (;;) {
      while (this.#takeFromChunk()) if (this.#seek()) return true;
      this.#chunk = await this.input.next();
      this.#chunkAt = 0;
      if (this.#chunk === null) {
        this.#finish();
        return false;
      }
    }
  }

  /** Moves what is left to the buffer's start and adds to it from the chunk; false when the chunk is used up. */
  #takeFromChunk(): boolean {
    const chunk = this.#chunk;
    if (chunk === null || this.#chunkAt === chunk.length) return false;
    this.#bytes.copyWithin(0, this.#start, this.#filled);
    this.#fileByte += this.#start;
    this.#filled -= this.#start;
    this.#end = this.#start = 0;
    const room = Math.min(BUFFER_BYTES - this.#filled, chunk.length - this.#chunkAt);
    this.#bytes.set(chunk.subarray(this.#chunkAt, this.#chunkAt + room), this.#filled);
    this.#filled += room;
    this.#chunkAt += room;
    return true;
  }

  /** From `start` on, finds the next whole record. Hot. */
  #seek(): boolean {
    const start = this.#start;
    const left = this.#filled - start;
    if (left < BYTES_7) return false;
    // A header that is not aligned, or of the other byte order, is read from a copy.
    if (this.#swap || (start & 3) !== 0) this.#copyHeader();
    else {
      this.words = this.#aligned;
      this.at = start >> 2;
    }
    const { words, at } = this;
    const isVersion8 = words[at] === MAGIC_8;
    if (!isVersion8 && words[at] !== MAGIC_7) return this.#skipGarbage() && this.#seek();
    if (this.#garbageFrom >= 0) this.#endGarbage();
    const headerBytes = isVersion8 ? BYTES_8 : BYTES_7;
    if (left < headerBytes) return false;
    const errorAndPdu = words[at + (isVersion8 ? ERROR_AND_PDU_8 : ERROR_AND_PDU_7)]!;
    const payloadBytes = this.#bigEndian ? errorAndPdu & 0xffff : errorAndPdu >>> 16;
    if (left < headerBytes + payloadBytes) return false;
    this.version = isVersion8 ? 8 : 7;
    this.payloadBytes = payloadBytes;
    this.#end = start + headerBytes + payloadBytes;
    this.#readTime();
    return true;
  }

  #readTime(): void {
    const time = this.at + TIME;
    const high = (this.words[time + this.high]! >>> 0) - this.baseHigh;
    this.timeNs = high * HIGH_WORD + ((this.words[time + this.low]! >>> 0) - this.baseLow);
  }

  #copyHeader(): void {
    const to = this.#scratchBytes;
    const from = this.#bytes;
    const start = this.#start;
    const length = Math.min(LARGEST_HEADER_BYTES, this.#filled - start) & ~3;
    if (this.#swap) for (let i = 0; i < length; i++) to[i] = from[start + (i ^ 3)]!;
    else for (let i = 0; i < length; i++) to[i] = from[start + i]!;
    this.words = this.#scratch;
    this.at = 0;
  }

  #wordAt(at: number): number {
    if (!this.#swap && (at & 3) === 0) return this.#aligned[at >> 2]!;
    const b = this.#bytes;
    const word = this.#bigEndian
      ? (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!
      : (b[at + 3]! << 24) | (b[at + 2]! << 16) | (b[at + 1]! << 8) | b[at]!;
    return word;
  }

  /** Goes on to the next magic; false when the buffer has none. */
  #skipGarbage(): boolean {
    if (this.#garbageFrom < 0) this.#garbageFrom = this.#fileByte + this.#start;
    const last = this.#filled - 4;
    let at = this.#start + 1;
    while (at <= last && !isMagic(this.#wordAt(at))) at++;
    this.#start = this.#end = at;
    return at <= last && this.#filled - at >= BYTES_7;
  }

  #endGarbage(): void {
    const from = this.#garbageFrom;
    this.#garbageFrom = -1;
    this.#onGarbage(this, from, this.#fileByte + this.#start - from);
  }

  /** What is left at the end of the file is a cut record, or goes on being garbage. */
  #finish(): void {
    const left = this.#filled - this.#start;
    if (left >= 4 && !isMagic(this.#wordAt(this.#start))) this.#skipGarbage();
    const rest = this.#filled - this.#start;
    const cut = rest >= 4 ? isMagic(this.#wordAt(this.#start)) : rest > 0 && this.#garbageFrom < 0;
    if (!cut) this.#start = this.#filled;
    if (this.#garbageFrom >= 0) this.#endGarbage();
    this.truncated = cut;
  }
}

function swapped(word: number): number {
  return ((word >>> 24) | ((word >>> 8) & 0xff00) | ((word << 8) & 0xff0000) | (word << 24)) >>> 0;
}
