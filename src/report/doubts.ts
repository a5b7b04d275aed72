import { lacksCpuFiles, lossOf } from "../model/loss.ts";
import { counted, shareText } from "../model/quantities.ts";
import type { Quality } from "../model/trace.ts";

type Doubt = (quality: Readonly<Quality>) => string | false;

/** What is doubtful in a recording, and which figures that makes too low, too high or unknown. */
const DOUBTS: readonly Doubt[] = [
  (quality) => {
    const { records, share } = lossOf(quality);
    const missing = `${counted(records, "record")} (${shareText(share)}) ${records === 1 ? "is" : "are"} missing`;
    return records > 0 && `Counts, bytes and rates are at least what is shown: ${missing}.`;
  },
  ({ unmatchedCompletions: count }) =>
    count > 0 &&
    `${counted(count, "completion has", "completions have")} no issue in the trace, begun before it or lost: ${count === 1 ? "its request is" : "their requests are"} in no figure, and the queue was up to ${count} deeper.`,
  ({ unmatchedIssues: count }) =>
    count > 0 &&
    `${counted(count, "request has", "requests have")} no completion in the trace, ended after it or lost: no latency, and in flight to the end.`,
  ({ truncated }) =>
    truncated && "The file is cut off: all figures are of what is there, and what followed is unknown.",
  (quality) =>
    lacksCpuFiles(quality) &&
    "What was issued or completed on the CPUs without a file, if anything was, is in no figure.",
  ({ clockSteps: count }) =>
    count > 0 &&
    `The clock goes back ${counted(count, "time")}: a request that seems earlier than the one before is taken at that one’s time, so intervals there are doubtful.`,
  ({ implausibleLatencies: count }) =>
    count > 0 && `${counted(count, "request completes", "requests complete")} before the issue: no latency.`,
];

/** The uncertainty of a trace's figures, a sentence each; none for a recording without a doubt. */
export function doubtsOf(quality: Readonly<Quality>): readonly string[] {
  return DOUBTS.map((doubt) => doubt(quality)).filter((text) => text !== false);
}
