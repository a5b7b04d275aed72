import { deviceNumber } from "../blockEvents/index.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import { Fields } from "./fields.ts";
import { printedPriority } from "./priority.ts";
import { Rwbs } from "./rwbs.ts";

const SPACE = 32;
const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;
const COMMA = 44;
const SLASH = 47;
const PLUS = 43;
const MINUS = 45;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const LETTER_D = 100;
const FROM = word(" <- (");

/**
 * What an event says of a bio or a request, as the kernel prints it
 *
 *     254,0 WS 4096 () 16573296 + 8 be,0,4 [kworker/7:0H]    requests before they are complete: bytes, SCSI command
 *     254,0 WS () 16573296 + 8 [-5]                          and after: the error
 *     254,0 WS 16573296 + 8 [dd]                             bios
 *     254,0 WS 55298 / 57346 [dd]                            a bio that is cut at a sector
 *     254,0 WS 16573296 + 8 <- (254,1) 16571248              a bio that comes from a partition, dm or md
 *
 * or field by field, as `trace-cmd report -R` and the option `fields` of the trace file do. Older kernels have no priority,
 * and old ones print 0 bytes for all but passthrough requests.
 */
export class Payload {
  readonly rwbs = new Rwbs();
  /** The `deviceNumber`. */
  device = 0;
  /** Infinity beyond 2^53, as the 2^64-1 of a flush is. */
  sector = 0;
  sectors = 0;
  /** What the driver gets to hold, where the event says so; else 0. */
  bytes = 0;
  hasCommand = false;
  /** Of a split: where its second part begins. */
  cutSector = 0;
  /** Of a remap: the `deviceNumber` where the bio was before, and its sector there. */
  fromDevice = 0;
  fromSector = 0;
  /** Of a completion: a positive errno, or 0 for success. */
  error = 0;
  /** A PRIORITY bit, or 0. */
  priority = 0;
  readonly #fields = new Fields();

  /** Reads all that counts; gives false, through `line.invalid`, where it cannot. Hot. */
  read(line: Line): boolean {
    this.bytes = 0;
    this.hasCommand = false;
    this.error = 0;
    this.priority = 0;
    if (line.peek() === LETTER_D) return this.#fields.read(line, this);
    const from = line.at;
    this.device = readDevice(line);
    if (!(this.device >= 0) || !line.takesByte(SPACE)) return line.invalid("device", "MAJOR,MINOR", from);
    if (!this.rwbs.read(line) || !line.takesByte(SPACE))
      return line.invalid("letters of the op", "R, WS, FWFSM or the like");
    return this.#request(line) && this.#range(line);
  }

  /** The bytes and the command before the sector, where there are some. */
  #request(line: Line): boolean {
    const from = line.at;
    if (line.peek() !== OPEN_PARENTHESIS) {
      const first = line.decimal();
      if (Number.isNaN(first) || !line.takesByte(SPACE)) return line.invalid("sector", "a whole number", from);
      if (line.peek() !== OPEN_PARENTHESIS) {
        this.sector = first;
        return true;
      }
      this.bytes = first;
    }
    return this.#command(line) && this.#sector(line);
  }

  #command(line: Line): boolean {
    const { bytes, end, at } = line;
    let close = at + 1;
    while (close < end && bytes[close] !== CLOSE_PARENTHESIS) close++;
    if (close + 1 >= end || bytes[close + 1] !== SPACE) return line.invalid("command", "(COMMAND) SECTOR", at);
    this.hasCommand = close > at + 1;
    line.at = close + 2;
    return true;
  }

  #sector(line: Line): boolean {
    const from = line.at;
    this.sector = line.decimal();
    return (!Number.isNaN(this.sector) && line.takesByte(SPACE)) || line.invalid("sector", "a whole number", from);
  }

  /** What follows the sector and its blank. */
  #range(line: Line): boolean {
    if (line.takesByte(SLASH)) return this.#cut(line);
    if (!line.takesByte(PLUS) || !line.takesByte(SPACE)) return line.invalid("number of sectors", "+ SECTORS");
    const from = line.at;
    this.sectors = line.decimal();
    if (!Number.isFinite(this.sectors) || !line.atFieldEnd())
      return line.invalid("number of sectors", "a whole number", from);
    if (line.takes(FROM)) {
      this.fromDevice = readDevice(line);
      if (!(this.fromDevice >= 0)) return line.invalid("device", "MAJOR,MINOR");
      if (!line.takesByte(CLOSE_PARENTHESIS) || !line.takesByte(SPACE))
        return line.invalid("sector", "(DEVICE) SECTOR");
      this.fromSector = line.decimal();
      return Number.isFinite(this.fromSector) || line.invalid("sector", "a whole number");
    }
    return this.#ending(line);
  }

  #cut(line: Line): boolean {
    line.takesByte(SPACE);
    const from = line.at;
    this.cutSector = line.decimal();
    if (!(this.cutSector > this.sector) || !Number.isFinite(this.cutSector))
      return line.invalid("sector", "SECTOR / SECTOR", from);
    this.sectors = this.cutSector - this.sector;
    return true;
  }

  /** What stands in brackets at the end: an error, or the name of the process, which may begin with a digit too. */
  #ending(line: Line): boolean {
    const { bytes, end } = line;
    line.takesByte(SPACE);
    this.priority = printedPriority(bytes, line.at);
    let { at } = line;
    while (at < end && bytes[at] !== OPEN_BRACKET) at++;
    let last = end - 1;
    while (last > at && bytes[last] === SPACE) last--;
    if (bytes[last] !== CLOSE_BRACKET || last < at)
      return line.invalid("end of the event", "[ERROR] or [PROCESS]", end);
    line.at = at + 1;
    line.takesByte(MINUS);
    this.error = line.decimal();
    return true;
  }
}

/** `254,0`; NaN where there is none. */
function readDevice(line: Line): number {
  const major = line.decimal();
  if (!line.takesByte(COMMA)) return Number.NaN;
  return deviceNumber(major, line.decimal());
}
