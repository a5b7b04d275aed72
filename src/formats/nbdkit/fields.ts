import { FLAG } from "../../model/ops.ts";
import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";
import { errnoOf } from "./errors.ts";

const DOTS = word("...");
const ID = word("id=");
const OFFSET = word("offset=0x");
const COUNT = word("count=0x");
const FUA = word("fua=1");

/** Takes the dots that begin a return and end a request; gives whether there were any. */
export function takesDots(line: Line): boolean {
  return line.takes(DOTS);
}

/** The request's id; not finite where there is none. */
export function readId(line: Line): number {
  line.blanks();
  return line.takes(ID) ? line.decimalField() : Number.NaN;
}

/** The request's first byte; NaN where it is missing. */
export function readOffset(line: Line): number {
  return readHex(line, OFFSET);
}

/** The request's length in bytes; NaN where it is missing. */
export function readCount(line: Line): number {
  return readHex(line, COUNT);
}

function readHex(line: Line, key: Uint8Array): number {
  line.blanks();
  return line.takes(key) ? line.hex() : Number.NaN;
}

/** The flags among the fields up to the line's end. */
export function readFlags(line: Line): number {
  while (!line.atEnd()) {
    if (line.takes(FUA)) return FLAG.fua;
    line.at = line.fieldEnd();
  }
  return 0;
}

/** Whether the line is a request's. nbdkit 1.14 writes `fast=0...` without the blank. */
export function endsWithDots(line: Line): boolean {
  line.at = line.end - DOTS.length;
  return takesDots(line);
}

/** The errno that stands at the line's end; undefined where NBD has no such error. */
export function readError(line: Line): number | undefined {
  line.blanks();
  return errnoOf(line.text(line.end).trimEnd());
}
