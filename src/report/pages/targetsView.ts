import type { MetricValues, Summary } from "../../analysis/summary.ts";
import type { DataTable } from "../../charts/chart.ts";
import { OP_STYLE } from "../../charts/kit/opStyle.ts";
import { table } from "../../charts/kit/table.ts";
import { OPS, type Op } from "../../model/ops.ts";
import { bytesText, countText, listed, sentence } from "../../model/quantities.ts";
import { touchedName } from "../../model/structureWords.ts";
import { metricOf } from "../metricOf.ts";

type Targets = MetricValues["targets"];
type Touched = Targets["structures"][number];

/** What the requests touched, by the names of a layout. */
export interface TargetsView {
  /** In a line, for the first screen: what was written, or else what was read. */
  readonly line: string;
  readonly table: DataTable;
  /** What the table leaves out, or null. */
  readonly rest: string | null;
}

const MOST_ROWS = 24;
const MOST_IN_A_LINE = 8;
/** What changes a disk comes first; the line is of the first op that touched anything. */
const OPS_OF_THE_LINE: readonly Op[] = ["write", "zoneAppend", "writeZeroes", "discard", "secureErase", "read"];

/** null without a layout, or where nothing in it was touched. */
export function targetsView(summary: Summary, scope: string): TargetsView | null {
  const targets = metricOf(summary, scope, "targets");
  if (targets === null || targets.structures.length === 0) return null;
  const all = targets.structures.length + targets.otherStructures;
  const left = all - Math.min(MOST_ROWS, targets.structures.length);
  return {
    line: lineOf(targets),
    table: tableOf(targets),
    rest: left === 0 ? null : `The ${MOST_ROWS} touched by most requests, of ${countText(all)}.`,
  };
}

function lineOf({ structures, elsewhere }: Targets): string {
  const op = OPS_OF_THE_LINE.find((one) => structures.some(({ byOp }) => byOp[one] !== undefined)) ?? "other";
  const touched = structures
    .filter(({ byOp }) => byOp[op] !== undefined)
    .sort((a, b) => countOf(b, op) - countOf(a, op));
  const names = touched.slice(0, MOST_IN_A_LINE).map((one) => amountText(one, op));
  const left = touched.length - names.length;
  const outside = elsewhere[op] === undefined ? [] : ["places without a name"];
  return `${sentence(OP_STYLE[op].plural)} go to ${listed([...names, ...(left > 0 ? [`${countText(left)} more`] : []), ...outside])}.`;
}

/** "journal (5, 20 KiB)", "/hello (1, 1 KiB)". */
function amountText(structure: Touched, op: Op): string {
  const { count, bytes } = structure.byOp[op]!;
  return `${touchedName(structure)} (${countText(count)}, ${bytesText(bytes)})`;
}

function countOf({ byOp }: Touched, op: Op): number {
  return byOp[op]?.count ?? 0;
}

/** For each op that occurs how many requests touched a structure, and how much of it. */
function tableOf({ structures, elsewhere }: Targets): DataTable {
  const known = structures.slice(0, MOST_ROWS).map((one) => ({ ...one, name: touchedName(one) }));
  const isNamed = Object.keys(elsewhere).length === 0;
  const rows = isNamed ? known : [...known, { name: "no known structure", within: null, byOp: elsewhere }];
  const used = OPS.filter((op) => rows.some(({ byOp }) => byOp[op] !== undefined));
  return table(
    [
      ["structure", "Structure", "text"],
      ["within", "In", "text"],
      ...used.flatMap((op) => [
        [`${op}Requests`, sentence(OP_STYLE[op].plural), "count"] as const,
        [`${op}Bytes`, "Bytes", "bytes"] as const,
      ]),
      ["unaligned", "Unaligned to 4 KiB", "count"],
    ],
    rows.map(({ name, within, byOp }) => [
      name,
      within,
      ...used.flatMap((op) => [byOp[op]?.count ?? null, byOp[op]?.bytes ?? null]),
      Object.values(byOp).reduce((sum, { unaligned }) => sum + unaligned, 0),
    ]),
  );
}
