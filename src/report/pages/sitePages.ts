import { FINDINGS } from "../../findings/index.ts";
import { FORMATS, formatById } from "../../formats/index.ts";
import type { SiteModel } from "../siteModel.ts";
import { type Address, type Addresses, addressesOf } from "./addresses.ts";
import { type BrokenPage, brokenPage } from "./brokenPage.ts";
import { type CataloguePage, cataloguePage } from "./cataloguePage.ts";
import { type ComparisonPage, comparisonPage } from "./comparisonPage.ts";
import { groupsOf } from "./groups.ts";
import { type CiGuidePage, ciGuidePage } from "./guide/ciGuidePage.ts";
import { type FindingsGuidePage, findingsGuidePage } from "./guide/findingsGuidePage.ts";
import { type FormatGuidePage, formatGuidePage } from "./guide/formatGuidePage.ts";
import { type GuideIndexPage, guideIndexPage } from "./guide/guideIndexPage.ts";
import { type LayoutGuidePage, layoutGuidePage } from "./guide/layoutGuidePage.ts";
import { type RecordingGuidePage, recordingGuidePage } from "./guide/recordingGuidePage.ts";
import { type HistoryPage, historyPage } from "./historyPage.ts";
import { type MatrixPage, matrixPage } from "./matrixPage.ts";
import { siteFacts } from "./siteFacts.ts";
import { type TracePage, tracePage } from "./tracePage.ts";

/** Pages that there are many of, by their addresses, and those that there is one of. */
export type PageKind =
  | keyof Addresses
  | "catalogue"
  | "guideIndex"
  | "ciGuide"
  | "recordingGuide"
  | "layoutGuide"
  | "findingsGuide";

/** The pages of a site: where they are, and what stands on each, worked out when it is asked for. */
export interface SitePages {
  readonly addresses: Addresses;
  catalogue(): CataloguePage;
  trace(address: Address): TracePage;
  broken(address: Address): BrokenPage;
  comparison(address: Address): ComparisonPage;
  matrix(address: Address): MatrixPage;
  history(address: Address): HistoryPage;
  guideIndex(): GuideIndexPage;
  ciGuide(): CiGuidePage;
  recordingGuide(): RecordingGuidePage;
  layoutGuide(): LayoutGuidePage;
  findingsGuide(): FindingsGuidePage;
  formatGuide(address: Address): FormatGuidePage;
}

export function sitePages(model: SiteModel): SitePages {
  const site = siteFacts(model);
  const good = bySlug(model.traces.filter((trace) => trace.ok));
  const broken = bySlug(model.traces.filter((trace) => !trace.ok));
  const comparisons = bySlug(model.comparisons);
  const groups = bySlug(groupsOf(model));
  const histories = bySlug(model.histories);
  return {
    addresses: addressesOf(model),
    catalogue: () => cataloguePage(model, site),
    trace: ({ slug, scope }) => tracePage(found(good, slug), scope, { site, comparisons: model.comparisons }),
    broken: ({ slug }) => brokenPage(found(broken, slug), site),
    comparison: ({ slug }) => comparisonPage(found(comparisons, slug), site),
    history: ({ slug }) => historyPage(found(histories, slug), site),
    matrix: ({ slug }) => matrixPage(found(groups, slug), site),
    findingsGuide: () => findingsGuidePage(FINDINGS, site),
    guideIndex: () => guideIndexPage(FORMATS, site),
    ciGuide: () => ciGuidePage(site),
    recordingGuide: () => recordingGuidePage(site),
    layoutGuide: () => layoutGuidePage(site),
    formatGuide: ({ slug }) => formatGuidePage(formatById(slug), site),
  };
}

function bySlug<T extends { readonly slug: string }>(entries: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entries.map((entry) => [entry.slug, entry]));
}

function found<T>(entries: ReadonlyMap<string, T>, slug: string): T {
  const entry = entries.get(slug);
  if (entry === undefined) throw new Error(`the site has no ${slug}`);
  return entry;
}
