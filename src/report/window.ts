import type { TimeWindow, WindowInfo } from "../analysis/window.ts";
import { TraceError } from "../model/errors.ts";
import { counted, countText, durationText } from "../model/quantities.ts";
import type { Recorded } from "../model/trace.ts";
import type { SideFile } from "./sideFile.ts";

/** The window that a side file gives; what it leaves out is open. null: none. */
export function windowOf({ window }: SideFile, sideFileName: string): TimeWindow | null {
  if (window === undefined) return null;
  const { fromNs = Number.NEGATIVE_INFINITY, toNs = Number.POSITIVE_INFINITY } = window;
  if (toNs > fromNs) return { fromNs, toNs };
  throw new TraceError({ file: sideFileName }, "invalid", "window", "toNs must lie after fromNs");
}

/** A window of time is of a trace that has times. */
export function assertClock({ clock }: Readonly<Recorded>, file: string): void {
  if (clock) return;
  const cure = "this trace has no clock; leave the window out, and mark what matters with qtrace";
  throw new TraceError({ file }, "unsupported", "window of time", cure);
}

/** "2 s to 5 s of 60 s: 1 204 of 9 000 requests". */
export function windowText({ fromNs, toNs, traceLastNs, traceRequests }: WindowInfo, requests: number): string {
  const from = fromNs === null ? "the start" : exactText(fromNs);
  const to = toNs === null ? "the end" : exactText(toNs);
  const whole = durationText(traceLastNs ?? 0);
  return `${from} to ${to} of ${whole}: ${countText(requests)} of ${counted(traceRequests, "request")}`;
}

const UNITS = [
  ["s", 1e9],
  ["ms", 1e6],
  ["µs", 1e3],
] as const;

/** As somebody gave it: "2.3456 s". */
function exactText(ns: number): string {
  const [unit, size] = UNITS.find(([, least]) => ns >= least) ?? ["ns", 1];
  return `${ns / size} ${unit}`;
}
