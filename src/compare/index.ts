import type { FindingResult, Summary } from "../analysis/summary.ts";
import type { Diff, DiffSide } from "./diff.ts";
import { figureChanges } from "./figureChanges.ts";
import { compareSectors } from "./sectors.ts";
import { metricOf, type Side } from "./side.ts";

/** What changed from A to B: the figures, the sectors, the findings; each in the given scope, or the one in which its page opens. */
export function compare(a: Summary, b: Summary, scopes?: { readonly a: string; readonly b: string }): Diff {
  const sideA: Side = { summary: a, scope: scopes?.a ?? a.defaultScope };
  const sideB: Side = { summary: b, scope: scopes?.b ?? b.defaultScope };
  const mapA = metricOf(sideA, "sectorMap");
  const mapB = metricOf(sideB, "sectorMap");
  return {
    schema: "blkreport/diff/1",
    a: diffSide(sideA),
    b: diffSide(sideB),
    figures: figureChanges(sideA, sideB),
    sectors: mapA === null || mapB === null ? null : compareSectors(mapA, mapB),
    findings: { appeared: newIn(a.findings, b.findings), disappeared: newIn(b.findings, a.findings) },
  };
}

function diffSide({ summary: { trace }, scope }: Side): DiffSide {
  return { slug: trace.slug, title: trace.title, scope, format: trace.format };
}

function newIn(before: readonly FindingResult[], after: readonly FindingResult[]): string[] {
  const known = new Set(before.map(({ id }) => id));
  return after.map(({ id }) => id).filter((id) => !known.has(id));
}
