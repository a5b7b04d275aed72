import { ByteNames } from "../text/byteNames.ts";
import type { Line } from "../text/line.ts";
import type { Payload } from "./payload.ts";
import { priorityOf } from "./priority.ts";

const EQUALS = 61;
const OPEN_PARENTHESIS = 40;
const MINUS = 45;
const LETTER_X = 120;
const WORD_VALUES = 2 ** 32;
const NEGATIVE_FROM = 2 ** 31;

const FIELD = {
  other: 0,
  device: 1,
  sector: 2,
  sectors: 3,
  bytes: 4,
  rwbs: 5,
  error: 6,
  cutSector: 7,
  fromDevice: 8,
  fromSector: 9,
  priority: 10,
  /** It and what follows may hold blanks, and say nothing new. */
  last: 11,
} as const;

const FIELDS = new Map<string, number>([
  ["dev", FIELD.device],
  ["sector", FIELD.sector],
  ["nr_sector", FIELD.sectors],
  ["bytes", FIELD.bytes],
  ["rwbs", FIELD.rwbs],
  ["error", FIELD.error],
  ["new_sector", FIELD.cutSector],
  ["old_dev", FIELD.fromDevice],
  ["old_sector", FIELD.fromSector],
  ["ioprio", FIELD.priority],
  ["comm", FIELD.last],
  ["cmd", FIELD.last],
]);

const NEEDED = (1 << FIELD.device) | (1 << FIELD.sector) | (1 << FIELD.rwbs);

/**
 * The fields of an event, not printed as the kernel prints them
 *
 *     dev=266338304 sector=259968 nr_sector=8 bytes=4096 rwbs=RA comm=mount cmd=                       trace-cmd report -R
 *     dev=0x700000 (7340032) sector=0x0 (0) nr_sector=0x20 (32) rwbs=RA comm=mkfs.ext4         the option `fields`
 */
export class Fields {
  readonly #names = new ByteNames((name) => FIELDS.get(name) ?? FIELD.other);

  /** Reads them into the payload; gives false, through `line.invalid`, where some are missing. */
  read(line: Line, payload: Payload): boolean {
    let seen = 0;
    payload.sectors = 0;
    payload.cutSector = Number.NaN;
    while (!line.atEnd()) {
      const field = this.#name(line);
      if (field < 0) return line.invalid("field", "NAME=VALUE");
      if (field === FIELD.last) break;
      if (field === FIELD.rwbs) {
        if (!payload.rwbs.read(line)) return line.invalid("letters of the op", "R, WS, FWFSM or the like");
      } else if (!setField(payload, field, readValue(line))) return line.invalid("field", "a whole number");
      line.at = line.fieldEnd();
      seen |= 1 << field;
    }
    if ((seen & NEEDED) !== NEEDED) return line.invalid("fields", "dev=… sector=… rwbs=…", line.end);
    if (payload.cutSector >= 0) payload.sectors = payload.cutSector - payload.sector;
    return true;
  }

  #name(line: Line): number {
    const { bytes, end, at: start } = line;
    let at = start;
    while (at < end && bytes[at] !== EQUALS) at++;
    if (at >= end) return -1;
    line.at = at + 1;
    return this.#names.find(bytes, start, at);
  }
}

/** Gives false where the value is no number. */
function setField(payload: Payload, field: number, value: number): boolean {
  if (field === FIELD.other) return true;
  if (field === FIELD.priority) {
    payload.priority = priorityOf(value);
    return true;
  }
  if (Number.isNaN(value)) return false;
  if (field === FIELD.device) payload.device = value;
  else if (field === FIELD.sector) payload.sector = value < 0 ? Number.POSITIVE_INFINITY : value;
  else if (field === FIELD.sectors) payload.sectors = value;
  else if (field === FIELD.bytes) payload.bytes = value;
  else if (field === FIELD.error) payload.error = Math.abs(value < NEGATIVE_FROM ? value : value - WORD_VALUES);
  else if (field === FIELD.cutSector) payload.cutSector = value;
  else if (field === FIELD.fromDevice) payload.fromDevice = value;
  else if (field === FIELD.fromSector) payload.fromSector = value;
  return true;
}

/** `8`, `-5` or `0x8 (8)`; NaN where there is none. */
function readValue(line: Line): number {
  const { bytes, at } = line;
  if (bytes[at + 1] !== LETTER_X) return readSigned(line);
  line.at = line.fieldEnd();
  line.blanks();
  return line.takesByte(OPEN_PARENTHESIS) ? readSigned(line) : Number.NaN;
}

function readSigned(line: Line): number {
  const negative = line.takesByte(MINUS);
  const value = line.decimal();
  return negative ? -value : value;
}
