import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cardSvg } from "../render/card.ts";
import { type Provenance, pngTexts } from "../render/provenance.ts";
import { renderPng } from "../render/renderPng.ts";
import { CARD_NAME } from "../report/pages/links.ts";
import type { DrawnFigures } from "./draw.ts";
import { failureOf } from "./outcome.ts";

export interface CardWords {
  readonly title: string;
  readonly sentence: string;
  readonly kind: string;
  readonly provenance: Provenance;
}

/** Draws the picture for links to a page beside its charts, with the first of them on it. */
export async function drawCard(words: CardWords, drawn: DrawnFigures, folder: string): Promise<DrawnFigures> {
  const { title, sentence, provenance } = words;
  const first = drawn.figures.find(({ narrow }) => narrow !== null);
  try {
    const chart = first === undefined ? null : readFileSync(join(folder, `${first.id}.narrow.svg`), "utf8");
    const texts = pngTexts(title, sentence, provenance);
    const png = await renderPng(cardSvg({ ...words, chart }), { theme: "light", scale: 1, texts });
    writeFileSync(join(folder, CARD_NAME), png);
    return drawn;
  } catch (error) {
    return { ...drawn, failures: [...drawn.failures, failureOf(error, `${title}, ${CARD_NAME}`)] };
  }
}
