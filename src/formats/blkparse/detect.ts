import { TraceError } from "../../model/errors.ts";
import type { Detection, Head, ReadHints } from "../../model/format.ts";
import { Line } from "../text/line.ts";
import { CustomLines } from "./customLines.ts";
import { TextEvent } from "./textEvent.ts";

const MOST_LINES = 20;
const EVENT =
  /^ *\d+,\d+ +\d+ +\d+ +\d+\.\d{9} +\d+ +(?:[\da-f]+,[\da-f]+ +)?(?:UT|[ABCDFGIMPQRSTUXm]) +F?[DWRNZ][A-Z]*(?: |$)/;
const INPUT_FILE = /^Input file .* added$/;

/** Recognises the default lines by their shape, and lines of another format string where the side file says it. */
export function detect(head: Head, hints: ReadHints): Detection {
  const lines = firstLines(head);
  if (hints.blkparseFormat !== undefined || hints.blkparseFormatOf !== undefined) return detectCustom(lines, hints);
  return mostFit(lines, (line) => EVENT.test(line))
    ? { match: true, reason: "blkparse's lines: device, CPU, sequence, time, pid, action" }
    : { match: false, reason: "no lines of blkparse's, and no format string in its side file" };
}

function detectCustom(lines: readonly string[], hints: ReadHints): Detection {
  const custom = customLines(hints);
  if (typeof custom === "string") return { match: false, possible: true, reason: custom };
  const event = new TextEvent();
  return mostFit(lines, (text) => custom.read(lineOf(text), event))
    ? { match: true, reason: "lines as the side file's format string makes them" }
    : { match: false, possible: true, reason: "its lines do not fit the side file's format string" };
}

function customLines(hints: ReadHints): CustomLines | string {
  try {
    return new CustomLines(hints, { file: "" });
  } catch (error) {
    if (error instanceof TraceError) return error.what;
    throw error;
  }
}

function mostFit(lines: readonly string[], fits: (line: string) => boolean): boolean {
  const fitting = lines.filter(fits).length;
  return fitting > 0 && fitting * 2 > lines.length;
}

function lineOf(text: string): Line {
  const bytes = new TextEncoder().encode(text);
  const line = new Line("");
  line.set(bytes, 0, bytes.length);
  return line;
}

/** The first lines that are whole and not blank, after the list of input files, which comes first in some outputs. */
function firstLines({ bytes, complete }: Head): string[] {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  if (!complete) lines.pop();
  return lines.filter((line) => line.trim() !== "" && !INPUT_FILE.test(line)).slice(0, MOST_LINES);
}
