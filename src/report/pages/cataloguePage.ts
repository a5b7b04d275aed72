import { verdictText } from "../../compare/sentence.ts";
import { counted, countText, listed } from "../../model/quantities.ts";
import { readable } from "../../model/readable.ts";
import { joinClauses, plain, type Segment, strong, textOf } from "../segments.ts";
import type { BrokenTrace, SiteModel } from "../siteModel.ts";
import { comparisonTitle } from "./comparisonPage.ts";
import { SEVERITIES, severityMark } from "./findingsView.ts";
import { formatTitle } from "./formatTitle.ts";
import { type Frame, frameOf, type SiteFacts } from "./frame.ts";
import { groupsOf } from "./groups.ts";
import { historySentence } from "./historyPage.ts";
import { comparisonPath, groupPath, historyPath, tracePath } from "./links.ts";
import { type CatalogueRow, type Known, listedTrace, MOST_OF_A_TEXT } from "./listedTrace.ts";

export interface Filter {
  readonly id: string;
  readonly label: string;
}

export interface CatalogueGroup {
  readonly title: string;
  readonly rows: readonly CatalogueRow[];
  /** The traces side by side; null where the folder has only one. */
  readonly matrixHref: string | null;
}

/** The catalogue: every trace with the figures that matter, by folder. */
export interface CataloguePage {
  readonly frame: Frame;
  readonly title: string;
  readonly lede: readonly Segment[];
  readonly formats: readonly Filter[];
  readonly severities: readonly Filter[];
  readonly groups: readonly CatalogueGroup[];
  readonly broken: readonly { readonly href: string; readonly title: string; readonly text: string }[];
  readonly comparisons: readonly { readonly href: string; readonly title: string; readonly text: string }[];
  readonly histories: readonly { readonly href: string; readonly title: string; readonly text: string }[];
  readonly notices: readonly string[];
}

/** The style sheet has so many filter slots; the formats beyond share the last one. */
const MOST_FORMAT_FILTERS = 8;

export function cataloguePage(model: SiteModel, site: SiteFacts): CataloguePage {
  const good = model.traces.filter((trace) => trace.ok).map((trace) => listedTrace(trace).known);
  const broken = model.traces.filter((trace) => !trace.ok);
  const lede = catalogueSentence(good, broken);
  const matrices = new Map(groupsOf(model).map(({ slug, title }) => [title, `${groupPath(slug)}index.html`]));
  const formats = [...new Set(good.map(({ format }) => format))].sort();
  return {
    frame: frameOf(site, { title: site.title, description: textOf(lede), path: "", script: "catalogue" }),
    title: site.title,
    lede,
    formats: formatFilters(formats),
    severities: [
      ...SEVERITIES.map((severity) => ({
        id: `severity-${severity}`,
        label: severityMark(severity).word.toLowerCase(),
      })),
      { id: "severity-none", label: "none" },
    ],
    groups: byFolder(good).map(([title, traces]) => ({
      title,
      rows: traces.map(({ row, format, worst }) => ({ ...row, classes: classesOf(format, worst, formats) })),
      matrixHref: matrices.get(title) ?? null,
    })),
    broken: readable(broken, MOST_OF_A_TEXT).map(brokenLink),
    comparisons: model.comparisons.map((comparison) => ({
      href: `${comparisonPath(comparison.slug)}index.html`,
      title: comparisonTitle(comparison),
      text: verdictText(comparison.diff),
    })),
    histories: model.histories.map(({ slug, history }) => ({
      href: `${historyPath(slug)}index.html`,
      title: slug,
      text: historySentence(history),
    })),
    notices: readable(model.notices, MOST_OF_A_TEXT),
  };
}

function brokenLink({ slug, title, message }: BrokenTrace) {
  return { href: `${tracePath(slug)}index.html`, title, text: message };
}

function catalogueSentence(good: readonly Known[], broken: readonly BrokenTrace[]): readonly Segment[] {
  const total = good.length + broken.length;
  if (total === 0) return [plain("No trace yet: put one into "), strong("traces/"), plain(" and build again.")];
  const high = good.filter(({ worst }) => worst === "high").length;
  return joinClauses([
    [plain(counted(total, "trace"))],
    ...(high === 0 ? [] : [[strong(`${countText(high)} ${high === 1 ? "has" : "have"} a finding of high severity`)]]),
    ...(broken.length === 0 ? [] : [[strong(`${countText(broken.length)} could not be read`)]]),
  ]);
}

function formatFilters(formats: readonly string[]): readonly Filter[] {
  if (formats.length < 2) return [];
  const titles = formats.map((format) => formatTitle(format));
  const own = titles.slice(0, titles.length > MOST_FORMAT_FILTERS ? MOST_FORMAT_FILTERS - 1 : MOST_FORMAT_FILTERS);
  const filters = own.map((label, i) => ({ id: `format-${i + 1}`, label }));
  const rest = titles.slice(own.length);
  return rest.length === 0 ? filters : [...filters, { id: `format-${MOST_FORMAT_FILTERS}`, label: listed(rest) }];
}

function byFolder(traces: readonly Known[]): readonly (readonly [string, readonly Known[]])[] {
  const groups = new Map<string, Known[]>();
  for (const trace of traces) groups.set(trace.group, [...(groups.get(trace.group) ?? []), trace]);
  return [...groups];
}

function classesOf(format: string, worst: Known["worst"], formats: readonly string[]): string {
  const slot = Math.min(formats.indexOf(format) + 1, MOST_FORMAT_FILTERS);
  return `format-${slot} severity-${worst ?? "none"}`;
}
