import { unbroken } from "../model/quantities.ts";
import { escapeXml, legalXml } from "../model/xml.ts";
import { textWidth } from "../theme/textWidth.ts";
import { metadataElement, type Provenance } from "./provenance.ts";
import { styleElement } from "./style.ts";

/** What stands around a plot in the file: a page shows only the plot, by `#plot`. */
export interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly title: string;
  readonly subtitle: string;
  readonly alternativeText: string;
  /** Where the data is from, below the plot. */
  readonly source: string;
  readonly provenance: Provenance;
}

interface TextStyle {
  readonly className: string;
  readonly sizePx: number;
  readonly linePx: number;
  readonly colour: "ink" | "ink-2" | "ink-3";
  readonly mostLines: number;
}

const TITLE: TextStyle = { className: "t", sizePx: 17, linePx: 22, colour: "ink", mostLines: 4 };
const SUBTITLE: TextStyle = { className: "s", sizePx: 13, linePx: 18, colour: "ink-2", mostLines: 6 };
const SOURCE: TextStyle = { className: "f", sizePx: 11, linePx: 15, colour: "ink-3", mostLines: 3 };
const MARGIN_PX = 16;
const PLOT_GAP_PX = 10;
const SOURCE_GAP_PX = 8;

const SIZES = [TITLE, SUBTITLE, SOURCE]
  .map(({ className, sizePx, colour }) => `.${className}{font-size:${sizePx}px;fill:var(--${colour})}`)
  .join("");

/** A whole SVG: title, subtitle, plot and source line. */
export function framed(plot: string, frame: Frame): string {
  const { widthPx, heightPx } = frame;
  const title = block(frame.title, TITLE, widthPx, MARGIN_PX);
  const subtitle = block(frame.subtitle, SUBTITLE, widthPx, title.bottom);
  const top = subtitle.bottom + PLOT_GAP_PX;
  const source = block(frame.source, SOURCE, widthPx, top + heightPx + SOURCE_GAP_PX);
  const height = source.bottom + MARGIN_PX / 2;
  const box = `${-MARGIN_PX} 0 ${widthPx + 2 * MARGIN_PX} ${height}`;
  const inside =
    `<rect x="${-MARGIN_PX}" width="${widthPx + 2 * MARGIN_PX}" height="${height}" fill="var(--bg)"/>` +
    `${title.markup}${subtitle.markup}<g transform="translate(0,${top})">${plot}</g>${source.markup}`;
  // No width and height on the root: with them browsers crop `#plot` wrongly.
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" role="img" aria-label="${escapeXml(frame.alternativeText)}">` +
    `${metadataElement(frame.title, frame.provenance)}${styleElement(inside, SIZES)}<view id="plot" viewBox="0 ${top} ${widthPx} ${heightPx}"/>${inside}</svg>\n`
  );
}

interface Block {
  readonly markup: string;
  readonly bottom: number;
}

function block(text: string, style: TextStyle, widthPx: number, top: number): Block {
  const lines = wrapped(text, style, widthPx);
  const baseline = top + Math.round((style.linePx + style.sizePx * 0.65) / 2);
  const markup = lines
    .map((line, i) => `<text class="${style.className}" y="${baseline + i * style.linePx}">${escapeXml(line)}</text>`)
    .join("");
  return { markup, bottom: top + lines.length * style.linePx };
}

/** A text in lines of at most a width, that keep numbers with their units; what is beyond the last line is cut, and says so. */
export function wrapped(
  text: string,
  { sizePx, mostLines }: Pick<TextStyle, "sizePx" | "mostLines">,
  widthPx: number,
): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words(unbroken(legalXml(text)), sizePx, widthPx)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, sizePx) > widthPx) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== "") lines.push(line);
  if (lines.length <= mostLines) return lines;
  return [...lines.slice(0, mostLines - 1), cut(`${lines[mostLines - 1]!} …`, sizePx, widthPx)];
}

/** The words of a text; one that is wider than a line in pieces. */
function* words(text: string, sizePx: number, widthPx: number): Generator<string> {
  for (const word of text.split(/[ \t\n\r]+/)) {
    let rest = word;
    while (textWidth(rest, sizePx) > widthPx) {
      const piece = fitting(rest, sizePx, widthPx);
      yield piece;
      rest = rest.slice(piece.length);
    }
    if (rest !== "") yield rest;
  }
}

/** As many letters as a line takes, at least one. */
function fitting(word: string, sizePx: number, widthPx: number): string {
  let piece = "";
  for (const letter of word) {
    if (piece !== "" && textWidth(piece + letter, sizePx) > widthPx) break;
    piece += letter;
  }
  return piece;
}

function cut(line: string, sizePx: number, widthPx: number): string {
  return textWidth(line, sizePx) <= widthPx ? line : `${fitting(line, sizePx, widthPx - sizePx)}…`;
}
