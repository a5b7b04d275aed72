import { lacksCpuFiles } from "../../model/loss.ts";
import { allOf, counted, countText } from "../../model/quantities.ts";
import type { Place, Quality } from "../../model/trace.ts";
import { doubtsOf } from "../doubts.ts";

export interface QualityRow {
  readonly label: string;
  readonly value: string;
  /** Something to keep in mind when reading the page. */
  readonly doubtful: boolean;
}

/** Whether the data can be trusted: the answer, the counts, the reader's notes. */
export interface QualityView {
  readonly answer: string;
  /** What that means for the figures. */
  readonly doubts: readonly string[];
  readonly rows: readonly QualityRow[];
  readonly notes: readonly string[];
}

export function qualityView(quality: Readonly<Quality>): QualityView {
  const rows = rowsOf(quality);
  return {
    answer: answerOf(quality, rows),
    doubts: doubtsOf(quality),
    rows,
    notes: quality.notes.map(({ text }) => text),
  };
}

/** Counts that are 0 in a good trace; always shown, so that 0 is a statement. */
function rowsOf(quality: Readonly<Quality>): readonly QualityRow[] {
  return [
    { label: "Records read", value: countText(quality.records), doubtful: false },
    countRow("Not understood", quality.notUnderstood),
    countRow("Unmatched issues", quality.unmatchedIssues),
    countRow("Unmatched completions", quality.unmatchedCompletions),
    countRow("Events lost by the recorder", quality.droppedEvents),
    countRow("Gaps in the sequence numbers", quality.sequenceGaps),
    countRow("Steps of the clock", quality.clockSteps),
    countRow("Implausible latencies", quality.implausibleLatencies),
    countRow("Requests beyond the device’s end", quality.requestsBeyondDevice),
    { label: "Cut off at the end", value: quality.truncated ? "yes" : "no", doubtful: quality.truncated },
    ...whereAny("Requeued requests", quality.requeues),
    ...whereAny("Partial completions", quality.partialCompletions),
  ];
}

function countRow(label: string, count: number | null): QualityRow {
  return { label, value: count === null ? "not recorded" : countText(count), doubtful: (count ?? 0) > 0 };
}

/** Ordinary events that are worth a line only when they occur. */
function whereAny(label: string, count: number): readonly QualityRow[] {
  return count === 0 ? [] : [{ label, value: countText(count), doubtful: false }];
}

function answerOf(quality: Readonly<Quality>, rows: readonly QualityRow[]): string {
  if (quality.notUnderstood > 0) return notUnderstoodText(quality);
  const all = `${allOf(quality.records, "record")} ${quality.records === 1 ? "was" : "were"}`;
  const doubts = rows.filter(({ doubtful }) => doubtful);
  if (doubts.length === 0 && lacksCpuFiles(quality)) return `With care: ${all} understood, but some CPUs have no file.`;
  if (doubts.length === 0) return `Yes: ${all} understood, and nothing is missing that could be noticed.`;
  const first = doubts.map(({ label, value }) =>
    value === "yes" ? "cut off at the end" : `${lowerFirst(label)}: ${value}`,
  );
  return `With care: ${all} understood, but ${first.join("; ")}.`;
}

function notUnderstoodText({ notUnderstood, records, firstNotUnderstood }: Readonly<Quality>): string {
  const count = `With care: ${countText(notUnderstood)} of ${counted(records, "record")} not understood`;
  if (firstNotUnderstood === null) return `${count}.`;
  return `${count}, first at ${placeWords(firstNotUnderstood)}: ${firstNotUnderstood.what}.`;
}

function placeWords({ file, line, byte }: Place): string {
  if (line !== undefined) return `${file}:${line}`;
  return byte === undefined ? file : `${file}, byte ${countText(byte)}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
