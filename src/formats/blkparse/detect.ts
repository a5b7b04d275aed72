import { TraceError } from "../../model/errors.ts";
import type { Detection, Head, ReadHints } from "../../model/format.ts";
import { countText } from "../../model/quantities.ts";
import { MOST_NOT_UNDERSTOOD } from "../broken.ts";
import { Line } from "../text/line.ts";
import { CustomLines } from "./customLines.ts";
import { noEvent } from "./summary.ts";
import { TextEvent } from "./textEvent.ts";

const MOST_LINES = 20;
const EVENT =
  /^ *\d+,\d+ +\d+ +\d+ +\d+\.\d{9} +\d+ +(?:[\da-f]+,[\da-f]+ +)?(?:UT|[ABCDFGIMPQRSTUXm]) +F?[DWRNZ][A-Z]*(?: |$)/;
const ACTION = /\d\.\d{9} +\d+ +(?:[\da-f]+,[\da-f]+ +)?([A-Z]+)/;
/** Those without which there are no requests and no latencies. */
const NEEDED_ACTIONS = ["D", "C"];
const INPUT_FILE = /^Input file .* added$/;

/** Recognises the default lines by their shape, and lines of another format string where the side file says it. */
export function detect(head: Head, hints: ReadHints): Detection {
  const lines = firstLines(head);
  if (hints.blkparseFormat !== undefined || hints.blkparseFormatOf !== undefined) return detectCustom(lines, hints);
  if (!mostFit(lines, (line) => EVENT.test(line)))
    return { match: false, reason: "no lines of blkparse's, and no format string in its side file" };
  const reason = "blkparse's lines: device, CPU, sequence, time, pid, action";
  const others = otherLines(head);
  return others === null
    ? { match: true, reason }
    : { match: true, reason: `${reason}, but ${others.share} are others: -F was given`, needs: [others.needs] };
}

/** Lines that -F made of some actions, so many that the trace cannot be read without their format strings. */
function otherLines(head: Head): { readonly share: string; readonly needs: string } | null {
  const lines = eventLines(head);
  const events = lines.filter((line) => EVENT.test(line));
  const others = lines.length - events.length;
  if (others <= lines.length * MOST_NOT_UNDERSTOOD) return null;
  const actions = new Set(events.map((line) => ACTION.exec(line)?.[1]));
  const lacking = NEEDED_ACTIONS.filter((action) => !actions.has(action));
  if (lacking.length === 0) return null;
  return {
    share: `${countText(others)} of the first ${countText(lines.length)}`,
    needs: `"blkparseFormatOf": { ${lacking.map((action) => `"${action}": "…"`).join(", ")} }`,
  };
}

function detectCustom(lines: readonly string[], hints: ReadHints): Detection {
  const custom = customLines(hints);
  if (typeof custom === "string") return misfit(custom);
  const event = new TextEvent();
  return mostFit(lines, (text) => custom.read(lineOf(text), event))
    ? { match: true, reason: "lines as the side file's format string makes them" }
    : misfit("its lines do not fit the side file's format string");
}

function misfit(reason: string): Detection {
  return { match: false, possible: true, reason, advice: `${reason}; say there what blkparse was given` };
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
function firstLines(head: Head): string[] {
  return wholeLines(head)
    .filter((line) => !INPUT_FILE.test(line))
    .slice(0, MOST_LINES);
}

/** The lines that should be events: all that stand before the summary. */
function eventLines(head: Head): string[] {
  const lines = wholeLines(head);
  const end = lines.findIndex((line) => noEvent(line) === "summary");
  return lines.slice(0, end < 0 ? lines.length : end).filter((line) => noEvent(line) === null);
}

function wholeLines({ bytes, complete }: Head): string[] {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  if (!complete) lines.pop();
  return lines.filter((line) => line.trim() !== "");
}
