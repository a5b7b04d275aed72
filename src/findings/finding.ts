import type { Summary } from "../analysis/summary.ts";

export type Severity = "high" | "medium" | "low" | "info";

/** A finding as it stands in a Summary. */
export interface FindingResult {
  readonly id: string;
  readonly severity: Severity;
  /** The fact, in one clause: "All 10 writes are unaligned to 4 KiB". */
  readonly title: string;
  /** The numbers that show it. */
  readonly evidence: string;
  /** What to do. */
  readonly advice: string;
  /** The id of the chart that shows it, or null. */
  readonly chart: string | null;
}

/** What a finding looks at: everything but other findings. */
export type Evidence = Omit<Summary, "findings">;

/**
 * A rule over one Summary, judged in its default scope.
 * It gives null when nothing is wrong, and never fires on figures that the trace does not record.
 */
export interface Finding {
  readonly id: string;
  /** The question that the rule answers. */
  readonly question: string;
  judge(evidence: Evidence): Omit<FindingResult, "id"> | null;
}
