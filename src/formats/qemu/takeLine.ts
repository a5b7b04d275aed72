import type { Line } from "../text/line.ts";
import type { EventArguments } from "./eventArguments.ts";
import type { EventForms } from "./eventTable.ts";
import type { QemuTrace } from "./qemuTrace.ts";
import { InexactRange } from "./range.ts";

const SPACE = 32;
const NOT_NEGATIVE = "an offset and a length that are not negative";

/** Reads the arguments of an event from a line, in whichever form fits, and takes it into the trace. Hot. */
export function takeLine(
  line: Line,
  { name, forms, fault, expectedInLog, expected }: EventForms,
  trace: QemuTrace,
  event: EventArguments,
  writer: "log" | "simpletrace",
): boolean {
  const from = line.at;
  let furthest = from;
  for (let i = 0; i < forms.length; i++) {
    const { form, take } = forms[i]!;
    line.at = from;
    if (writer === "log" ? form.readLog(line, event) : form.readSimpletrace(line, event)) {
      try {
        return take(trace, event) || line.invalid("range of", NOT_NEGATIVE, from - name.length - 1);
      } catch (error) {
        throw error instanceof InexactRange ? line.inexact(`request ${line.quotedLine()}`) : error;
      }
    }
    furthest = Math.max(furthest, line.at);
  }
  return line.invalid(fault, writer === "log" ? expectedInLog : expected, fieldStart(line, from, furthest));
}

function fieldStart({ bytes }: Line, from: number, inside: number): number {
  let at = inside;
  while (at > from && bytes[at - 1] !== SPACE) at--;
  return at;
}
