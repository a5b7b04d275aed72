import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Summary } from "../analysis/summary.ts";
import { thumbnail } from "../charts/thumbnail.ts";
import { renderSvg } from "../render/renderSvg.ts";
import { provenanceOfAll } from "./origin.ts";

/** Draws the picture of the catalogue into a folder, where the default scope has one. */
export async function drawThumbnail(summary: Summary, folder: string): Promise<void> {
  const drawing = thumbnail(summary);
  if (drawing === null) return;
  const { spec, widthPx, heightPx } = drawing;
  const words = {
    title: summary.trace.title,
    subtitle: "",
    alternativeText: "",
    source: "",
    provenance: provenanceOfAll(summary),
  };
  writeFileSync(join(folder, "thumbnail.svg"), await renderSvg(spec, { widthPx, heightPx, ...words }));
}
