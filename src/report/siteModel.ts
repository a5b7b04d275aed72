import type { Summary } from "../analysis/summary.ts";
import type { DataTable } from "../charts/chart.ts";
import type { Diff } from "../compare/diff.ts";
import type { GateResult } from "../compare/gates/index.ts";
import type { History } from "../compare/history.ts";
import type { SiteConfig } from "./siteConfig.ts";
import type { SourcesFile } from "./sourcesFile.ts";

export interface SizePx {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A chart that was drawn: its words and numbers; the pictures lie beside the page as charts/<id>.{svg,narrow.svg,png,vl.json,csv}. */
export interface DrawnFigure {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly map: boolean;
  /** null where the chart is there; else why it is not, in the reader's words. */
  readonly absent: string | null;
  readonly answer: string;
  readonly alternativeText: string;
  readonly note: DataTable | null;
  /** The first rows; null where absent. */
  readonly table: DataTable | null;
  readonly tableRows: number;
  readonly wide: SizePx | null;
  readonly narrow: SizePx | null;
}

export interface DrawnScope {
  readonly scope: string;
  /** May be read from the disk each time. */
  readonly figures: readonly DrawnFigure[];
}

export interface GoodTrace {
  readonly ok: true;
  readonly slug: string;
  /** The folder below traces/, "" at the top. */
  readonly group: string;
  readonly defaultScope: string;
  /** May be read from the disk each time: a site has thousands. */
  readonly summary: Summary;
  readonly scopes: readonly DrawnScope[];
}

export interface BrokenTrace {
  readonly ok: false;
  readonly slug: string;
  readonly group: string;
  readonly title: string;
  /** As the command line prints it. */
  readonly message: string;
  /** "sda.txt:1042", "a.qtr, byte 12". */
  readonly place: string;
  readonly what: string;
  readonly cure: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

export type TraceEntry = GoodTrace | BrokenTrace;

export interface ComparisonEntry {
  /** "<baseline>..<head>" */
  readonly slug: string;
  /** May be read from the disk each time, like that of a trace. */
  readonly a: Summary;
  readonly b: Summary;
  readonly diff: Diff;
  readonly figures: readonly DrawnFigure[];
  /** The site's rules, as they hold here. */
  readonly gates: readonly GateResult[];
  /** Whether A is no trace of this site, but what B was before. */
  readonly isWithBase: boolean;
}

/** What has no counterpart when a site is compared with its base: slugs. */
export interface BaseFacts {
  readonly missing: readonly string[];
  readonly gone: readonly string[];
}

/** Recordings of the same work. */
export interface HistoryEntry {
  /** What the side files call it. */
  readonly slug: string;
  readonly history: History;
  readonly figures: readonly DrawnFigure[];
}

/** All that the templates need to know: plain data. */
export interface SiteModel {
  readonly config: SiteConfig;
  /** In order of group, then slug. */
  readonly traces: readonly TraceEntry[];
  readonly comparisons: readonly ComparisonEntry[];
  /** In the order of their names. */
  readonly histories: readonly HistoryEntry[];
  /** What the build passed over, one sentence each. */
  readonly notices: readonly string[];
  /** ISO date of SOURCE_DATE_EPOCH or the newest recording, or null. */
  readonly date: string | null;
  /** What sources.json says beside the configuration. */
  readonly sources: Omit<SourcesFile, "schema" | "config">;
  /** null: the site is compared with no base. */
  readonly base: BaseFacts | null;
}
