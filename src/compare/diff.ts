/** better, worse: the figure has a direction; changed: it has none; few: too few values to judge; notComparable: not recorded on one side. */
export type Verdict = "better" | "worse" | "same" | "changed" | "few" | "notComparable";

export interface DiffSide {
  readonly slug: string;
  readonly title: string;
  readonly scope: string;
  readonly format: string;
}

/** One figure of both sides. `metric` is its path in the Summary without `ok` and `value`. */
export interface FigureChange {
  readonly metric: string;
  readonly title: string;
  readonly kind: "count" | "bytes" | "ns" | "share";
  /** null: not recorded. */
  readonly a: number | null;
  readonly b: number | null;
  /** b - a; null where either is not recorded. */
  readonly change: number | null;
  /** (b - a) / a; null where a is 0 or not recorded. */
  readonly relative: number | null;
  readonly verdict: Verdict;
  /** Of how many the figure counts some, on each side: 5 unaligned of 5 writes. */
  readonly of?: { readonly a: number | null; readonly b: number | null };
  /** What limits the verdict: "one run: no judgement on time". */
  readonly note?: string;
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

/** Two Summaries compared; public, versioned. */
export interface Diff {
  readonly schema: "blkreport/diff/1";
  readonly a: DiffSide;
  readonly b: DiffSide;
  readonly figures: readonly FigureChange[];
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
  readonly findings: {
    readonly appeared: readonly string[];
    readonly disappeared: readonly string[];
  };
}
