import { TraceError } from "../../model/errors.ts";
import type { ReadHints } from "../../model/format.ts";
import type { Place } from "../../model/trace.ts";
import { BLOCK_EVENT } from "../blockEvents/index.ts";
import type { Line } from "../text/line.ts";
import { DefaultLines } from "./defaultLines.ts";
import type { EventLines } from "./eventLines.ts";
import { FormatLines, type Printed } from "./formatLines.ts";
import { parseFormat } from "./formatString.ts";
import { Seconds } from "./seconds.ts";
import type { TextEvent } from "./textEvent.ts";

const CURE = "print the trace again";

/** Lines for which `blkparse` was given format strings: with -f one for all actions, with -F one for an action. */
export class CustomLines implements EventLines {
  /** Of the actions without a format string of their own. */
  readonly #others: EventLines;
  readonly #default: DefaultLines;
  readonly #ofActions: readonly FormatLines[];
  readonly #hasOwn = new Uint8Array(256);
  /** What the lines of all actions print; null for blkparse's default, which prints all. */
  readonly printed: Printed | null;

  constructor({ blkparseFormat, blkparseFormatOf = {} }: ReadHints, place: Place) {
    const seconds = new Seconds();
    this.#default = new DefaultLines(seconds);
    const all = blkparseFormat === undefined ? null : formatLines(blkparseFormat, seconds, place);
    this.#others = all ?? this.#default;
    this.printed = all?.printed ?? null;
    this.#ofActions = Object.entries(blkparseFormatOf).map(([letter, format]) => {
      this.#hasOwn[letter.charCodeAt(0)] = 1;
      return formatLines(format, seconds, place, letter);
    });
  }

  get numbered(): boolean {
    return [this.#others, ...this.#ofActions].every(({ numbered }) => numbered);
  }

  read(line: Line, event: TextEvent): boolean {
    const from = line.at;
    if (this.#others.read(line, event) && this.#hasOwn[event.letter] === 0) return true;
    let nearest: EventLines = this.#others;
    let reached = line.at;
    for (const lines of this.#ofActions) {
      line.at = from;
      if (lines.read(line, event)) return true;
      if (line.at > reached) [nearest, reached] = [lines, line.at];
    }
    line.at = from;
    if (this.#default.read(line, event) && event.kind === BLOCK_EVENT.message) return true;
    line.at = from;
    return nearest.read(line, event) && line.invalid("action", "one without a format string of its own", from);
  }
}

function formatLines(format: string, seconds: Seconds, place: Place, action = ""): FormatLines {
  const parsed = parseFormat(format);
  const quoted = `format string ${JSON.stringify(format)}`;
  if ("fault" in parsed) throw new TraceError(place, "unsupported", quoted, `${parsed.fault}: ${CURE} with another`);
  const lines = new FormatLines(parsed.steps, seconds, action === "" ? 0 : action.charCodeAt(0));
  const missing = firstMissing(lines.printed, action);
  if (missing !== null)
    throw new TraceError(
      place,
      "missing",
      `${missing} in the ${quoted}`,
      `a request is known by %a, %d, %S, and %n or %N: ${CURE} with them, and with %D, %T.%t, %c, %p, %e where they matter`,
    );
  return lines;
}

function firstMissing(printed: Printed, action: string): string | null {
  if (action === "" && !printed.has("a")) return "%a";
  if (!printed.has("d")) return "%d";
  if (!printed.has("S")) return "%S";
  return printed.has("n") || printed.has("N") ? null : "%n or %N";
}
