import type { EventFeed } from "./eventFeed.ts";

const [SPACE, COMMA, ZERO] = [32, 44, 48];
/** Digits that fit 32 bits whatever they are. */
const SMALL_DIGITS = 9;
const MOST_MAJOR = 4095;
const MOST_MINOR = (1 << 20) - 1;
const NONE = -1;
const ODD = -1;

/** Reads the device of usual lines, `major,minor`: mostly that of the line before. */
export class PlainDevice {
  /** The trace's index of it. */
  index = NONE;
  readonly #feed: EventFeed;
  #major = NONE;
  #minor = NONE;

  constructor(feed: EventFeed) {
    this.#feed = feed;
  }

  /** Gives where the device ends, before a blank; -1 where it is not as usual, or has had no event yet. Hot. */
  read(bytes: Uint8Array, from: number): number {
    let at = from;
    let major = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      major = (Math.imul(major, 10) + digit) | 0;
    if (at === from || at > from + SMALL_DIGITS || bytes[at] !== COMMA) return ODD;
    const minorAt = ++at;
    let minor = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      minor = (Math.imul(minor, 10) + digit) | 0;
    if (at === minorAt || at > minorAt + SMALL_DIGITS || bytes[at] !== SPACE) return ODD;
    return (major === this.#major && minor === this.#minor) || this.#goTo(major, minor) ? at : ODD;
  }

  #goTo(major: number, minor: number): boolean {
    if (major > MOST_MAJOR || minor > MOST_MINOR) return false;
    const device = this.#feed.known(major, minor);
    if (device < 0) return false;
    this.#major = major;
    this.#minor = minor;
    this.index = device;
    return true;
  }
}
