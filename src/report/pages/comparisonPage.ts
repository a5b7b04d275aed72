import type { Summary } from "../../analysis/summary.ts";
import type { DataTable } from "../../charts/chart.ts";
import { table } from "../../charts/kit/table.ts";
import type { Diff, FigureChange, MapClass, Verdict } from "../../compare/diff.ts";
import { verdictSentence } from "../../compare/sentence.ts";
import { counted, countText } from "../../model/quantities.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { cellText } from "../cellText.ts";
import { type Segment, textOf } from "../segments.ts";
import type { ComparisonEntry } from "../siteModel.ts";
import { type FigureView, figureView } from "./figureView.ts";
import { type FindingView, findingsView, type Mark } from "./findingsView.ts";
import { type Frame, frameOf, type SiteFacts } from "./frame.ts";
import { comparisonChartPath, comparisonPath, pageLink, tracePath } from "./links.ts";

export interface SideView {
  readonly letter: "A" | "B";
  readonly title: string;
  readonly href: string;
  readonly scope: string;
}

/** The sectors that only one side touched. */
export interface OnlyView {
  readonly heading: string;
  readonly table: DataTable;
  readonly rest: string | null;
}

export interface FigureRow {
  readonly title: string;
  readonly a: string;
  readonly b: string;
  readonly change: string;
  readonly verdict: Mark & { readonly tone: string };
  /** What limits the verdict, or null. */
  readonly note: string | null;
}

/** The page of a comparison: the verdict first, then where, then every figure. */
export interface ComparisonPage {
  readonly frame: Frame;
  readonly title: string;
  readonly lede: readonly Segment[];
  readonly sides: readonly SideView[];
  readonly appeared: readonly FindingView[];
  readonly disappeared: readonly FindingView[];
  readonly map: FigureView | null;
  readonly figures: readonly FigureView[];
  readonly only: readonly OnlyView[];
  readonly rows: readonly FigureRow[];
}

const MOST_RANGES = 50;
const FEWEST_SHARED_WORDS = 2;
const CLASS_WORDS = ["aligned read", "unaligned read", "aligned write", "unaligned write", "discard", "write-zeroes"];

const VERDICTS: Readonly<Record<Verdict, Mark & { readonly tone: string }>> = {
  better: { icon: "better", word: "better", tone: "good" },
  worse: { icon: "worse", word: "worse", tone: "high" },
  same: { icon: "same", word: "same", tone: "quiet" },
  changed: { icon: "changed", word: "changed", tone: "plain" },
  few: { icon: "few", word: "too few to judge", tone: "quiet" },
  notComparable: { icon: "few", word: "not comparable", tone: "quiet" },
};

/** "mkfs.ext2, partition at sector 63 against 2048": what both titles begin with stands once. */
export function comparisonTitle({ a, b }: ComparisonEntry): string {
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
  return {
    frame: frameOf(site, {
      title: comparisonTitle(comparison),
      description: textOf(lede),
      path,
      toc: tocOf(views, only),
    }),
    title: comparisonTitle(comparison),
    lede,
    sides: [sideView("A", diff.a, a, path), sideView("B", diff.b, b, path)],
    appeared: namedFindings(b, diff.findings.appeared),
    disappeared: namedFindings(a, diff.findings.disappeared),
    map: first?.map ? first : null,
    figures: first?.map ? others : views,
    only,
    rows: diff.figures.map(figureRow),
  };
}

function tocOf(figures: readonly FigureView[], only: readonly OnlyView[]) {
  return [
    { href: "#findings", label: "Findings" },
    ...figures.map(({ id, label }) => ({ href: `#${id}`, label })),
    ...(only.length === 0 ? [] : [{ href: "#only", label: "Only in one" }]),
    { href: "#figures", label: "All figures" },
  ];
}

function sideView(letter: "A" | "B", side: Diff["a"], { trace, scopeList }: Summary, page: string): SideView {
  const scope = scopeList.length < 2 ? "" : (scopeList.find(({ id }) => id === side.scope)?.title ?? side.scope);
  return { letter, title: trace.title, href: pageLink(page, tracePath(trace.slug)), scope };
}

function namedFindings({ findings }: Summary, ids: readonly string[]): readonly FindingView[] {
  return findingsView(
    findings.filter(({ id }) => ids.includes(id)),
    [],
  ).shown;
}

function onlyViews({ sectors }: Diff): readonly OnlyView[] {
  if (sectors === null) return [];
  return [
    onlyView("Only in A", sectors.onlyA, runsOf(sectors.runs, "a", "b")),
    onlyView("Only in B", sectors.onlyB, runsOf(sectors.runs, "b", "a")),
  ];
}

interface Run {
  readonly startSector: number;
  readonly sectors: number;
  readonly mapClass: MapClass;
}

function runsOf(runs: NonNullable<Diff["sectors"]>["runs"], here: "a" | "b", there: "a" | "b"): readonly Run[] {
  return runs.flatMap(({ startSector, sectors, [here]: mapClass, [there]: other }) =>
    mapClass === null || other !== null ? [] : [{ startSector, sectors, mapClass }],
  );
}

function onlyView(name: string, sectors: number, runs: readonly Run[]): OnlyView {
  const largest = [...runs]
    .sort((a, b) => b.sectors - a.sectors || a.startSector - b.startSector)
    .slice(0, MOST_RANGES);
  const rest = runs.length - largest.length;
  return {
    heading:
      sectors === 0 ? `${name}: nothing` : `${name}: ${counted(sectors, "sector")} in ${counted(runs.length, "range")}`,
    table: table(
      [
        ["firstSector", "First", "sector"],
        ["lastSector", "Last", "sector"],
        ["bytes", "Length", "bytes"],
        ["class", "Class", "text"],
      ],
      largest.map(({ startSector, sectors: length, mapClass }) => [
        startSector,
        startSector + length - 1,
        length * SECTOR_BYTES,
        CLASS_WORDS[mapClass] ?? null,
      ]),
    ),
    rest: rest === 0 ? null : `The ${MOST_RANGES} largest; ${counted(rest, "smaller range")} more in diff.json.`,
  };
}

function figureRow({ title, kind, a, b, of, change, relative, verdict, note }: FigureChange): FigureRow {
  return {
    title,
    a: valueText(a, of?.a ?? null, kind),
    b: valueText(b, of?.b ?? null, kind),
    change: changeText(change, relative, kind),
    verdict: VERDICTS[verdict],
    note: note ?? null,
  };
}

/** "5 of 65" where the figure counts some of many. */
function valueText(value: number | null, total: number | null, kind: FigureChange["kind"]): string {
  if (value === null) return "not recorded";
  return total === null ? cellText(value, kind) : `${countText(value)} of ${countText(total)}`;
}

/** "+14 %" where a percentage means something, else the difference itself. */
function changeText(change: number | null, relative: number | null, kind: FigureChange["kind"]): string {
  if (change === null) return "–";
  if (change === 0) return "0";
  const sign = change > 0 ? "+" : "−";
  if (kind === "share") return `${sign}${Number((Math.abs(change) * 100).toFixed(1))} points`;
  if (relative === null) return sign + cellText(Math.abs(change), kind);
  return Math.abs(relative) < 10 ? sign + cellText(Math.abs(relative), "share") : `× ${(1 + relative).toFixed(0)}`;
}
