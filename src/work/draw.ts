import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Absent, DataTable, Figure, Layout, VegaLiteSpec } from "../charts/chart.ts";
import { fileTrouble } from "../io/fileTrouble.ts";
import type { Frame } from "../render/frame.ts";
import { portableSpec } from "../render/portableSpec.ts";
import { type Provenance, pngTexts } from "../render/provenance.ts";
import { renderPng } from "../render/renderPng.ts";
import { renderSvg } from "../render/renderSvg.ts";
import { csvText } from "../report/csv.ts";
import type { DrawnFigure, SizePx } from "../report/siteModel.ts";
import type { Origin } from "./origin.ts";
import type { Failure } from "./outcome.ts";
import { failureOf } from "./outcome.ts";

/** What charts of traces and of comparisons have in common. */
export interface ChartWords {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly map?: boolean;
}

/** A chart ready to be drawn: its words, and the figure that it gives for the data at hand. */
export interface Sketch {
  readonly chart: ChartWords;
  figureOf(): Figure | Absent | null;
}

export interface DrawnFigures {
  readonly figures: readonly DrawnFigure[];
  /** Charts that could not be drawn: our fault, and no reason to lose the others. */
  readonly failures: readonly Failure[];
}

const TABLE_ROWS = 5;
const PNG = { theme: "light", scale: 2 } as const;
/** Asks `blkreport render` for the narrow drawing. */
const NARROW = ["--width", "390"];

/** Draws every chart into the folder: SVG for wide and narrow screens, PNG, spec and data. */
export async function drawAll(sketches: readonly Sketch[], origin: Origin, folder: string): Promise<DrawnFigures> {
  const figures: DrawnFigure[] = [];
  const failures: Failure[] = [];
  const pngs = oneBeside();
  for (const { chart, figureOf } of sketches) {
    try {
      const result = figureOf();
      if (result === null) continue;
      const drawn = "absent" in result ? absentFigure(chart, result.absent) : drawFigure(chart, result);
      figures.push(await drawn);
    } catch (error) {
      // No place for files is not the chart's fault, and must not be kept as one.
      if (fileTrouble(error) !== null) throw error;
      failures.push(failureOf(error, `${origin.source}, chart ${chart.id}`));
      figures.push(absentFigure(chart, "This chart could not be drawn; that is a fault of blkreport."));
    }
  }
  await pngs.end();
  return { figures, failures };

  async function drawFigure(chart: ChartWords, figure: Figure): Promise<DrawnFigure> {
    const file = (ending: string) => join(folder, `${chart.id}.${ending}`);
    const of = (ending: string, options?: readonly string[]) =>
      origin.provenanceOf(chart.id, `${chart.id}.${ending}`, options);
    const { source } = origin;
    const wide = await drawLayout(chart, figure, "wide", source, of("svg"));
    const narrow = await drawLayout(chart, figure, "narrow", source, of("narrow.svg", NARROW));
    const texts = pngTexts(chart.title, figure.alternativeText, of("png"));
    await pngs.begin(async () => writeFileSync(file("png"), await renderPng(wide.svg, { ...PNG, texts })));
    writeFileSync(file("svg"), wide.svg);
    writeFileSync(file("narrow.svg"), narrow.svg);
    writeFileSync(file("vl.json"), specText(chart, figure, wide.spec, source));
    writeFileSync(file("csv"), csvText(figure.table));
    return { ...wordsOf(chart, figure), wide: wide.size, narrow: narrow.size };
  }
}

interface DrawnLayout {
  readonly svg: string;
  readonly spec: VegaLiteSpec;
  readonly size: SizePx;
}

/** One picture of a chart, with what stands around it. */
export async function drawLayout(
  { title }: ChartWords,
  figure: Figure,
  layout: Layout,
  source: string,
  provenance: Provenance,
): Promise<DrawnLayout> {
  const { spec, widthPx, heightPx } = figure.draw(layout);
  const { answer, alternativeText } = figure;
  const frame: Frame = { widthPx, heightPx, title, subtitle: answer, alternativeText, source, provenance };
  return { svg: await renderSvg(spec, frame), spec, size: { widthPx, heightPx } };
}

/** The spec for people who open it elsewhere. */
function specText({ title }: ChartWords, { answer }: Figure, spec: VegaLiteSpec, source: string): string {
  const { $schema, ...rest } = portableSpec(spec);
  return `${JSON.stringify({ $schema, description: `${title} ${answer} ${source}`, ...rest })}\n`;
}

function wordsOf(chart: ChartWords, { answer, alternativeText, note, table }: Figure) {
  const { id, title, label, map = false } = chart;
  return { id, title, label, map, absent: null, answer, alternativeText, note, ...firstRows(table) };
}

function firstRows({ columns, rows }: DataTable) {
  return { table: { columns, rows: rows.slice(0, TABLE_ROWS) }, tableRows: rows.length };
}

function absentFigure({ id, title, label, map = false }: ChartWords, absent: string): DrawnFigure {
  const nothing = { answer: "", alternativeText: "", note: null, table: null, tableRows: 0, wide: null, narrow: null };
  return { id, title, label, map, absent, ...nothing };
}

/**
 * Runs one step beside what goes on; `begin` waits until the one before has ended, `end` for the last of them. Drawing the
 * next SVGs takes longer than most PNGs, so a second one in flight would only hold its pixels.
 */
function oneBeside(): { begin(step: () => Promise<void>): Promise<void>; end(): Promise<void> } {
  let running = Promise.resolve();
  return {
    async begin(step) {
      const before = running;
      running = Promise.resolve();
      await before;
      running = step();
      // Whoever awaits it hears of the failure; until then it must not count as unheard.
      running.catch(() => undefined);
    },
    end: () => running,
  };
}
