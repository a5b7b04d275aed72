import type { DataTable } from "../../charts/chart.ts";
import { table } from "../../charts/kit/table.ts";
import { isNoisy } from "../../compare/judge.ts";
import { type Matrix, type MatrixCell, matrixOf } from "../../compare/matrix.ts";
import { counted, countText, listed } from "../../model/quantities.ts";
import { plain, type Segment, strong, textOf } from "../segments.ts";
import { changeText, VERDICTS, valueText } from "./figureRows.ts";
import { type Frame, frameOf, type SiteFacts } from "./frame.ts";
import type { Group } from "./groups.ts";
import { groupPath, pageLink, tracePath } from "./links.ts";

export interface MatrixColumn {
  readonly slug: string;
  readonly title: string;
  readonly href: string;
  /** "" where the trace has one scope. */
  readonly scope: string;
  readonly isBaseline: boolean;
}

/** A value with its change against the baseline; the rest is what a script needs to choose another one. */
export interface CellView {
  readonly text: string;
  readonly change: string;
  readonly verdict: { readonly icon: string; readonly word: string; readonly tone: string };
  /** "" where it is not known. */
  readonly data: { readonly value: string; readonly of: string; readonly restsOn: string };
}

export interface MatrixRow {
  readonly title: string;
  readonly kind: string;
  readonly direction: string;
  /** Another run would give another number. */
  readonly isNoisy: boolean;
  readonly cells: readonly CellView[];
}

/** The traces of a folder side by side. */
export interface MatrixPage {
  readonly frame: Frame;
  readonly title: string;
  readonly lede: readonly Segment[];
  readonly baseline: string;
  readonly columns: readonly MatrixColumn[];
  readonly rows: readonly MatrixRow[];
  /** What the table has no room for. */
  readonly others: readonly { readonly title: string; readonly href: string }[];
  /** null where nothing is timed. */
  readonly note: string | null;
}

const MOST_COLUMNS = 12;

export function groupMatrix({ title, traces }: Group): Matrix {
  return matrixOf(
    title,
    traces.map(({ summary }) => summary),
  );
}

export function matrixPage(group: Group, site: SiteFacts): MatrixPage {
  const matrix = groupMatrix(group);
  const path = groupPath(group.slug);
  const shown = shownTraces(matrix);
  const lede = ledeOf(matrix);
  const baseline = matrix.traces[matrix.baseline]!.title;
  const rows = matrix.figures.map((figure) => rowOf(figure, shown));
  const title = `${group.title}: ${counted(group.traces.length, "trace")} side by side`;
  return {
    frame: frameOf(site, { title, description: textOf(lede), path, script: "matrix" }),
    title,
    lede,
    baseline: matrix.named
      ? `${baseline}, which side files name as the baseline`
      : `${baseline}, the first of the folder`,
    columns: shown.map((i) => columnOf(group.traces[i]!.summary, path, i === matrix.baseline)),
    rows,
    others: matrix.traces
      .filter((_, i) => !shown.includes(i))
      .map(({ slug, title: other }) => ({ title: other, href: pageLink(path, tracePath(slug)) })),
    note: rows.some((row) => row.isNoisy) ? "Each trace is one run: no judgement on time." : null,
  };
}

/** Every figure of every trace, in plain numbers. */
export function matrixCsv({ traces, figures }: Matrix): DataTable {
  return table(
    [["metric", "metric", "text"], ...traces.map(({ slug, title }) => [slug, title, "count"] as const)],
    figures.map(({ metric, cells }) => [metric, ...cells.map(({ value }) => value)]),
  );
}

/** The baseline, then the first of the others. */
function shownTraces({ traces, baseline }: Matrix): readonly number[] {
  return [baseline, ...[...traces.keys()].filter((i) => i !== baseline)].slice(0, MOST_COLUMNS);
}

/** "Against A, B has 3 figures better and 2 worse" of the trace that differs most in what is judged. */
function ledeOf({ traces, figures, baseline }: Matrix): readonly Segment[] {
  const judged = traces.map((_, i) => ({
    i,
    better: figures.filter(({ cells }) => cells[i]!.verdict === "better").length,
    worse: figures.filter(({ cells }) => cells[i]!.verdict === "worse").length,
  }));
  const most = judged.reduce((one, other) => (other.better + other.worse > one.better + one.worse ? other : one));
  const against = `Against ${traces[baseline]!.title}`;
  if (most.better + most.worse === 0)
    return [
      plain(`${against}, no trace of the folder is `),
      strong("better or worse in any figure that is judged"),
      plain("."),
    ];
  const parts = [
    ...(most.worse === 0 ? [] : [`${countText(most.worse)} worse`]),
    ...(most.better === 0 ? [] : [`${countText(most.better)} better`]),
  ];
  return [
    plain(`${against}, most changes in ${traces[most.i]!.title}: `),
    strong(`${listed(parts)} of ${counted(figures.length, "figure")}`),
    plain("."),
  ];
}

function columnOf(
  { trace, scopeList, defaultScope }: Group["traces"][number]["summary"],
  path: string,
  isBaseline: boolean,
): MatrixColumn {
  return {
    slug: trace.slug,
    title: trace.title,
    href: pageLink(path, tracePath(trace.slug)),
    scope: scopeList.length < 2 ? "" : (scopeList.find(({ id }) => id === defaultScope)?.title ?? defaultScope),
    isBaseline,
  };
}

function rowOf(figure: Matrix["figures"][number], shown: readonly number[]): MatrixRow {
  const { title, kind, direction } = figure;
  return {
    title,
    kind,
    direction,
    isNoisy: isNoisy(figure, { a: [], b: [] }),
    cells: shown.map((i) => cellView(figure.cells[i]!, kind)),
  };
}

function cellView(
  { value, of, restsOn, change, relative, verdict }: MatrixCell,
  kind: MatrixRow["kind"] & Matrix["figures"][number]["kind"],
): CellView {
  return {
    text: valueText(value, of ?? null, kind),
    change: change === null || change === 0 ? "" : changeText(change, relative, kind),
    verdict: VERDICTS[verdict],
    data: { value: String(value ?? ""), of: String(of ?? ""), restsOn: String(restsOn ?? "") },
  };
}
