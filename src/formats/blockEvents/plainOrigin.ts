import { SECTOR_BYTES } from "../../model/units.ts";
import { deviceNumber } from "./blockEvent.ts";

const [LINE_FEED, SPACE, PARENTHESIS, CLOSE_PARENTHESIS, COMMA, HYPHEN, ZERO, LESS] = [10, 32, 40, 41, 44, 45, 48, 60];
/** Digits that fit 32 bits whatever they are. */
const SMALL_DIGITS = 9;
/** Sectors of so many digits have bytes that are exact. */
const MOST_DIGITS = 12;
const ODD = -1;

/** Where a remapped bio was before, as the kernel and blkparse print it at a line's end: `<- (254,1) 16571248`. */
export class PlainOrigin {
  /** The `deviceNumber`. */
  number = 0;
  offsetBytes = 0;

  /** Reads it and the line feed; gives where the next line begins, or -1 where it is not quite as usual. Hot. */
  read(bytes: Uint8Array, from: number): number {
    let at = from;
    if (bytes[at] !== LESS || bytes[at + 1] !== HYPHEN || bytes[at + 2] !== SPACE || bytes[at + 3] !== PARENTHESIS)
      return ODD;
    at += 4;
    const majorAt = at;
    let major = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      major = (Math.imul(major, 10) + digit) | 0;
    if (at === majorAt || at > majorAt + SMALL_DIGITS || bytes[at] !== COMMA) return ODD;
    const minorAt = ++at;
    let minor = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO)
      minor = (Math.imul(minor, 10) + digit) | 0;
    if (at === minorAt || at > minorAt + SMALL_DIGITS) return ODD;
    if (bytes[at] !== CLOSE_PARENTHESIS || bytes[at + 1] !== SPACE) return ODD;
    at += 2;
    const sectorAt = at;
    let sector = 0;
    for (let digit = bytes[at]! - ZERO; digit >>> 0 <= 9; digit = bytes[++at]! - ZERO) sector = sector * 10 + digit;
    if (at === sectorAt || at > sectorAt + MOST_DIGITS || bytes[at] !== LINE_FEED) return ODD;
    this.number = deviceNumber(major, minor);
    this.offsetBytes = sector * SECTOR_BYTES;
    return at + 1;
  }
}
