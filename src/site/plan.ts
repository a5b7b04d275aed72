import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileClass, PlannedFile } from "../io/publish.ts";
import type { Addresses } from "../report/pages/addresses.ts";
import { dataFiles } from "../report/pages/dataFiles.ts";
import { CI_GUIDE_PATH, FINDINGS_GUIDE_PATH, GUIDE_PATH } from "../report/pages/links.ts";
import type { SiteModel } from "../report/siteModel.ts";
import { assetFiles } from "./assets.ts";
import { TEMPLATES } from "./templates.ts";

/** The last says what all of the site is made of. */
const CATALOGUE = ["index.html", "index.json", "diff.md", "sources.json"];

/** Everything but pages and pictures: shared assets, Summaries, Diffs, tables, schemas. */
export function dataPlan(model: SiteModel): readonly PlannedFile[] {
  const data = dataFiles(model).map(
    ({ path, text }): PlannedFile => ({ path, source: { text }, class: classOf(path) }),
  );
  return [...assetFiles(TEMPLATES), ...data];
}

/** A page as text, by its path in the site. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** The pages that were written into a folder. */
export function pagesIn(folder: string, addresses: Addresses): readonly Page[] {
  const { traces, broken, comparisons, groups, histories, guides } = addresses;
  const folders = [...traces, ...broken, ...comparisons, ...groups, ...histories, ...guides].map(({ path }) => path);
  return [...folders, GUIDE_PATH, CI_GUIDE_PATH, FINDINGS_GUIDE_PATH, ""]
    .map((path) => `${path}index.html`)
    .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
}

export function pagePlan(pages: readonly Page[]): readonly PlannedFile[] {
  return pages.map(({ path, text }) => ({ path, source: { text }, class: classOf(path) }));
}

function classOf(path: string): FileClass {
  if (CATALOGUE.includes(path)) return "catalogue";
  return path.endsWith(".html") ? "page" : "asset";
}
