import { brokenText } from "../brokenFile.ts";
import { csvText } from "../csv.ts";
import { pageLinks } from "../diff/links.ts";
import { diffMarkdown } from "../diff/markdown.ts";
import { siteMarkdown } from "../diff/siteMarkdown.ts";
import type { ComparisonEntry, HistoryEntry, SiteModel, TraceEntry } from "../siteModel.ts";
import { SOURCES_NAME, sourcesText } from "../sourcesFile.ts";
import type { SiteFacts } from "./frame.ts";
import { type Group, groupsOf } from "./groups.ts";
import { historyCsv } from "./historyPage.ts";
import { comparisonPath, groupPath, historyPath, tracePath } from "./links.ts";
import { listedTrace } from "./listedTrace.ts";
import { groupMatrix, matrixCsv } from "./matrixPage.ts";
import { metricsCsv } from "./metricsView.ts";
import { requestCsvTable, rowsOf } from "./requestList.ts";
import { schemaFiles } from "./schemaFiles.ts";
import { siteFacts } from "./siteFacts.ts";

/** A file of the site that is text and no page; `path` is relative to the root. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Files that say the same as long as what they are of does: an entry of the model, a folder, or the site as a whole. */
export interface DataPart {
  readonly kind: "traces" | "comparisons" | "groups" | "histories" | "site";
  /** "" for the site. */
  readonly slug: string;
  files(): readonly TextFile[];
}

/** What the site gives to programs: the catalogue, every Summary and Diff, the requests, the schemas. */
export function dataParts(model: SiteModel): readonly DataPart[] {
  return [
    ...model.traces.map((trace) => part("traces", trace, () => traceFiles(trace))),
    ...model.comparisons.map((one) => part("comparisons", one, () => comparisonFiles(one, siteFacts(model)))),
    ...groupsOf(model).map((group) => part("groups", group, () => groupFiles(group))),
    ...model.histories.map((history) => part("histories", history, () => historyFiles(history))),
    part("site", { slug: "" }, () => filesOfSite(model)),
  ];
}

function part(kind: DataPart["kind"], { slug }: { readonly slug: string }, files: DataPart["files"]): DataPart {
  return { kind, slug, files };
}

function filesOfSite(model: SiteModel): readonly TextFile[] {
  return [
    ...(model.base === null ? [] : [{ path: "diff.md", text: siteMarkdown(model) }]),
    ...schemaFiles(),
    { path: SOURCES_NAME, text: sourcesText({ config: model.config, ...model.sources }) },
    { path: "index.json", text: jsonText(catalogueJson(model)) },
  ];
}

function traceFiles(trace: TraceEntry): readonly TextFile[] {
  if (!trace.ok) return [{ path: `${tracePath(trace.slug)}broken.json`, text: brokenText(trace) }];
  const { slug, summary } = trace;
  return [
    { path: `${tracePath(slug)}summary.json`, text: jsonText(summary) },
    { path: `${tracePath(slug)}requests.csv`, text: csvText(requestCsvTable(summary, allRows(trace))) },
  ];
}

function comparisonFiles(comparison: ComparisonEntry, { url }: SiteFacts): readonly TextFile[] {
  const { slug, diff, gates } = comparison;
  return [
    { path: `${comparisonPath(slug)}diff.json`, text: jsonText({ ...diff, gates }) },
    { path: `${comparisonPath(slug)}metrics.csv`, text: csvText(metricsCsv(diff)) },
    { path: `${comparisonPath(slug)}diff.md`, text: diffMarkdown({ diff, gates }, pageLinks(comparison, url)) },
  ];
}

function groupFiles(group: Group): readonly TextFile[] {
  const matrix = groupMatrix(group);
  const path = groupPath(group.slug);
  return [
    { path: `${path}matrix.json`, text: jsonText(matrix) },
    { path: `${path}matrix.csv`, text: csvText(matrixCsv(matrix)) },
  ];
}

function historyFiles({ slug, history }: HistoryEntry): readonly TextFile[] {
  const path = historyPath(slug);
  return [
    { path: `${path}history.json`, text: jsonText(history) },
    { path: `${path}history.csv`, text: csvText(historyCsv(history)) },
  ];
}

/** Every recorded row of every layer. */
function allRows({ summary }: TraceEntry & { readonly ok: true }) {
  const all = { ...summary.scopeList[0]!, rows: null, devices: summary.trace.devices.map((_, index) => index) };
  return rowsOf(summary, all);
}

function catalogueJson(model: SiteModel): unknown {
  const { title, url, date } = siteFacts(model);
  return {
    schema: "blkreport/index/1",
    title,
    url,
    date,
    traces: model.traces.map(traceJson),
    comparisons: model.comparisons.map(({ slug, a, b }) => ({
      slug,
      baseline: a.trace.slug,
      head: b.trace.slug,
      page: `${comparisonPath(slug)}index.html`,
      diff: `${comparisonPath(slug)}diff.json`,
    })),
    notices: model.notices,
  };
}

function traceJson(trace: TraceEntry): unknown {
  if (trace.ok) return listedTrace(trace).json;
  const { slug, group } = trace;
  return { slug, group, page: `${tracePath(slug)}index.html`, ok: false, title: trace.title, message: trace.message };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
