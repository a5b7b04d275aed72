import type { FindingResult, Summary } from "../analysis/summary.ts";
import type { Diff, DiffSide } from "./diff.ts";
import { figureChanges } from "./figureChanges.ts";
import { metricChanges } from "./metricChanges.ts";
import { compareSectors } from "./sectors.ts";
import { compareSequences } from "./sequence/index.ts";
import { metricOf, type Side } from "./side.ts";
import { compareStructures } from "./structures.ts";

interface Scopes {
  readonly a: string;
  readonly b: string;
}

/** What changed from A to B: the figures, the requests, the sectors, the findings; each in the given scope, or the one in which its page opens. */
export function compare(a: Summary, b: Summary, scopes?: Scopes): Diff {
  return compareRuns([a], [b], scopes);
}

/** The same of several runs of one work a side: figures by their medians, all else of the first run. */
export function compareRuns(a: readonly Summary[], b: readonly Summary[], scopes?: Scopes): Diff {
  const sidesA = a.map((summary): Side => ({ summary, scope: scopes?.a ?? summary.defaultScope }));
  const sidesB = b.map((summary): Side => ({ summary, scope: scopes?.b ?? summary.defaultScope }));
  const [sideA, sideB] = [sidesA[0]!, sidesB[0]!];
  const mapA = metricOf(sideA, "sectorMap");
  const mapB = metricOf(sideB, "sectorMap");
  return {
    schema: "blkreport/diff/1",
    a: diffSide(sideA, a.length),
    b: diffSide(sideB, b.length),
    figures: figureChanges(sidesA, sidesB),
    metrics: metricChanges(sidesA, sidesB),
    sequence: compareSequences(sideA, sideB),
    sectors: mapA === null || mapB === null ? null : compareSectors(mapA, mapB),
    structures: compareStructures(sideA, sideB),
    findings: {
      appeared: newIn(sideA.summary.findings, sideB.summary.findings),
      disappeared: newIn(sideB.summary.findings, sideA.summary.findings),
    },
  };
}

function diffSide({ summary: { trace }, scope }: Side, runs: number): DiffSide {
  return { slug: trace.slug, title: trace.title, scope, format: trace.format, runs };
}

function newIn(before: readonly FindingResult[], after: readonly FindingResult[]): string[] {
  const known = new Set(before.map(({ id }) => id));
  return after.map(({ id }) => id).filter((id) => !known.has(id));
}
