import type { FindingResult, Summary } from "../analysis/summary.ts";

/** What a finding looks at: everything but other findings. */
export type Evidence = Omit<Summary, "findings">;

/** What some rules must know of a device, by its name in Summaries and side files. */
export type Fact = "physicalBlockBytes" | "rotational" | "queueDepth" | "discardGranularityBytes";

/**
 * A rule over one Summary, judged in its default scope.
 * It gives null when nothing is wrong, and never fires on figures that the trace does not record.
 */
export interface Finding {
  readonly id: string;
  /** The question that the rule answers. */
  readonly question: string;
  /** Why it matters, in two sentences, and where that is written. */
  readonly why: string;
  readonly source: { readonly title: string; readonly url: string };
  judge(evidence: Evidence): Omit<FindingResult, "id"> | null;
  /** The fact without which it is silent, and the likely value under which it would not be. */
  readonly needs?: { readonly fact: Fact; suppose(evidence: Evidence): number | boolean };
}
