/*
 * Written by the patched qemu of libguestfs' contrib/visualize-alignment, read there by tracetops.ml:
 * https://github.com/libguestfs/libguestfs/blob/08840bab44c38d0c69b5780c57b2bf370c96d58c/contrib/visualize-alignment/tracetops.ml
 *
 *     S 20480
 *     R 66 2
 *
 * The disk's size, then one read or write a line: first sector and count, in units of 512 bytes; no time, no flush.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { OP_CODE } from "../../model/ops.ts";
import { LARGEST_EXACT, SECTOR_BYTES } from "../../model/units.ts";
import { headLines } from "../text/headLines.ts";
import type { Line } from "../text/line.ts";
import { readLines } from "../text/readLines.ts";
import { carries, guide } from "./guide.ts";
import { PlainRequests } from "./plainRequests.ts";

const LETTER = { R: 82, S: 83, W: 87 } as const;
const HEADER_CURE = 'the first line gives the size of the disk in sectors: "S 20480"';
const NO_CPU = -1;

/** Traces of libguestfs' contrib/visualize-alignment. */
export const qtr = {
  id: "qtr",
  title: "libguestfs .qtr",
  carries,
  reads: [],
  guide,
  detect: detectQtr,
  read: readQtr,
} as const satisfies Format;

function detectQtr(head: Head): Detection {
  const [first = "", ...others] = headLines(head);
  if (!/^S\s+\S/.test(first)) return { match: false, reason: 'the first line is not "S" and a size' };
  const match = others.length === 0 ? /^S\s+\d+\s*$/.test(first) : others.some((line) => /^[RW]\s/.test(line));
  if (!match) return { match, reason: 'none of the next lines begins with "R" or "W"' };
  return { match, reason: "the size of the disk, then R and W lines" };
}

async function readQtr(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  out.recorded.clock = false;
  const device = out.device("disk");
  let headerRead = false;
  await readLines(
    inputs,
    out,
    (line) => {
      if (headerRead) return readRequest(line, device, out);
      out.deviceFacts(device).bytes ??= readHeader(line);
      headerRead = true;
      return true;
    },
    new PlainRequests(device, out),
  );
  if (!headerRead) throw new TraceError({ file: inputs[0]!.name }, "missing", "size of the disk", HEADER_CURE);
}

function readHeader(line: Line): number {
  if (!line.takesByte(LETTER.S)) throw new TraceError(line.place(), "missing", "size of the disk", HEADER_CURE);
  line.blanks();
  const sectors = line.decimalField();
  if (Number.isNaN(sectors) || !line.atEnd())
    throw new TraceError(line.place(), "invalid", `size of the disk in ${line.quotedLine()}`, HEADER_CURE);
  if (sectors * SECTOR_BYTES > LARGEST_EXACT) throw line.inexact(`size of the disk in ${line.quotedLine()}`);
  return sectors * SECTOR_BYTES;
}

function readRequest(line: Line, device: number, out: TraceBuilder): boolean {
  const from = line.at;
  const op = line.takesByte(LETTER.R) ? OP_CODE.read : line.takesByte(LETTER.W) ? OP_CODE.write : -1;
  if (op < 0 || !line.blanks()) return line.invalid("request type", "R or W", from);
  const sector = line.decimalField();
  if (Number.isNaN(sector)) return line.invalid("sector", "a whole number");
  line.blanks();
  const count = line.decimalField();
  if (Number.isNaN(count)) return line.invalid("sector count", "a whole number");
  if (!line.atEnd()) return line.invalid("third number", "sector and count alone");
  if ((sector + count) * SECTOR_BYTES > LARGEST_EXACT) throw line.inexact(`request ${line.quotedLine()}`);
  out.request(op, 0, device, sector * SECTOR_BYTES, count * SECTOR_BYTES, out.rows, Number.NaN, 0, NO_CPU, 0);
  return true;
}
