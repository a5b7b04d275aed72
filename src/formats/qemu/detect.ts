import type { Detection, Head } from "../../model/format.ts";
import { word } from "../text/cursor.ts";
import { headLines } from "../text/headLines.ts";
import { Line } from "../text/line.ts";
import { EventArguments } from "./eventArguments.ts";
import { NOT_A_NAME, OTHER_EVENT, takeEventName } from "./eventTable.ts";
import { simpleHeaderOf } from "./simpleHeader.ts";

const STAMPED = /^\d+@\d+\.\d{6}:[a-z]\w*( |$)/;
const OTHER_NAME = /^[a-z][A-Za-z0-9]*_\w*( |$)/;
const MOST_BYTES = 16384;
const ISO_STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z /;
const SIMPLETRACE = /^[A-Za-z]\w* +-?\d+\.\d{3} pid=\d+( |$)/;

export function detectQemu(head: Head): Detection {
  const header = simpleHeaderOf(head.bytes);
  if (header !== null) return { match: true, reason: `a simple trace, version ${header.version}` };
  const first = headLines(head);
  const most = (shape: RegExp) =>
    first.length > 0 && first.filter((line) => shape.test(line)).length * 2 >= first.length;
  if (most(SIMPLETRACE)) return { match: true, reason: "lines of simpletrace.py" };
  if (most(STAMPED)) return { match: true, reason: "events after a thread and a time" };
  const isLog = tellsEvents(wholeLines(head).map((line) => line.replace(ISO_STAMP, "")));
  return { match: isLog, reason: isLog ? "events of qemu" : "no events of qemu's block layer or its disks" };
}

/** A log may begin with other events: of two lines at least it has to be known that only qemu writes them. */
function tellsEvents(lines: readonly string[]): boolean {
  const known = lines.filter(isKnownEvent).length;
  const named = lines.filter((line) => OTHER_NAME.test(line)).length;
  return known >= Math.min(2, lines.length) && known > 0 && (known + named) * 2 >= lines.length;
}

function wholeLines({ bytes, complete }: Head): string[] {
  const lines = new TextDecoder().decode(bytes.subarray(0, MOST_BYTES)).split(/\r?\n/);
  if (!complete || bytes.length > MOST_BYTES) lines.pop();
  return lines.filter((line) => line.trim() !== "");
}

/** Whether a line is an event that tells of requests, with its arguments. */
function isKnownEvent(text: string): boolean {
  const line = new Line("");
  const bytes = word(text);
  line.set(bytes, 0, bytes.length);
  const event = takeEventName(line);
  if (event === NOT_A_NAME || event === OTHER_EVENT) return false;
  const from = line.at;
  return event.forms.some(({ form }) => {
    line.at = from;
    return form.readLog(line, new EventArguments());
  });
}
