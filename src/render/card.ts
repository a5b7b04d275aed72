import { escapeXml } from "../model/xml.ts";
import { wrapped } from "./frame.ts";
import { inlineSvg } from "./inlineSvg.ts";
import { metadataElement, type Provenance } from "./provenance.ts";
import { styleElement } from "./style.ts";

/** What stands on the picture that a link to a page is shown with. */
export interface Card {
  readonly title: string;
  readonly sentence: string;
  /** What it is of: "blkreport · blktrace". */
  readonly kind: string;
  /** A narrow chart as `renderSvg` made it; null: there is none. */
  readonly chart: string | null;
  readonly provenance: Provenance;
}

/** As link previews want it. */
const WIDTH_PX = 1200;
const HEIGHT_PX = 630;
const MARGIN_PX = 56;
const TEXT_PX = 500;
const CHART_X_PX = 612;
const CHART_PX = 540;

const TITLE = { sizePx: 46, linePx: 56, mostLines: 5 };
const SENTENCE = { sizePx: 27, linePx: 38, mostLines: 7 };
const KIND_PX = 22;
const GAP_PX = 18;
const ROOM_PX = HEIGHT_PX - 2 * MARGIN_PX - KIND_PX - GAP_PX;

const SIZES = [
  `.t{font-size:${TITLE.sizePx}px;fill:var(--ink)}`,
  `.s{font-size:${SENTENCE.sizePx}px;fill:var(--ink-2)}`,
  `.f{font-size:${KIND_PX}px;fill:var(--ink-3)}`,
].join("");

/** The card as an SVG, for `renderPng`: words on the left, the chart on the right, as much of it as there is room for. */
export function cardSvg({ title, sentence, kind, chart, provenance }: Card): string {
  const widthPx = chart === null ? WIDTH_PX - 2 * MARGIN_PX : TEXT_PX;
  const titleLines = wrapped(title, TITLE, widthPx);
  const titleHeightPx = titleLines.length * TITLE.linePx;
  const most = Math.min(SENTENCE.mostLines, Math.floor((ROOM_PX - titleHeightPx - GAP_PX) / SENTENCE.linePx));
  const sentenceLines = wrapped(sentence, { ...SENTENCE, mostLines: most }, widthPx);
  const inside =
    `<rect width="${WIDTH_PX}" height="${HEIGHT_PX}" fill="var(--bg)"/>` +
    texts("t", titleLines, MARGIN_PX, TITLE) +
    texts("s", sentenceLines, MARGIN_PX + titleHeightPx + GAP_PX, SENTENCE) +
    `<text class="f" x="${MARGIN_PX}" y="${HEIGHT_PX - MARGIN_PX}">${escapeXml(kind)}</text>` +
    (chart === null ? "" : placed(chart));
  const style = styleElement(inside, SIZES);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH_PX} ${HEIGHT_PX}">` +
    `${metadataElement(title, provenance)}${style}${inside}</svg>\n`
  );
}

function texts(className: string, lines: readonly string[], top: number, size: typeof TITLE): string {
  return lines
    .map((line, i) => {
      const y = top + i * size.linePx + size.sizePx;
      return `<text class="${className}" x="${MARGIN_PX}" y="${y}">${escapeXml(line)}</text>`;
    })
    .join("");
}

/** In its width; what is taller than the card goes on below its edge. */
function placed(chart: string): string {
  const plot = inlineSvg(chart, "chart");
  const [, widthPx, heightPx] = /viewBox="0 0 (\S+) (\S+)"/.exec(plot)!.map(Number) as [number, number, number];
  const height = (heightPx * CHART_PX) / widthPx;
  const y = Math.max(MARGIN_PX, (HEIGHT_PX - height) / 2);
  const size = `x="${CHART_X_PX}" y="${y}" width="${CHART_PX}" height="${height}"`;
  return plot.replace(/^<svg [^>]*>/, `<svg ${size} viewBox="0 0 ${widthPx} ${heightPx}">`);
}
