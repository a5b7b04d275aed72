import type { Summary } from "../../analysis/summary.ts";
import type { Diff } from "../../compare/diff.ts";
import { verdictSentence } from "../../compare/sentence.ts";
import { type Segment, textOf } from "../segments.ts";
import type { ComparisonEntry } from "../siteModel.ts";
import { type FigureRow, figureRow } from "./figureRows.ts";
import { type FigureView, figureView } from "./figureView.ts";
import { type FindingView, findingsView } from "./findingsView.ts";
import { type Frame, frameOf, type SiteFacts } from "./frame.ts";
import { type GatesView, gatesView } from "./gatesView.ts";
import { CARD_NAME, comparisonChartPath, comparisonPath, pageLink, tracePath } from "./links.ts";
import { type MetricsView, metricsView } from "./metricsView.ts";
import { type OnlyView, onlyViews } from "./onlyViews.ts";
import { type SequenceView, sequenceView } from "./sequenceView.ts";
import { type StructuresView, structuresView } from "./structuresView.ts";

export interface SideView {
  readonly letter: "A" | "B";
  readonly title: string;
  readonly href: string;
  readonly scope: string;
}

/** The page of a comparison: the verdict first, then where, then every figure. */
export interface ComparisonPage {
  readonly frame: Frame;
  readonly title: string;
  readonly lede: readonly Segment[];
  readonly sides: readonly SideView[];
  readonly appeared: readonly FindingView[];
  readonly disappeared: readonly FindingView[];
  /** null where the site has no rules. */
  readonly gates: GatesView | null;
  readonly map: FigureView | null;
  readonly figures: readonly FigureView[];
  /** null where a side has no layout. */
  readonly structures: StructuresView | null;
  /** null where a side does not hold all its requests. */
  readonly sequence: SequenceView | null;
  readonly only: readonly OnlyView[];
  readonly rows: readonly FigureRow[];
  readonly metrics: MetricsView | null;
}

const FEWEST_SHARED_WORDS = 2;

/** "mkfs.ext2, partition at sector 63 against 2048": what both titles begin with stands once. */
export function comparisonTitle({ a, b, isWithBase }: Pick<ComparisonEntry, "a" | "b" | "isWithBase">): string {
  if (isWithBase) return `${b.trace.title} against its base`;
  const before = a.trace.title.split(" ");
  const after = b.trace.title.split(" ");
  let shared = 0;
  while (shared < before.length - 1 && shared < after.length - 1 && before[shared] === after[shared]) shared++;
  const isShort = shared >= FEWEST_SHARED_WORDS && a.trace.title !== b.trace.title;
  const own = isShort ? after.slice(shared) : after;
  return `${a.trace.title} against ${own.join(" ")}`;
}

export function comparisonPage(comparison: ComparisonEntry, site: SiteFacts): ComparisonPage {
  const { slug, a, b, diff } = comparison;
  const path = comparisonPath(slug);
  const lede = verdictSentence(diff);
  const views = comparison.figures.flatMap(
    (figure, i) =>
      figureView(figure, { page: path, files: comparisonChartPath(slug, figure.id), url: site.url }, i === 0) ?? [],
  );
  const [first, ...others] = views;
  const only = onlyViews(diff);
  const sequence = sequenceView(diff);
  const gates = gatesView(comparison.gates);
  const structures = structuresView(diff);
  return {
    frame: frameOf(site, {
      title: comparisonTitle(comparison),
      description: textOf(lede),
      path,
      card: `${path}${CARD_NAME}`,
      toc: [
        ...(gates === null ? [] : [{ href: "#gates", label: "Gates" }]),
        ...tocOf(views, structures, sequence, only),
      ],
    }),
    title: comparisonTitle(comparison),
    lede,
    sides: [sideView("A", diff.a, a, path), sideView("B", diff.b, b, path)],
    appeared: namedFindings(b, diff.findings.appeared, path),
    disappeared: namedFindings(a, diff.findings.disappeared, path),
    gates,
    map: first?.map ? first : null,
    figures: first?.map ? others : views,
    structures,
    sequence,
    only,
    rows: diff.figures.map(figureRow),
    metrics: metricsView(diff),
  };
}

function tocOf(
  figures: readonly FigureView[],
  structures: StructuresView | null,
  sequence: SequenceView | null,
  only: readonly OnlyView[],
) {
  return [
    { href: "#findings", label: "Findings" },
    ...figures.map(({ id, label }) => ({ href: `#${id}`, label })),
    ...(structures === null ? [] : [{ href: "#structures", label: "Structures" }]),
    ...(sequence === null ? [] : [{ href: "#requests", label: "Requests" }]),
    ...(only.length === 0 ? [] : [{ href: "#only", label: "Only in one" }]),
    { href: "#figures", label: "All figures" },
  ];
}

function sideView(letter: "A" | "B", side: Diff["a"], { trace, scopeList }: Summary, page: string): SideView {
  const scope = scopeList.length < 2 ? "" : (scopeList.find(({ id }) => id === side.scope)?.title ?? side.scope);
  return { letter, title: trace.title, href: pageLink(page, tracePath(trace.slug)), scope };
}

function namedFindings({ findings }: Summary, ids: readonly string[], page: string): readonly FindingView[] {
  return findingsView(
    findings.filter(({ id }) => ids.includes(id)),
    [],
    page,
  ).shown;
}
