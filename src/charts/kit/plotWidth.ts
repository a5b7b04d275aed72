import type { Layout } from "../chart.ts";

/** The horizontal measures of a drawing. Charts over time share them, so that their plots line up. */
export interface PlotWidth {
  readonly layout: Layout;
  readonly widthPx: number;
  readonly leftPx: number;
  readonly rightPx: number;
  /** Between the margins. */
  readonly plotPx: number;
}

const WIDE = { widthPx: 720, leftPx: 64, rightPx: 14 } as const;
const NARROW = { widthPx: 358, leftPx: 54, rightPx: 10 } as const;

export function plotWidth(layout: Layout, margins: { leftPx?: number; rightPx?: number } = {}): PlotWidth {
  const measures = { ...(layout === "wide" ? WIDE : NARROW), ...margins };
  return { layout, ...measures, plotPx: measures.widthPx - measures.leftPx - measures.rightPx };
}
