import type { PlainLines } from "./readLines.ts";

/** The longest line that a reader looks into; of a longer one it only sees the beginning. */
export const MOST_LINE_BYTES = 1 << 20;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** So many bytes are taken at a time: few enough to be in the nearest cache still when they are read. */
const BLOCK_BYTES = 1 << 13;
/** What is kept of a line that goes on and on: more than MOST_LINE_BYTES tells that it is too long. */
const KEPT_BYTES = MOST_LINE_BYTES + 1;
const LINE_FEEDS = 0x0a0a0a0a;

/**
 * Splits bytes that come in pieces into lines: `feed` a piece, call `next` until it gives false, and so on, then `finish`.
 * The line is `bytes` from `start` to `end`, without its line end (LF or CRLF). It is valid until the next call.
 */
export class LineSplitter {
  /** The line that is not complete yet, and the block after it. */
  bytes: Uint8Array = new Uint8Array(2 * BLOCK_BYTES);
  start = 0;
  end = 0;
  /** From 1. */
  number = 0;
  /** Whether the line was longer than MOST_LINE_BYTES, so that its rest is missing here. */
  cut = false;
  /** The same bytes as `bytes`. */
  #words = new Int32Array(this.bytes.buffer);
  #filled = 0;
  /** Where the next line begins. */
  #next = 0;
  /** From `next` up to here there is no line end: a line that goes on and on is not searched again and again. */
  #searched = 0;
  #nextIsCut = false;
  #piece: Uint8Array = new Uint8Array(0);
  #pieceAt = 0;
  /** Where the line feeds of the block are; the first `usedFeeds` of them have ended a line. */
  readonly #feeds = new Int32Array(BLOCK_BYTES + 3);
  #feedCount = 0;
  #usedFeeds = 0;

  /** Lines that were read as plain ones, and not given by `next`. */
  plainLines = 0;
  readonly #plain: PlainLines | null;

  constructor(plain: PlainLines | null = null) {
    this.#plain = plain;
  }

  feed(piece: Uint8Array): void {
    this.#piece = piece;
    this.#pieceAt = 0;
  }

  /** Goes to the next line that ends in this piece. Hot. */
  next(): boolean {
    return this.#plain === null ? this.#nextOfAll() : this.#nextUnusual(this.#plain);
  }

  #nextUnusual(plain: PlainLines): boolean {
    do {
      let feed = this.#feedFrom(Math.max(this.#next, this.#searched));
      // No line in so few bytes is too long.
      if (feed >= 0 && this.number > 0 && !this.#nextIsCut && this.#filled - this.#next <= MOST_LINE_BYTES) {
        this.#next = plain.read(this.bytes, this.#next, this.#filled);
        this.number += plain.lines;
        this.plainLines += plain.lines;
        if (this.#next > feed) feed = this.#feedFrom(this.#next);
      }
      if (feed >= 0) {
        this.#takeLine(feed);
        this.#next = feed + 1;
        return true;
      }
      this.#searched = this.#filled;
    } while (this.#takeBlock());
    return false;
  }

  /** Where the next line end is, -1 where none is here yet. */
  #feedFrom(from: number): number {
    const feed = this.bytes.indexOf(LINE_FEED, from);
    return feed < this.#filled ? feed : -1;
  }

  #nextOfAll(): boolean {
    while (this.#usedFeeds === this.#feedCount) if (!this.#takeBlock()) return false;
    const feed = this.#feeds[this.#usedFeeds++]!;
    this.#takeLine(feed);
    this.#next = feed + 1;
    return true;
  }

  /** Goes to the last line where it has no line end. */
  finish(): boolean {
    if (this.#next === this.#filled) return false;
    this.#takeLine(this.#filled);
    this.#next = this.#filled;
    return true;
  }

  #takeLine(to: number): void {
    const { bytes } = this;
    const from = this.#next;
    const most = from + MOST_LINE_BYTES;
    const end = to > from && bytes[to - 1] === CARRIAGE_RETURN ? to - 1 : to;
    this.number++;
    this.start = this.number === 1 && startsWithBom(bytes, from, end) ? from + 3 : from;
    this.cut = this.#nextIsCut || end > most;
    this.end = this.cut ? Math.min(end, most) : end;
    this.#nextIsCut = false;
  }

  /** Puts the next block of the piece behind the line that is not complete yet; false when the piece is used up. */
  #takeBlock(): boolean {
    const left = this.#piece.length - this.#pieceAt;
    if (left === 0) return false;
    this.#keepOpenLine();
    const length = Math.min(left, BLOCK_BYTES);
    this.#makeRoom(this.#filled + length + 1);
    this.bytes.set(this.#piece.subarray(this.#pieceAt, this.#pieceAt + length), this.#filled);
    this.#pieceAt += length;
    this.#filled += length;
    // Ends every search for one: behind it the room is empty.
    this.bytes[this.#filled] = LINE_FEED;
    if (this.#plain === null) this.#findFeeds(this.#filled - length);
    return true;
  }

  #keepOpenLine(): void {
    this.bytes.copyWithin(0, this.#next, this.#filled);
    this.#filled -= this.#next;
    this.#searched = Math.max(0, this.#searched - this.#next);
    this.#next = 0;
    if (this.#filled <= KEPT_BYTES) return;
    this.#filled = KEPT_BYTES;
    this.#searched = KEPT_BYTES;
    this.#nextIsCut = true;
  }

  /** Looks for line feeds from there on, four bytes at a time: a word that has none is passed over as a whole. */
  #findFeeds(from: number): void {
    const { bytes } = this;
    const words = this.#words;
    const feeds = this.#feeds;
    const filled = this.#filled;
    const lastWord = filled >> 2;
    let count = 0;
    // Before `from` there are none, so the word that it lies in may be looked at again.
    for (let word = from >> 2; word < lastWord; word++) {
      const other = words[word]! ^ LINE_FEEDS;
      // Whether one of its bytes is 0 (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord).
      if (((other - 0x01010101) & ~other & 0x80808080) === 0) continue;
      for (let at = word << 2; at < (word + 1) << 2; at++) if (bytes[at] === LINE_FEED) feeds[count++] = at;
    }
    for (let at = Math.max(from, lastWord << 2); at < filled; at++) if (bytes[at] === LINE_FEED) feeds[count++] = at;
    this.#feedCount = count;
    this.#usedFeeds = 0;
  }

  #makeRoom(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = new Uint8Array(this.bytes.length * 2);
    larger.set(this.bytes.subarray(0, this.#filled));
    this.bytes = larger;
    this.#words = new Int32Array(larger.buffer);
  }
}

function startsWithBom(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= 3 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
}
