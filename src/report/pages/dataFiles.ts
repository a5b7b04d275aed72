import { csvText } from "../csv.ts";
import { metricOf } from "../metricOf.ts";
import type { SiteModel, TraceEntry } from "../siteModel.ts";
import { SEVERITIES } from "./findingsView.ts";
import { comparisonPath, tracePath } from "./links.ts";
import { requestCsvTable, rowsOf } from "./requestList.ts";
import { schemaFiles } from "./schemaFiles.ts";
import { siteFacts } from "./siteFacts.ts";

/** A file of the site that is text and no page; `path` is relative to the root. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What the site gives to programs: the catalogue, every Summary and Diff, the requests, the schemas. */
export function dataFiles(model: SiteModel): readonly TextFile[] {
  return [
    ...model.traces.flatMap(traceFiles),
    ...model.comparisons.map(({ slug, diff }) => ({ path: `${comparisonPath(slug)}diff.json`, text: jsonText(diff) })),
    ...schemaFiles(),
    { path: "index.json", text: jsonText(catalogueJson(model)) },
  ];
}

function traceFiles(trace: TraceEntry): readonly TextFile[] {
  if (!trace.ok) return [];
  const { slug, summary } = trace;
  return [
    { path: `${tracePath(slug)}summary.json`, text: jsonText(summary) },
    { path: `${tracePath(slug)}requests.csv`, text: csvText(requestCsvTable(summary, allRows(trace))) },
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
  const { slug, group } = trace;
  const page = `${tracePath(slug)}index.html`;
  if (!trace.ok) return { slug, group, page, ok: false, title: trace.title, message: trace.message };
  const { summary } = trace;
  const { title, description, format, tags } = summary.trace;
  const requests = metricOf(summary, summary.defaultScope, "requests");
  return {
    slug,
    group,
    page,
    ok: true,
    title,
    description,
    format,
    tags,
    summary: `${tracePath(slug)}summary.json`,
    scope: summary.defaultScope,
    requests: requests === null ? null : { total: requests.total, byOp: requests.byOp },
    findings: Object.fromEntries(
      SEVERITIES.map((severity) => [severity, summary.findings.filter((one) => one.severity === severity).length]),
    ),
  };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
