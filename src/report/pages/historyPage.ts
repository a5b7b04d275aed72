import type { DataTable } from "../../charts/chart.ts";
import { table } from "../../charts/kit/table.ts";
import type { History, HistoryFigure } from "../../compare/history.ts";
import { counted, listed } from "../../model/quantities.ts";
import { plain, type Segment, strong, textOf } from "../segments.ts";
import type { HistoryEntry } from "../siteModel.ts";
import { changeText, VERDICTS, valueText } from "./figureRows.ts";
import { type FigureView, figureView } from "./figureView.ts";
import { type Frame, frameOf, type SiteFacts } from "./frame.ts";
import { historyChartPath, historyPath, pageLink, tracePath } from "./links.ts";

/** A figure of the last point against its reference. */
export interface HistoryRow {
  readonly title: string;
  readonly last: string;
  readonly reference: string;
  /** At which point the reference stands; "" without one. */
  readonly at: string;
  readonly change: string;
  readonly verdict: { readonly icon: string; readonly word: string; readonly tone: string };
  readonly note: string | null;
}

export interface PointView {
  readonly name: string;
  readonly commit: string;
  readonly date: string;
  readonly traces: readonly { readonly title: string; readonly href: string }[];
}

/** Recordings of the same work, in order of their dates. */
export interface HistoryPage {
  readonly frame: Frame;
  readonly title: string;
  readonly lede: readonly Segment[];
  readonly figures: readonly FigureView[];
  /** What the reference is. */
  readonly rule: string;
  readonly rows: readonly HistoryRow[];
  /** The last one first. */
  readonly points: readonly PointView[];
  /** What the list of points leaves out, or null. */
  readonly rest: string | null;
}

const MOST_POINTS = 50;

export function historyPage({ slug, history, figures }: HistoryEntry, site: SiteFacts): HistoryPage {
  const path = historyPath(slug);
  const lede = ledeOf(history);
  const title = `${slug}: ${counted(history.points.length, "point")} of one history`;
  const views = figures.flatMap(
    (figure, i) =>
      figureView(figure, { page: path, files: historyChartPath(slug, figure.id), url: site.url }, i === 0) ?? [],
  );
  const points = history.points.toReversed();
  return {
    frame: frameOf(site, { title, description: textOf(lede), path, toc: tocOf(views) }),
    title,
    lede,
    figures: views,
    rule: `The last point against the best of the ${history.windowPoints} points before it; where neither more nor less is better, against the one before.`,
    rows: history.figures.map((figure) => rowOf(history, figure)),
    points: points.slice(0, MOST_POINTS).map(({ name, commit, date, traces }) => ({
      name,
      commit: commit ?? "–",
      date: date?.slice(0, 10) ?? "–",
      traces: traces.map((trace) => ({ title: trace.title, href: pageLink(path, tracePath(trace.slug)) })),
    })),
    rest: points.length > MOST_POINTS ? `The last ${MOST_POINTS} of ${points.length}; the CSV has all.` : null,
  };
}

/** Every point with every figure, in plain numbers. */
export function historyCsv({ points, figures }: History): DataTable {
  return table(
    [
      ["point", "point", "text"],
      ["commit", "commit", "text"],
      ["date", "date", "text"],
      ["runs", "runs", "count"],
      ...figures.map(({ metric, title }) => [metric, title, "count"] as const),
    ],
    points.map(({ name, commit, date, traces }, i) => [
      name,
      commit,
      date,
      traces.length,
      ...figures.map(({ values }) => values[i] ?? null),
    ]),
  );
}

/** The verdict on the last point, in a sentence. */
export function historySentence(history: History): string {
  return textOf(ledeOf(history));
}

const MOST_NAMED = 3;

function ledeOf({ points, figures, windowPoints }: History): readonly Segment[] {
  const last = points.at(-1)!.name;
  if (points.length === 1) return [plain(`Only ${last} so far: `), strong("nothing to compare it with"), plain(".")];
  const against = `than the best of the ${counted(Math.min(windowPoints, points.length - 1), "point")} before it`;
  const worse = figures.filter(({ verdict }) => verdict === "worse");
  const better = figures.filter(({ verdict }) => verdict === "better");
  if (worse.length > 0) return [plain(`${last} is `), strong(`worse in ${named(worse)}`), plain(` ${against}.`)];
  if (better.length > 0) return [plain(`${last} is `), strong(`better in ${named(better)}`), plain(` ${against}.`)];
  return [plain(`${last} is `), strong("neither better nor worse"), plain(` ${against}.`)];
}

function named(figures: readonly HistoryFigure[]): string {
  const titles = figures.slice(0, MOST_NAMED).map(({ title }) => `${title.charAt(0).toLowerCase()}${title.slice(1)}`);
  const more = figures.length - titles.length;
  return listed([...titles, ...(more === 0 ? [] : [counted(more, "more figure")])]);
}

function tocOf(figures: readonly FigureView[]) {
  return [
    { href: "#verdict", label: "Last point" },
    ...figures.map(({ id, label }) => ({ href: `#${id}`, label })),
    { href: "#points", label: "Points" },
  ];
}

function rowOf(
  { points }: History,
  { title, kind, values, reference, change, relative, verdict, note }: HistoryFigure,
): HistoryRow {
  return {
    title,
    last: valueText(values.at(-1) ?? null, null, kind),
    reference: reference === null ? "–" : valueText(reference.value, null, kind),
    at: reference === null ? "" : points[reference.point]!.name,
    change: changeText(change, relative, kind),
    verdict: VERDICTS[verdict],
    note: note ?? null,
  };
}
