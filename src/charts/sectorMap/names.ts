import { SECTOR_BYTES } from "../../model/units.ts";
import { textWidth } from "../../theme/textWidth.ts";
import { px } from "../kit/pixels.ts";
import { type Label, type Layer, type Line, rules, texts } from "../kit/spec.ts";
import { type Named, namesWithin } from "../kit/structures.ts";
import type { Geometry } from "./geometry.ts";
import type { PlacedMap } from "./place.ts";
import { type MapLine, ROW_CELLS } from "./rows.ts";

/** Room above a row for the names of what begins there. */
export const NAMES_PX = 18;
const BETWEEN_PX = 12;
const LEAST_PX = 3;
const LONGEST_PX = 420;

/** A structure in a row: from and to in columns. */
interface InRow {
  readonly named: Named;
  readonly from: number;
  readonly to: number;
}

/** For each row that is drawn the structures that are named above it: those that the row before it, if it is drawn, has not. */
export function namedRows(
  lines: readonly MapLine[],
  structures: readonly Named[],
  cellSectors: number,
): ReadonlyMap<number, readonly InRow[]> {
  const rows = new Map<number, readonly InRow[]>();
  let before: readonly Named[] = [];
  for (const line of lines) {
    const here = line.kind === "row" ? inRow(line.row, structures, cellSectors) : [];
    const starting = here.filter(({ named }, i) => {
      const isFirstPiece = here.findIndex((other) => other.named === named) === i;
      return isFirstPiece && !before.includes(named);
    });
    if (line.kind === "row" && starting.length > 0) rows.set(line.row, starting);
    before = here.map(({ named }) => named);
  }
  return rows;
}

function inRow(row: number, structures: readonly Named[], cellSectors: number): readonly InRow[] {
  const cellBytes = cellSectors * SECTOR_BYTES;
  const start = row * ROW_CELLS;
  return structures
    .flatMap((named) =>
      named.pieces.map(({ fromBytes, toBytes }) => ({
        named,
        from: Math.max(0, fromBytes / cellBytes - start),
        to: Math.min(ROW_CELLS, toBytes / cellBytes - start),
      })),
    )
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
}

/** A line above the cells of each structure, with a tick where it begins, and its name above that. */
export function nameLayers(
  { rows }: PlacedMap,
  geometry: Geometry,
  structures: readonly Named[],
  cellSectors: number,
  starting: ReadonlyMap<number, readonly InRow[]>,
): readonly Layer[] {
  if (structures.length === 0) return [];
  const { cellWidthPx, mapPx } = geometry;
  const lines: Line[] = [];
  const ticks: Line[] = [];
  const labels: Label[] = [];
  for (const { row, y } of rows) {
    let rightPx = Number.NEGATIVE_INFINITY;
    for (const { from, to } of inRow(row, structures, cellSectors)) {
      const x = Math.max(from * cellWidthPx, rightPx + 1);
      const x2 = Math.max(to * cellWidthPx - 1, x + LEAST_PX);
      if (x2 > mapPx) continue;
      lines.push({ x: px(x), x2: px(x2), y: y - 1.5, y2: y - 1.5 });
      rightPx = x2;
    }
    const named = starting.get(row) ?? [];
    for (const { from } of named)
      ticks.push({ x: px(from * cellWidthPx), x2: px(from * cellWidthPx), y: y - 5, y2: y - 1 });
    labels.push(...labelsAbove(named, cellWidthPx, mapPx).map((label) => ({ ...label, y: y - 12 })));
  }
  return [rules(lines, "ink-2", { strokeWidth: 1.5 }), rules(ticks, "ink-2"), texts(labels, "ink-2")];
}

interface Group {
  readonly x: number;
  readonly members: readonly Named[];
}

/** Names at their places; those that would touch are folded into one. */
function labelsAbove(named: readonly InRow[], cellWidthPx: number, mapPx: number): readonly Omit<Label, "y">[] {
  let groups: readonly Group[] = named.map(({ named: one, from }) => ({ x: from * cellWidthPx, members: [one] }));
  for (;;) {
    const labels = groups.map(({ x, members }) => labelOf(members, x, mapPx));
    const touching = labels.findIndex(({ x }, i) => i > 0 && x < rightOf(labels[i - 1]!) + BETWEEN_PX);
    if (touching < 0) return labels;
    const [a, b] = [groups[touching - 1]!, groups[touching]!];
    groups = groups.toSpliced(touching - 1, 2, { x: a.x, members: [...a.members, ...b.members] });
  }
}

function rightOf({ x, text }: Omit<Label, "y">): number {
  return x + textWidth(text);
}

/** A name that begins far right stands to the left of its place. */
function labelOf(members: readonly Named[], x: number, mapPx: number): Omit<Label, "y"> {
  const text = namesWithin(members, Math.min(mapPx, LONGEST_PX));
  return { x: px(Math.max(0, Math.min(x, mapPx - textWidth(text)))), text };
}
