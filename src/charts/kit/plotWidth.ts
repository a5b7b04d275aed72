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

/** How wide a drawing is that is no map. */
export const WIDTH_PX = { wide: 720, narrow: 358 } as const;
const WIDE = { widthPx: WIDTH_PX.wide, leftPx: 64, rightPx: 14 } as const;
const NARROW = { widthPx: WIDTH_PX.narrow, leftPx: 54, rightPx: 10 } as const;

export function plotWidth(layout: Layout, margins: { leftPx?: number; rightPx?: number } = {}): PlotWidth {
  const measures = { ...(layout === "wide" ? WIDE : NARROW), ...margins };
  return { layout, ...measures, plotPx: measures.widthPx - measures.leftPx - measures.rightPx };
}
