import type { PlainLines } from "../text/readLines.ts";
import type { EventFeed } from "./eventFeed.ts";
import type { Seconds } from "./seconds.ts";

const [LINE_FEED, SPACE, COMMA, DOT, ZERO] = [10, 32, 44, 46, 48];
/** Digits that fit 32 bits whatever they are. */
const SMALL_DIGITS = 9;
const NANOSECOND_DIGITS = 9;
const MOST_MAJOR = 4095;
const MOST_MINOR = (1 << 20) - 1;
const NONE = -1;

/** Reads the usual lines of blkparse, straight into the assembler's events. */
export class PlainEvents implements PlainLines {
  lines = 0;
  /** Whether the summary has begun: there are no more events. */
  ended = false;
  readonly #feed: EventFeed;
  readonly #seconds: Seconds;
  #lastMajor = NONE;
  #lastMinor = NONE;
  #lastDevice = NONE;

  constructor(feed: EventFeed, seconds: Seconds) {
    this.#feed = feed;
    this.#seconds = seconds;
  }

  /** Hot. */
  read(bytes: Uint8Array, from: number, end: number): number {
    this.lines = 0;
    // All that is looked for below ends at a line feed.
    const last = bytes.lastIndexOf(LINE_FEED, end - 1);
    const zeroSecond = this.#seconds.first;
    if (this.ended || Number.isNaN(zeroSecond)) return from;
    const { plain, sequences } = this.#feed;
    let lines = 0;
    let next = from;
    while (next <= last) {
      let at = next;
      while (bytes[at] === SPACE) at++;
      let fieldAt = at;
      let major = 0;
      for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
        major = (Math.imul(major, 10) + digit) | 0;
      if (at === fieldAt || at > fieldAt + SMALL_DIGITS || bytes[at] !== COMMA) break;
      fieldAt = ++at;
      let minor = 0;
      for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
        minor = (Math.imul(minor, 10) + digit) | 0;
      if (at === fieldAt || at > fieldAt + SMALL_DIGITS || bytes[at] !== SPACE) break;
      while (bytes[at] === SPACE) at++;
      fieldAt = at;
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
      if ((major !== this.#lastMajor || minor !== this.#lastMinor) && !this.#goTo(major, minor)) break;
      const device = this.#lastDevice;
      const after = plain.take(bytes, at, device, cpu, pid, seconds - zeroSecond, nanoseconds);
      if (after < 0) break;
      if (sequence !== 0) sequences.see(device, cpu, sequence);
      next = after;
      lines++;
    }
    this.lines = lines;
    return next;
  }

  /** Makes a device the current one; gives false where it has had no event yet. */
  #goTo(major: number, minor: number): boolean {
    if (major > MOST_MAJOR || minor > MOST_MINOR) return false;
    const device = this.#feed.known(major, minor);
    if (device < 0) return false;
    this.#lastMajor = major;
    this.#lastMinor = minor;
    this.#lastDevice = device;
    return true;
  }
}
