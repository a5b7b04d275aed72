import { countText } from "../../model/quantities.ts";
import type { Token } from "../../theme/colours.ts";
import { textWidth } from "../../theme/textWidth.ts";
import type { Layout } from "../chart.ts";
import { opBars } from "./opBars.ts";
import { type Label, type Layer, type Line, rules, texts } from "./spec.ts";

/** One histogram of a stack: its title, its colour, and a count for each bin from left to right. */
export interface CountPanel {
  readonly title: string;
  readonly token: Token;
  readonly hollow?: boolean;
  readonly counts: readonly number[];
}

const PANEL_PX = { wide: 92, narrow: 84 } as const;
const GAP_PX = 30;
/** Room above the tallest column for its count. */
const HEADROOM_PX = 16;
const LEAST_COLUMN_PX = 1.5;
const LABEL_PX = 13;

export function countPanelsHeight(panels: number, layout: Layout): number {
  return panels * PANEL_PX[layout] + (panels - 1) * GAP_PX;
}

/** Panels share a scale while their peaks differ less than this; else each has its own, and says so. */
const LARGEST_PEAK_RATIO = 8;

/** Histograms under each other, with the count on each column. */
export function countPanels(panels: readonly CountPanel[], widthPx: number, layout: Layout): readonly Layer[] {
  const peaks = panels.map(({ counts }) => Math.max(1, ...counts));
  const most = Math.max(...peaks);
  const shared = most < LARGEST_PEAK_RATIO * Math.min(...peaks);
  return panels.flatMap((panel, i) => {
    const floor = countPanelsHeight(i + 1, layout);
    const pxPerCount = (PANEL_PX[layout] - HEADROOM_PX) / (shared ? most : peaks[i]!);
    const columns = columnsOf(panel.counts, floor, widthPx, pxPerCount);
    const title = shared ? panel.title : `${panel.title} · own scale`;
    return [
      rules([{ x: 0, x2: widthPx, y: floor + 0.5, y2: floor + 0.5 }], "ink-3"),
      ...opBars(
        columns.map(({ line }) => line),
        panel.token,
        panel.hollow,
      ),
      texts(countLabels(columns), "ink-2", "center"),
      texts([{ x: 0, y: floor - PANEL_PX[layout] - 10, text: title }], panel.token),
    ];
  });
}

interface Column {
  readonly count: number;
  readonly line: Line;
}

function columnsOf(counts: readonly number[], floor: number, widthPx: number, pxPerCount: number): readonly Column[] {
  const binPx = widthPx / counts.length;
  const insetPx = Math.min(2, binPx / 8);
  return counts
    .map((count, bin) => ({
      count,
      line: {
        x: bin * binPx + insetPx,
        x2: (bin + 1) * binPx - insetPx,
        y: floor - Math.max(LEAST_COLUMN_PX, count * pxPerCount),
        y2: floor,
      },
    }))
    .filter(({ count }) => count > 0);
}

/** The counts that have room, the largest first. */
function countLabels(columns: readonly Column[]): readonly Label[] {
  const kept: Label[] = [];
  for (const { count, line } of columns.toSorted((a, b) => b.count - a.count)) {
    const label = { x: (line.x + line.x2) / 2, y: line.y - 8, text: countText(count) };
    if (!kept.some((other) => overlap(label, other))) kept.push(label);
  }
  return kept.toSorted((a, b) => a.x - b.x);
}

function overlap(a: Label, b: Label): boolean {
  const halves = (textWidth(a.text) + textWidth(b.text)) / 2;
  return Math.abs(a.x - b.x) < halves + 4 && Math.abs(a.y - b.y) < LABEL_PX;
}
