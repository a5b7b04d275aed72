import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cardSvg } from "../render/card.ts";
import { type Provenance, pngTexts } from "../render/provenance.ts";
import { renderPng } from "../render/renderPng.ts";
import { CARD_NAME } from "../report/pages/links.ts";
import { type Failure, failureOf } from "./outcome.ts";

export interface CardWords {
  readonly title: string;
  readonly sentence: string;
  readonly kind: string;
  readonly provenance: Provenance;
}

/** Draws the picture for links to a page beside its charts, with one of them on it; gives what went wrong. */
export async function drawCard(words: CardWords, chartId: string | null, folder: string): Promise<readonly Failure[]> {
  const { title, sentence, provenance } = words;
  try {
    const chart = chartId === null ? null : readFileSync(join(folder, `${chartId}.narrow.svg`), "utf8");
    const texts = pngTexts(title, sentence, provenance);
    const png = await renderPng(cardSvg({ ...words, chart }), { theme: "light", scale: 1, texts });
    writeFileSync(join(folder, CARD_NAME), png);
    return [];
  } catch (error) {
    return [failureOf(error, `${title}, ${CARD_NAME}`)];
  }
}
