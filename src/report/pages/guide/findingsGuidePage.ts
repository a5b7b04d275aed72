import type { Finding } from "../../../findings/finding.ts";
import { type Frame, frameOf, type SiteFacts } from "../frame.ts";
import { FINDINGS_GUIDE_PATH } from "../links.ts";

/** Every rule: what it asks, why that matters, and where it is written. */
export interface FindingsGuidePage {
  readonly frame: Frame;
  readonly findings: readonly Pick<Finding, "id" | "question" | "why" | "source">[];
}

export function findingsGuidePage(findings: readonly Finding[], site: SiteFacts): FindingsGuidePage {
  return {
    frame: frameOf(site, {
      title: "Findings",
      description: `The ${findings.length} questions that blkreport asks of every trace, and why they matter.`,
      path: FINDINGS_GUIDE_PATH,
    }),
    findings: findings.map(({ id, question, why, source }) => ({ id, question, why, source })),
  };
}
