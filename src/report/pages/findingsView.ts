import type { FindingResult, Severity } from "../../analysis/summary.ts";
import { counted } from "../../model/quantities.ts";
import { FINDINGS_GUIDE_PATH, pageLink } from "./links.ts";

/** How a mark looks and is called: its shape, tone and word. */
export interface Mark {
  readonly icon: string;
  readonly word: string;
}

export const SEVERITIES: readonly Severity[] = ["high", "medium", "low", "info"];

const WORDS: Readonly<Record<Severity, string>> = { high: "High", medium: "Medium", low: "Low", info: "Note" };

export interface FindingView {
  readonly mark: Mark;
  readonly title: string;
  readonly evidence: string;
  readonly advice: string;
  /** Why it matters. */
  readonly whyHref: string;
  /** The figure on this page that shows it, or null. */
  readonly figure: { readonly href: string; readonly label: string } | null;
}

/** The findings of a page: the first few, and the rest to unfold. */
export interface FindingsView {
  readonly shown: readonly FindingView[];
  readonly more: readonly FindingView[];
  readonly moreText: string;
}

const MOST_SHOWN = 4;

export function findingsView(
  findings: readonly FindingResult[],
  figures: readonly { readonly id: string; readonly label: string }[],
  page: string,
): FindingsView {
  const views = adviceOnce(bySeverity(findings)).map((finding) => findingView(finding, figures, page));
  const more = views.slice(MOST_SHOWN);
  return { shown: views.slice(0, MOST_SHOWN), more, moreText: counted(more.length, "more finding") };
}

export function severityMark(severity: Severity): Mark {
  return { icon: severity, word: WORDS[severity] };
}

/** "2 high, 1 note": how many of each, the worst first; "" for none. */
export function severityCounts(findings: readonly FindingResult[]): string {
  return SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [severity === "info" ? counted(count, "note") : `${count} ${severity}`];
  }).join(", ");
}

export function worstOf(findings: readonly FindingResult[]): Severity | null {
  return bySeverity(findings)[0]?.severity ?? null;
}

/** The same advice stands where it is needed first. */
function adviceOnce(findings: readonly FindingResult[]): readonly FindingResult[] {
  const given = new Set<string>();
  return findings.map((finding) => {
    const advice = given.has(finding.advice) ? "" : finding.advice;
    given.add(finding.advice);
    return { ...finding, advice };
  });
}

function bySeverity(findings: readonly FindingResult[]): readonly FindingResult[] {
  return SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

function findingView(
  { id, severity, title, evidence, advice, chart }: FindingResult,
  figures: readonly { readonly id: string; readonly label: string }[],
  page: string,
): FindingView {
  const figure = figures.find((one) => one.id === chart);
  return {
    mark: severityMark(severity),
    title: `${title.replace(/\.$/, "")}.`,
    evidence,
    advice,
    whyHref: `${pageLink(page, FINDINGS_GUIDE_PATH)}#${id}`,
    figure: figure === undefined ? null : { href: `#${figure.id}`, label: figure.label },
  };
}
