import type { Summary } from "../../analysis/summary.ts";
import { shareOf } from "../../charts/kit/words.ts";
import { thumbnail } from "../../charts/thumbnail.ts";
import { bytesText, countText } from "../../model/quantities.ts";
import { readableText } from "../../model/readable.ts";
import { metricOf } from "../metricOf.ts";
import { textOf } from "../segments.ts";
import { sentence } from "../sentence.ts";
import type { GoodTrace } from "../siteModel.ts";
import { type Mark, SEVERITIES, severityCounts, severityMark, worstOf } from "./findingsView.ts";
import { formatTitle } from "./formatTitle.ts";
import { thumbnailPath, tracePath } from "./links.ts";

/** A number that a column is sorted by, and its text. */
interface SortedCell {
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

export interface CatalogueRow {
  readonly href: string;
  readonly title: string;
  readonly text: string;
  readonly thumbnail: string | null;
  readonly mark: Mark;
  readonly counts: string;
  readonly severityRank: number;
  /** Filters that show this row: "format-1 severity-high". */
  readonly classes: string;
  readonly cells: readonly SortedCell[];
  readonly format: string;
}

/** What the catalogue says of a trace. */
export interface Known {
  readonly group: string;
  readonly format: string;
  readonly worst: ReturnType<typeof worstOf>;
  readonly row: Omit<CatalogueRow, "classes">;
}

/** Its page has all of it. */
export const MOST_OF_A_TEXT = 500;
const NO_FINDING: Mark = { icon: "good", word: "None" };

/** What lists of all traces say of one. */
interface ListedTrace {
  readonly known: Known;
  /** Its part of index.json. */
  readonly json: unknown;
}

/** By entry of the model, which never changes. */
const listed = new WeakMap<GoodTrace, ListedTrace>();

/** Reads a Summary once for all lists: it may come from the disk. */
export function listedTrace(trace: GoodTrace): ListedTrace {
  const before = listed.get(trace);
  if (before !== undefined) return before;
  const { summary } = trace;
  const found = { known: knownOf(trace, summary), json: jsonOf(trace, summary) };
  listed.set(trace, found);
  return found;
}

function knownOf({ slug, group }: GoodTrace, summary: Summary): Known {
  const { trace, findings, defaultScope } = summary;
  const worst = worstOf(findings);
  const row = {
    href: `${tracePath(slug)}index.html`,
    title: trace.title,
    text: readableText(trace.description ?? textOf(sentence(summary, defaultScope)), MOST_OF_A_TEXT),
    thumbnail: thumbnail(summary) === null ? null : `${thumbnailPath(slug, defaultScope)}#plot`,
    mark: worst === null ? NO_FINDING : severityMark(worst),
    counts: findings.length < 2 ? "" : severityCounts(findings),
    severityRank: worst === null ? SEVERITIES.length : SEVERITIES.indexOf(worst),
    cells: cellsOf(summary),
    format: formatTitle(trace.format),
  };
  return { group, format: trace.format, worst, row };
}

function cellsOf(summary: Summary): readonly SortedCell[] {
  const requests = metricOf(summary, summary.defaultScope, "requests");
  const writes = metricOf(summary, summary.defaultScope, "alignment")?.byOp.write;
  const readBytes = requests?.byOp.read?.bytes ?? 0;
  const writtenBytes = requests?.byOp.write?.bytes ?? 0;
  const total = (writes?.aligned ?? 0) + (writes?.unaligned ?? 0);
  return [
    { label: "Requests", value: requests?.total ?? 0, text: countText(requests?.total ?? 0) },
    { label: "Read", value: readBytes, text: bytesText(readBytes) },
    { label: "Written", value: writtenBytes, text: bytesText(writtenBytes) },
    {
      label: "Unaligned writes",
      value: total === 0 ? -1 : (writes?.unaligned ?? 0) / total,
      text: total === 0 ? "–" : shareOf(writes?.unaligned ?? 0, total),
    },
  ];
}

function jsonOf({ slug, group }: GoodTrace, summary: Summary): unknown {
  const { title, description, format, tags } = summary.trace;
  const requests = metricOf(summary, summary.defaultScope, "requests");
  return {
    slug,
    group,
    page: `${tracePath(slug)}index.html`,
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
