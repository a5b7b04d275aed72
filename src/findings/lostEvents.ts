import type { Severity } from "../analysis/summary.ts";
import { lacksCpuFiles, lossOf } from "../model/loss.ts";
import { counted, listed, shareText } from "../model/quantities.ts";
import type { Evidence, Finding } from "./finding.ts";

/** Lost events above this share of all that should be there make every figure doubtful. */
const HIGH_SHARE = 0.01;
/** Requests in flight when a recording starts or ends have no partner; a few are normal. */
const MOST_UNMATCHED_SHARE = 0.01;

interface Signs {
  readonly lost: number;
  readonly share: number;
  readonly unmatched: number;
  readonly texts: readonly string[];
}

/** Events that the trace itself says are missing, and requests without a partner beyond what is normal. */
function signsOf({ quality, scopeList }: Evidence): Signs {
  const { records: lost, share } = lossOf(quality);
  const requests = scopeList.reduce((most, scope) => Math.max(most, scope.requests), 0);
  const all = quality.unmatchedIssues + quality.unmatchedCompletions;
  const unmatched = all > MOST_UNMATCHED_SHARE * requests ? all : 0;
  const texts = [
    ...(quality.droppedEvents ? [`${counted(quality.droppedEvents, "event")} dropped while recording`] : []),
    ...(quality.missingEvents ? [`${counted(quality.missingEvents, "event")} missing in the sequence numbers`] : []),
    ...(quality.notUnderstood ? [`${counted(quality.notUnderstood, "record")} not understood`] : []),
    ...(unmatched ? [`${counted(unmatched, "event")} without a partner`] : []),
    ...(quality.truncated ? ["the end is cut off"] : []),
  ];
  return { lost, share, unmatched, texts };
}

function severityOf(lostShare: number, events: number): Severity {
  if (lostShare >= HIGH_SHARE) return "high";
  return events > 0 ? "medium" : "low";
}

function adviceFor(evidence: Evidence): string {
  const { quality } = evidence;
  if (quality.droppedEvents || quality.missingEvents)
    return "Record again with more and larger buffers (blktrace -b 1024 -n 8), on another disk than the traced one.";
  if (lacksCpuFiles(evidence.quality)) return "Put the files of all CPUs of the recording beside each other.";
  return quality.truncated
    ? "End the recorder so that it writes its last buffer (blktrace: SIGINT), and copy the whole file."
    : "Record again, and begin before the first request of interest.";
}

export const lostEvents: Finding = {
  id: "lost-events",
  question: "Is the trace complete?",
  why: "What a trace lost is missing in every figure: fewer requests, lower throughput, depths that never come down. blktrace drops events when its buffers are full.",
  source: { title: "blktrace(8)", url: "https://man7.org/linux/man-pages/man8/blktrace.8.html" },
  judge(evidence) {
    const { lost, share, unmatched, texts } = signsOf(evidence);
    const [first, ...others] = [
      ...texts,
      ...(lacksCpuFiles(evidence.quality) ? ["there is no file for some CPUs"] : []),
    ];
    if (first === undefined) return null;
    return {
      severity: severityOf(share, lost + unmatched),
      title: `The trace ${texts.length > 0 ? "is" : "may be"} incomplete: ${first}`,
      evidence: `${listed([...others, `${counted(evidence.quality.records, "record")} read`])}${lost > 0 ? ` (${shareText(share)} lost)` : ""}.`,
      advice: adviceFor(evidence),
      chart: null,
    };
  },
};
