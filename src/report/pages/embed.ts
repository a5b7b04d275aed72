import { escapeXml } from "../../model/xml.ts";
import { markdownText } from "../markdownText.ts";
import type { DrawnFigure, SizePx } from "../siteModel.ts";
import { siteBase } from "./absolute.ts";

/** What to paste so that a figure stands elsewhere: the picture with its alternative text, leading to its place on the page. */
export interface Embed {
  readonly snippets: readonly { readonly language: string; readonly text: string }[];
  /** What they lack, or null. */
  readonly note: string | null;
}

export interface EmbedPlace {
  /** The folder of the page that shows the figure. */
  readonly page: string;
  /** The figure's files without their endings, relative to the root. */
  readonly files: string;
  /** Absolute URL of the site; null: the addresses are relative to its root. */
  readonly url: string | null;
}

const MOST_CHARACTERS = 160;

/** The picture says its question, answer and source itself, so that the snippets need not. */
export function embedOf({ id, alternativeText, wide }: DrawnFigure, { page, files, url }: EmbedPlace): Embed {
  const base = url === null ? "" : siteBase(url);
  const place = `${base}${page}#${id}`;
  const [svg, png] = [`${base}${files}.svg`, `${base}${files}.png`];
  const words = beginning(alternativeText.replace(/\s+/g, " ").trim());
  return {
    snippets: [
      { language: "Markdown", text: `[![${markdownText(words)}](${png})](${place})` },
      {
        language: "HTML",
        text: `<a href="${place}"><img src="${svg}" width="${wide?.widthPx ?? 0}" alt="${escapeXml(words)}"></a>`,
      },
      { language: "reStructuredText", text: `.. image:: ${png}\n   :target: ${place}\n   :alt: ${words}` },
    ],
    note: url === null ? "Set “url” in traces/blkreport.json for addresses that work elsewhere." : null,
  };
}

/** Its first sentences, or else words: the page that a snippet leads to has all of them. */
function beginning(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const start = text.slice(0, MOST_CHARACTERS);
  const sentences = start.slice(0, start.lastIndexOf(". ") + 1);
  return sentences.length >= MOST_CHARACTERS / 2 ? sentences : `${start.slice(0, start.lastIndexOf(" "))} …`;
}

/** The picture alone, in its drawings for wide and narrow screens; the page around it has the words. */
export function pictureHtml(
  { alternativeText, wide, narrow }: DrawnFigure,
  hrefOf: (ending: string) => string,
): string {
  const sized = (ending: string, name: string, { widthPx, heightPx }: SizePx) =>
    `${name}="${escapeXml(`${hrefOf(ending)}#plot`)}" width="${widthPx}" height="${heightPx}"`;
  const words = escapeXml(alternativeText.replace(/\s+/g, " ").trim());
  return (
    `<picture><source media="screen and (max-width: 47.99rem)" ${sized("narrow.svg", "srcset", narrow!)}>` +
    `<img ${sized("svg", "src", wide!)} alt="${words}" loading="lazy" decoding="async"></picture>`
  );
}
