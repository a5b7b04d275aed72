import type { Op } from "../../model/ops.ts";
import type { CellKind, CellValue, DataTable } from "../chart.ts";
import { type EcdfPoint, ecdfPoints, withExact } from "../kit/ecdf.ts";
import { OP_STYLE, SHOWN_OPS } from "../kit/opStyle.ts";
import { table } from "../kit/table.ts";
import { FEWEST_FOR_P90, FEWEST_FOR_P99 } from "../latencyTime/note.ts";

/** How the values of one op are distributed on one side. */
export interface Distribution {
  readonly count: number;
  /** [lower edge, upper edge, values], ascending, only those that occur. */
  readonly buckets: readonly (readonly number[])[];
  readonly points: readonly EcdfPoint[];
  /** p50, p90 and p99, as far as the number of values carries them. */
  readonly percentiles: readonly EcdfPoint[];
  readonly most: number;
}

/** One op on both sides; null: it does not occur there. */
export interface OpPair {
  readonly op: Op;
  readonly a: Distribution | null;
  readonly b: Distribution | null;
}

export interface Measured {
  readonly buckets: Distribution["buckets"];
  readonly least: number;
  readonly most: number;
  readonly p50: number;
  readonly p90: number;
  /** null: the metric has none. */
  readonly p99: number | null;
}

export function distribution({ buckets, least, most, p50, p90, p99 }: Measured): Distribution {
  const count = buckets.reduce((sum, [, , values]) => sum + values!, 0);
  const percentiles = [
    { value: p50, share: 0.5 },
    ...(count < FEWEST_FOR_P90 ? [] : [{ value: p90, share: 0.9 }]),
    ...(count < FEWEST_FOR_P99 || p99 === null ? [] : [{ value: p99, share: 0.99 }]),
  ];
  return { count, buckets, points: withExact(ecdfPoints(buckets, { least, most }), percentiles), percentiles, most };
}

/** The ops that occur on either side, in the order of all charts. */
export function pairsOf(of: (side: "a" | "b", op: Op) => Distribution | null): readonly OpPair[] {
  return SHOWN_OPS.map((op) => ({ op, a: of("a", op), b: of("b", op) })).filter(({ a, b }) => a !== null || b !== null);
}

/** Whether both curves are one. */
export function alike({ a, b }: OpPair): boolean {
  return a !== null && b !== null && JSON.stringify(a.points) === JSON.stringify(b.points);
}

/** Percentiles of both sides, to stand in the margin. */
export function noteOf(pairs: readonly OpPair[], kind: CellKind): DataTable {
  const rows = pairs.flatMap(({ op, a, b }) => {
    const shares = [...new Set([a, b].flatMap((side) => side?.percentiles ?? []).map(({ share }) => share))];
    const at = (side: Distribution | null, share: number) =>
      side?.percentiles.find((one) => one.share === share)?.value ?? null;
    const { singular } = OP_STYLE[op];
    return [
      ...shares.map((share): CellValue[] => [`${singular}, p${Math.round(share * 100)}`, at(a, share), at(b, share)]),
      [`${singular}, most`, a?.most ?? null, b?.most ?? null],
    ];
  });
  return table(
    [
      ["figure", "", "text"],
      ["a", "A", kind],
      ["b", "B", kind],
    ],
    rows,
  );
}

/** Every bucket of both sides. @param unit how the columns end: "Bytes". */
export function bucketsOf(pairs: readonly OpPair[], unit: string, kind: CellKind): DataTable {
  const rows = pairs.flatMap(({ op, a, b }) => [...bucketRows(op, "A", a), ...bucketRows(op, "B", b)]);
  return table(
    [
      ["op", "operation", "text"],
      ["side", "side", "text"],
      [`from${unit}`, "from", kind],
      [`to${unit}`, "to", kind],
      ["requests", "requests", "count"],
      ["shareDone", "share up to there", "share"],
    ],
    rows,
  );
}

function bucketRows(op: Op, side: "A" | "B", of: Distribution | null): CellValue[][] {
  let done = 0;
  return (of?.buckets ?? []).map(([from, to, requests]) => {
    done += requests!;
    return [OP_STYLE[op].singular, side, from!, to!, requests!, done / of!.count];
  });
}

/** "the median read took 1.2 ms in A and 0.9 ms in B"; what is the same in both is said once. */
export function medianClause({ op, a, b }: OpPair, verb: string, text: (value: number) => string): string {
  const { singular, plural } = OP_STYLE[op];
  if (a === null || b === null) return `there are ${plural} only in ${a === null ? "B" : "A"}`;
  const [inA, inB] = [a, b].map(({ percentiles }) => text(percentiles[0]!.value));
  const values = inA === inB ? `${inA} in both` : `${inA} in A and ${inB} in B`;
  return `the median ${singular} ${verb} ${values}`;
}
