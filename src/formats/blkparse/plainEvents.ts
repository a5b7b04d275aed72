import type { PlainLines } from "../text/readLines.ts";
import type { EventFeed } from "./eventFeed.ts";
import { PlainHead } from "./plainHead.ts";
import type { Seconds } from "./seconds.ts";

const LINE_FEED = 10;
/** Columns are read so far beyond a line's beginning, and words beyond its end, at most. */
const FARTHEST = 64;

/** Reads the usual lines of blkparse, straight into the assembler's events. */
export class PlainEvents implements PlainLines {
  lines = 0;
  /** Whether the summary has begun: there are no more events. */
  ended = false;
  readonly #feed: EventFeed;
  readonly #seconds: Seconds;
  readonly #head: PlainHead;
  #view = new DataView<ArrayBufferLike>(new ArrayBuffer(0));

  constructor(feed: EventFeed, seconds: Seconds) {
    this.#feed = feed;
    this.#seconds = seconds;
    this.#head = new PlainHead(feed);
  }

  /** Hot. */
  read(bytes: Uint8Array, from: number, end: number): number {
    this.lines = 0;
    const zeroSecond = this.#seconds.first;
    if (this.ended || Number.isNaN(zeroSecond)) return from;
    if (this.#view.buffer !== bytes.buffer) this.#view = new DataView(bytes.buffer);
    // All that is looked for below ends at a line feed.
    const last = bytes.lastIndexOf(LINE_FEED, Math.min(end, bytes.length - FARTHEST) - 1);
    const { plain, sequences } = this.#feed;
    const head = this.#head;
    const view = this.#view;
    let lines = 0;
    let next = from;
    while (next <= last) {
      const at = head.read(bytes, view, next);
      if (at < 0) break;
      const { device, cpu, sequence } = head;
      const after = plain.take(bytes, view, at, device, cpu, head.pid, head.seconds - zeroSecond, head.nanoseconds);
      if (after < 0) break;
      if (sequence !== 0) sequences.see(device, cpu, sequence);
      next = after;
      lines++;
    }
    this.lines = lines;
    return next;
  }
}
