import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../io/hashes.ts";
import type { FileClass, PlannedFile } from "../io/publish.ts";
import type { Addresses } from "../report/pages/addresses.ts";
import { dataFiles } from "../report/pages/dataFiles.ts";
import type { SiteModel } from "../report/siteModel.ts";
import { assetFiles } from "./assets.ts";
import { TEMPLATES } from "./pages.ts";

const CATALOGUE = ["index.html", "index.json"];

/** Everything but pages and pictures: shared assets, Summaries, Diffs, tables, schemas. */
export function dataPlan(model: SiteModel): readonly PlannedFile[] {
  const data = dataFiles(model).map(
    ({ path, text }): PlannedFile => ({ path, source: { text }, class: classOf(path) }),
  );
  return [...assetFiles(TEMPLATES), ...data];
}

/** The pages that were written into a folder. */
export function pagePlan({ traces, broken, comparisons }: Addresses, folder: string): readonly PlannedFile[] {
  const pages = [...traces, ...broken, ...comparisons].map(({ path }) => `${path}index.html`);
  return [...pages, "index.html"].map((path) => {
    const file = join(folder, path);
    return { path, source: { file, sha256: sha256(readFileSync(file)) }, class: classOf(path) };
  });
}

function classOf(path: string): FileClass {
  if (CATALOGUE.includes(path)) return "catalogue";
  return path.endsWith(".html") ? "page" : "asset";
}
