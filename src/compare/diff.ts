import type { StructureKind } from "../model/layout.ts";
import type { Op } from "../model/ops.ts";
import type { Place } from "./places.ts";
import type { RankTest } from "./rankTest.ts";
import type { ComparedRequest } from "./sequence/requests.ts";

/** better, worse: the figure has a direction; changed: it has none; few: too few values to judge; notComparable: not recorded on one side. */
export type Verdict = "better" | "worse" | "same" | "changed" | "few" | "notComparable";

export interface DiffSide {
  /** Of the first run, as all that is not a figure. */
  readonly slug: string;
  readonly title: string;
  readonly scope: string;
  readonly format: string;
  /** How many traces of the same work the figures rest on. */
  readonly runs: number;
}

/** A number of both sides. `metric` is its path in the Summary without `ok` and `value`. Of several runs the medians. */
export interface Change {
  readonly metric: string;
  readonly kind: "count" | "bytes" | "ns" | "share";
  /** null: not recorded. */
  readonly a: number | null;
  readonly b: number | null;
  /** b - a; null where either is not recorded. */
  readonly change: number | null;
  /** (b - a) / a; null where a is 0 or not recorded. */
  readonly relative: number | null;
  readonly verdict: Verdict;
  /** What limits the verdict: "one run: no judgement on time". */
  readonly note?: string;
  /** Of several runs a side, what each measured, and the rank test of them. */
  readonly runs?: RankTest & { readonly a: readonly number[]; readonly b: readonly number[] };
}

/** One of the figures that a page shows. */
export interface FigureChange extends Change {
  readonly title: string;
  /** Of how many the figure counts some, on each side: 5 unaligned of 5 writes. */
  readonly of?: { readonly a: number | null; readonly b: number | null };
  /** Where the requests that it counts lie, most first, three places at most; null where the Summary does not say. */
  readonly where?: { readonly a: readonly Place[] | null; readonly b: readonly Place[] | null };
}

/** The class of a sector in a sector map: an index into SECTOR_CLASSES, 4 discarded, 5 zeroed. */
export type MapClass = 0 | 1 | 2 | 3 | 4 | 5;

/** A run of sectors with the same class on each side; null is untouched there. */
export interface SectorChange {
  readonly startSector: number;
  readonly sectors: number;
  readonly a: MapClass | null;
  readonly b: MapClass | null;
}

/** What became of requests: `moved` to another place of the disk, `reordered` to another place of the sequence. */
export interface SequenceCounts {
  readonly same: number;
  readonly added: number;
  readonly removed: number;
  readonly moved: number;
  readonly resized: number;
  readonly reordered: number;
}

/** A request of either side, or what A's request became in B. A reordered one stands at its place in A and at its place in B. */
export type SequenceStep =
  | { readonly change: "removed"; readonly a: ComparedRequest; readonly b: null }
  | { readonly change: "added"; readonly a: null; readonly b: ComparedRequest }
  | { readonly change: "same" | "moved" | "resized"; readonly a: ComparedRequest; readonly b: ComparedRequest }
  | { readonly change: "reordered"; readonly a: ComparedRequest; readonly b: ComparedRequest; readonly at: "a" | "b" };

/** Requests that are the same on both sides, and not listed. */
export interface FoldedSteps {
  readonly change: "folded";
  readonly count: number;
}

/** Both sequences of requests, aligned as `diff` aligns the lines of two files. */
export interface SequenceDiff {
  readonly counts: SequenceCounts;
  readonly byOp: { readonly [O in Op]?: SequenceCounts };
  /** The one distance by which at least half of the moved requests moved, or null. */
  readonly shift: { readonly bytes: number; readonly requests: number } | null;
  /** In order, with what is the same folded but for three requests around each change; empty where nothing changed. */
  readonly steps: readonly (SequenceStep | FoldedSteps)[];
}

/** Requests that touched a structure, and the bytes that lie there. */
export interface StructureAmount {
  readonly count: number;
  readonly bytes: number;
}

/** A structure of a layout that requests of one side touched in another way than those of the other. */
export interface StructureChange {
  readonly name: string;
  readonly kind: StructureKind;
  /** What holds it, in B where both have it; null: the device itself. */
  readonly within: string | null;
  /** The ops that differ; null: not known, a Summary lists the 500 that most requests touched. */
  readonly byOp: { readonly [O in Op]?: { readonly a: StructureAmount | null; readonly b: StructureAmount | null } };
}

/** Two Summaries compared; public, versioned. */
export interface Diff {
  readonly schema: "blkreport/diff/1";
  readonly a: DiffSide;
  readonly b: DiffSide;
  readonly figures: readonly FigureChange[];
  /** Every number that the Summaries hold by itself: those that differ, and how many do not. */
  readonly metrics: { readonly same: number; readonly changed: readonly Change[] };
  /** null where either Summary does not hold all its requests. */
  readonly sequence: SequenceDiff | null;
  /** null where either side has no sector map (several devices). */
  readonly sectors: {
    /** The coarser of the two maps' cells. */
    readonly cellSectors: number;
    readonly onlyA: number;
    readonly onlyB: number;
    readonly both: number;
    readonly classChanged: number;
    /** Every touched run, ascending. */
    readonly runs: readonly SectorChange[];
  } | null;
  /** By the names of their layouts, the largest change first; null where either side has no layout. */
  readonly structures: { readonly same: number; readonly changed: readonly StructureChange[] } | null;
  readonly findings: {
    readonly appeared: readonly string[];
    readonly disappeared: readonly string[];
  };
}
