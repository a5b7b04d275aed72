import type { FindingResult, Summary } from "../analysis/summary.ts";

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
