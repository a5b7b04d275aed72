import type { PlainLines } from "../text/readLines.ts";
import type { EventFeed } from "./eventFeed.ts";
import { PlainDevice } from "./plainDevice.ts";
import type { Seconds } from "./seconds.ts";

const [LINE_FEED, SPACE, DOT, ZERO] = [10, 32, 46, 48];
/** Digits that fit 32 bits whatever they are. */
const SMALL_DIGITS = 9;
const NANOSECOND_DIGITS = 9;

/** Reads the usual lines of blkparse, straight into the assembler's events. */
export class PlainEvents implements PlainLines {
  lines = 0;
  /** Whether the summary has begun: there are no more events. */
  ended = false;
  readonly #feed: EventFeed;
  readonly #seconds: Seconds;
  readonly #device: PlainDevice;

  constructor(feed: EventFeed, seconds: Seconds) {
    this.#feed = feed;
    this.#seconds = seconds;
    this.#device = new PlainDevice(feed);
  }

  /** Hot. */
  read(bytes: Uint8Array, from: number, end: number): number {
    this.lines = 0;
    // All that is looked for below ends at a line feed.
    const last = bytes.lastIndexOf(LINE_FEED, end - 1);
    const zeroSecond = this.#seconds.first;
    if (this.ended || Number.isNaN(zeroSecond)) return from;
    const { plain, sequences } = this.#feed;
    const device = this.#device;
    let lines = 0;
    let next = from;
    while (next <= last) {
      let at = next;
      while (bytes[at] === SPACE) at++;
      at = device.read(bytes, at);
      if (at < 0) break;
      while (bytes[at] === SPACE) at++;
      let fieldAt = at;
      let cpu = 0;
      for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
        cpu = (Math.imul(cpu, 10) + digit) | 0;
      if (at === fieldAt || at > fieldAt + SMALL_DIGITS || bytes[at] !== SPACE) break;
      while (bytes[at] === SPACE) at++;
      fieldAt = at;
      let sequence = 0;
      for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
        sequence = (Math.imul(sequence, 10) + digit) | 0;
      if (at === fieldAt || at > fieldAt + SMALL_DIGITS || bytes[at] !== SPACE) break;
      while (bytes[at] === SPACE) at++;
      fieldAt = at;
      let seconds = 0;
      for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
        seconds = (Math.imul(seconds, 10) + digit) | 0;
      if (at === fieldAt || at > fieldAt + SMALL_DIGITS || bytes[at] !== DOT) break;
      fieldAt = ++at;
      let nanoseconds = 0;
      for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
        nanoseconds = (Math.imul(nanoseconds, 10) + digit) | 0;
      if (at !== fieldAt + NANOSECOND_DIGITS || bytes[at] !== SPACE) break;
      while (bytes[at] === SPACE) at++;
      fieldAt = at;
      let pid = 0;
      for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
        pid = (Math.imul(pid, 10) + digit) | 0;
      if (at === fieldAt || at > fieldAt + SMALL_DIGITS || bytes[at] !== SPACE) break;
      const after = plain.take(bytes, at, device.index, cpu, pid, seconds - zeroSecond, nanoseconds);
      if (after < 0) break;
      if (sequence !== 0) sequences.see(device.index, cpu, sequence);
      next = after;
      lines++;
    }
    this.lines = lines;
    return next;
  }
}
