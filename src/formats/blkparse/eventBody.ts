import { SECTOR_BYTES } from "../../model/units.ts";
import { BLOCK_EVENT, deviceNumber } from "../blockEvents/index.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import type { TextEvent } from "./textEvent.ts";

const BRACKET = { open: 91, close: 93 } as const;
const PARENTHESIS = { open: 40, close: 41 } as const;
const PLUS = 43;
const MINUS = 45;
const COMMA = 44;
const SLASH = 47;
const ARROW = word("<- (");
/** blkparse prints the low 32 bits of where a split cuts. */
const PRINTED_OF_SPLIT = 2 ** 32;

/** Reads what follows the letters, in the way of its action; gives whether it is what blkparse and the kernel print. */
export function readBody(line: Line, event: TextEvent): boolean {
  line.blanks();
  event.placeAt = line.at;
  event.passthrough = false;
  event.sector = 0;
  event.bytes = 0;
  event.error = 0;
  event.extra = 0;
  event.nameStart = event.nameEnd = 0;
  switch (event.kind) {
    case BLOCK_EVENT.queue:
    case BLOCK_EVENT.issue:
    case BLOCK_EVENT.insert:
      return readQueued(line, event);
    case BLOCK_EVENT.complete:
    case BLOCK_EVENT.requeue:
      return readReturned(line, event);
    case BLOCK_EVENT.getRequest:
    case BLOCK_EVENT.merge:
      return readPlace(line, event) && readName(line, event);
    case BLOCK_EVENT.remap:
      return readRemap(line, event);
    case BLOCK_EVENT.split:
      return readSplit(line, event);
    case BLOCK_EVENT.plug:
    case BLOCK_EVENT.unplug:
    case BLOCK_EVENT.unplugTimer:
      return readPlug(line, event);
    default:
      return readQueued(line, event);
  }
}

/** `sector + count [name]`, `[name]` without bytes, with -t `(elapsed)` before the name; `bytes (command) [name]` of a passthrough. */
function readQueued(line: Line, event: TextEvent): boolean {
  return readPlace(line, event) && skipParentheses(line) && readName(line, event);
}

/** `sector + count`; `bytes` alone belongs to a passthrough. */
function readPlace(line: Line, event: TextEvent): boolean {
  const sector = line.decimal();
  if (Number.isNaN(sector)) return true;
  line.blanks();
  if (!line.takesByte(PLUS)) {
    event.passthrough = true;
    event.bytes = sector;
    return true;
  }
  event.sector = sector;
  return readCount(line, event);
}

function readCount(line: Line, event: TextEvent): boolean {
  line.blanks();
  const count = line.decimal();
  if (Number.isNaN(count)) return line.invalid("sector count", "a whole number");
  event.bytes = count * SECTOR_BYTES;
  line.blanks();
  return true;
}

/** `sector + count [error]`, `sector [error]` without bytes, with -t `(elapsed)` before it; `(command) [error]` of a passthrough. */
function readReturned(line: Line, event: TextEvent): boolean {
  const sector = line.decimal();
  event.passthrough = Number.isNaN(sector);
  if (!event.passthrough) event.sector = sector;
  line.blanks();
  if (line.takesByte(PLUS) && !readCount(line, event)) return false;
  return skipParentheses(line) && readError(line, event);
}

function readError(line: Line, event: TextEvent): boolean {
  if (!line.takesByte(BRACKET.open)) return line.invalid("error", "[, a whole number and ]");
  const from = line.at;
  line.takesByte(MINUS);
  event.error = line.decimal();
  if (Number.isNaN(event.error) || !line.takesByte(BRACKET.close))
    return line.invalid("error", "a whole number and ]", from);
  return atEnd(line);
}

/** `sector + count <- (major,minor) sector`. */
function readRemap(line: Line, event: TextEvent): boolean {
  if (!readPlace(line, event)) return false;
  if (!line.takes(ARROW)) return line.invalid("origin", "<- (major,minor) and a sector");
  const major = line.decimal();
  const isPair = line.takesByte(COMMA);
  event.extra = deviceNumber(major, line.decimal());
  if (!isPair || Number.isNaN(event.extra) || !line.takesByte(PARENTHESIS.close))
    return line.invalid("device", "major,minor");
  line.blanks();
  const fromSector = line.decimal();
  if (Number.isNaN(fromSector)) return line.invalid("sector", "a whole number");
  event.fromBytes = fromSector * SECTOR_BYTES;
  return atEnd(line);
}

/** `[name]`; of an unplug `[name] count`, of requests. */
function readPlug(line: Line, event: TextEvent): boolean {
  if (line.peek() !== BRACKET.open) return noName(line);
  const { bytes } = line;
  let at = line.end - 1;
  while (bytes[at] !== BRACKET.close && at > line.at) at--;
  line.at = at + 1;
  line.blanks();
  const count = line.decimal();
  if (!Number.isNaN(count)) event.extra = count;
  return atEnd(line);
}

/** `sector / sector [name]`: where the bio begins, and where its second part does. */
function readSplit(line: Line, event: TextEvent): boolean {
  const sector = line.decimal();
  line.blanks();
  if (Number.isNaN(sector) || !line.takesByte(SLASH)) return line.invalid("sector", "two, with / between");
  line.blanks();
  const cut = line.decimal();
  if (Number.isNaN(cut)) return line.invalid("sector", "a whole number");
  line.blanks();
  event.sector = sector;
  event.bytes = sectorsTo(cut, sector) * SECTOR_BYTES;
  event.extra = sector * SECTOR_BYTES + event.bytes;
  return readName(line, event);
}

/** How many sectors of a split bio come before the cut. */
function sectorsTo(cut: number, sector: number): number {
  const sectors = (cut - sector) % PRINTED_OF_SPLIT;
  return sectors < 0 ? sectors + PRINTED_OF_SPLIT : sectors;
}

/** `[name]`, which is the last on the line; a name may have brackets in it. */
function readName(line: Line, event: TextEvent): boolean {
  if (!line.takesByte(BRACKET.open)) return noName(line);
  if (line.bytes[line.end - 1] !== BRACKET.close) return line.invalid("end of the line", "]", line.end);
  event.nameStart = line.at;
  event.nameEnd = line.end - 1;
  return true;
}

function noName(line: Line): false {
  return line.invalid("name of the process", "it in brackets");
}

function skipParentheses(line: Line): boolean {
  if (!line.takesByte(PARENTHESIS.open)) return true;
  const { bytes, end } = line;
  let at = line.at;
  while (at < end && bytes[at] !== PARENTHESIS.close) at++;
  line.at = Math.min(end, at + 1);
  line.blanks();
  return true;
}

function atEnd(line: Line): boolean {
  return line.atEnd() || line.invalid("rest of the line", "nothing");
}
