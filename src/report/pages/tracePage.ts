import type { ScopeInfo, Summary } from "../../analysis/summary.ts";
import type { DataTable } from "../../charts/chart.ts";
import { type Segment, textOf } from "../segments.ts";
import { sentence } from "../sentence.ts";
import type { ComparisonEntry, DrawnFigure, GoodTrace } from "../siteModel.ts";
import { windowText } from "../window.ts";
import { type Absence, absencesOf } from "./absences.ts";
import { contextOf } from "./context.ts";
import { type Fact, factsOf } from "./facts.ts";
import { type FigureView, figureView } from "./figureView.ts";
import { type FindingsView, findingsView, severityCounts } from "./findingsView.ts";
import { formatTitle } from "./formatTitle.ts";
import { type Frame, frameOf, type SiteFacts, type TocEntry } from "./frame.ts";
import {
  CARD_NAME,
  comparisonPath,
  linkFrom,
  pageLink,
  REPORT_NAME,
  scopeChartPath,
  scopePath,
  tracePath,
} from "./links.ts";
import { type NotJudgedView, notJudgedView } from "./notJudgedView.ts";
import { type Provenance, provenanceOf } from "./provenance.ts";
import { type QualityView, qualityView } from "./qualityView.ts";
import { type RequestsView, requestsView } from "./requestsView.ts";
import { type ScopeLink, scopeLinks } from "./scopeSwitch.ts";
import { slowestTable } from "./slowest.ts";
import { type TargetsView, targetsView } from "./targetsView.ts";

const LONGEST_COMMAND_IN_HEAD = 160;

export interface Link {
  readonly href: string;
  readonly title: string;
}

/** The page of one scope of a trace, in the order in which it is read. */
export interface TracePage {
  readonly frame: Frame;
  readonly format: string;
  readonly devices: string;
  readonly scopes: readonly ScopeLink[];
  readonly title: string;
  readonly lede: readonly Segment[];
  /** What the page is limited to; null: nothing. */
  readonly window: string | null;
  /** When, where and on what it was recorded, as far as that is known. */
  readonly context: readonly string[];
  readonly description: string | null;
  readonly command: string | null;
  readonly empty: boolean;
  readonly comparisons: readonly Link[];
  readonly facts: readonly Fact[];
  readonly findings: FindingsView | null;
  /** The questions that need facts which nobody recorded; null where there are none, or another page judges. */
  readonly notJudged: NotJudgedView | null;
  /** Where the findings are, on the page of a scope that they do not judge. */
  readonly judgedElsewhere: (Link & { readonly counts: string }) | null;
  readonly map: FigureView | null;
  readonly figures: readonly FigureView[];
  readonly absences: readonly Absence[];
  /** What the requests touched; null without a layout. */
  readonly targets: TargetsView | null;
  readonly slowest: DataTable | null;
  readonly quality: QualityView;
  readonly requests: RequestsView;
  readonly provenance: Provenance;
  /** The way to the trace's summary.json. */
  readonly summaryHref: string;
  /** The way to the page as one file; null: only the default scope has one. */
  readonly reportHref: string | null;
}

/** What a page needs beside its own trace. */
export interface Surroundings {
  readonly site: SiteFacts;
  readonly comparisons: readonly ComparisonEntry[];
}

export function tracePage(trace: GoodTrace, scopeId: string, around: Surroundings): TracePage {
  const { summary, slug } = trace;
  const scope = scopeOf(summary, scopeId);
  const path = scopePath(slug, scope.id, summary.defaultScope);
  const lede = sentence(summary, scope.id);
  const drawn = trace.scopes.find((one) => one.scope === scope.id)?.figures ?? [];
  const [map, figures] = viewsOf(drawn, slug, scope.id, path, around.site.url);
  const all = map === null ? figures : [map, ...figures];
  const absences = absencesOf(drawn);
  const isDefault = scope.id === summary.defaultScope;
  const targets = targetsView(summary, scope.id);
  const slowest = isDefault || scope.kind === "whole" ? slowestTable(summary) : null;
  return {
    frame: frameOf(around.site, {
      title: isDefault ? summary.trace.title : `${summary.trace.title}: ${scope.title}`,
      description: textOf(lede),
      path,
      card: `${tracePath(slug)}${CARD_NAME}`,
      toc: tocOf(all, absences, targets, slowest),
    }),
    format: formatTitle(summary.trace.format),
    devices: scope.devices.map((index) => summary.trace.devices[index]?.name ?? "").join(", "),
    scopes: scopeLinks(summary, scope),
    title: summary.trace.title,
    lede,
    window: windowLine(summary),
    context: contextOf(summary.trace, scope),
    description: summary.trace.description,
    command: shortCommand(summary.trace.command),
    comparisons: comparisonLinks(around.comparisons, slug, path),
    facts: factsOf(summary, scope),
    empty: scope.requests === 0,
    findings: isDefault ? findingsView(summary.findings, all, path) : null,
    notJudged: isDefault ? notJudgedView(summary) : null,
    judgedElsewhere: isDefault ? null : judgedElsewhere(summary, path),
    map,
    figures,
    absences,
    targets,
    slowest,
    quality: qualityView(summary.quality),
    requests: requestsView(summary, scope, path),
    provenance: provenanceOf(summary, path),
    summaryHref: linkFrom(path, `${tracePath(slug)}summary.json`),
    reportHref: isDefault ? REPORT_NAME : null,
  };
}

/** Of the window, not of the scope: pages of scopes say the same. */
function windowLine({ trace: { window }, scopeList }: Summary): string | null {
  const whole = scopeList.find(({ kind }) => kind === "whole");
  return window === null ? null : `Shows ${windowText(window, whole?.requests ?? 0)}.`;
}

function scopeOf({ scopeList, trace }: Summary, id: string): ScopeInfo {
  const scope = scopeList.find((one) => one.id === id);
  if (scope === undefined) throw new Error(`${trace.slug} has no scope ${id}`);
  return scope;
}

type Views = readonly [map: FigureView | null, others: readonly FigureView[]];

function viewsOf(drawn: readonly DrawnFigure[], slug: string, scope: string, page: string, url: string | null): Views {
  const views: FigureView[] = [];
  for (const figure of drawn) {
    const place = { page, files: scopeChartPath(slug, scope, figure.id), url };
    const view = figureView(figure, place, views.length === 0);
    if (view !== null) views.push(view);
  }
  const [first, ...others] = views;
  return first?.map ? [first, others] : [null, views];
}

function tocOf(
  figures: readonly FigureView[],
  absences: readonly Absence[],
  targets: TargetsView | null,
  slowest: DataTable | null,
): TocEntry[] {
  return [
    { href: "#findings", label: "Findings" },
    ...(targets === null ? [] : [{ href: "#targets", label: "Structures" }]),
    ...figures.map(({ id, label }) => ({ href: `#${id}`, label })),
    ...(absences.length === 0 ? [] : [{ href: "#not-recorded", label: "Not recorded" }]),
    { href: "#quality", label: "Data quality" },
    { href: "#request-list", label: "Requests" },
    ...(slowest === null ? [] : [{ href: "#slowest", label: "Slowest" }]),
    { href: "#provenance", label: "Origin" },
  ];
}

function shortCommand(command: string | null): string | null {
  if (command === null || command.includes("\n") || command.length > LONGEST_COMMAND_IN_HEAD) return null;
  return command;
}

function comparisonLinks(comparisons: readonly ComparisonEntry[], slug: string, page: string): readonly Link[] {
  return comparisons.flatMap(({ slug: comparison, a, b }) => {
    if (a.trace.slug !== slug && b.trace.slug !== slug) return [];
    const other = a.trace.slug === slug ? b : a;
    return [{ href: pageLink(page, comparisonPath(comparison)), title: other.trace.title }];
  });
}

function judgedElsewhere(summary: Summary, page: string): Link & { readonly counts: string } {
  const { trace, findings, defaultScope } = summary;
  return {
    href: pageLink(page, tracePath(trace.slug)),
    title: scopeOf(summary, defaultScope).title,
    counts: severityCounts(findings) || "none",
  };
}
