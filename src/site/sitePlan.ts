import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlannedFile } from "../io/publish.ts";
import { sha256 } from "../io/sha256.ts";
import type { Address } from "../report/pages/addresses.ts";
import { type DataPart, dataParts } from "../report/pages/dataFiles.ts";
import {
  CI_GUIDE_PATH,
  FINDINGS_GUIDE_PATH,
  GUIDE_PATH,
  LAYOUT_GUIDE_PATH,
  RECORDING_GUIDE_PATH,
} from "../report/pages/links.ts";
import { type PageKeys, pageKeys } from "../report/pages/pageKeys.ts";
import { type PageKind, sitePages } from "../report/pages/sitePages.ts";
import type { Prepared } from "../work/prepare.ts";
import { aloneFiles } from "./aloneFiles.ts";
import { assetFiles } from "./assets.ts";
import { classOf } from "./fileClass.ts";
import { siteCache, storedPages, type WantedPage } from "./storedPages.ts";
import { TEMPLATES } from "./templates.ts";

interface Places {
  readonly cacheDir: string;
  readonly verify: boolean;
}

type Site = Pick<Prepared, "model" | "keys" | "files">;

const PAGES_AT_A_TIME = 64;
/** The pages that there is one of. */
const SINGLE: readonly (readonly [PageKind, string])[] = [
  ["catalogue", ""],
  ["guideIndex", GUIDE_PATH],
  ["ciGuide", CI_GUIDE_PATH],
  ["recordingGuide", RECORDING_GUIDE_PATH],
  ["layoutGuide", LAYOUT_GUIDE_PATH],
  ["findingsGuide", FINDINGS_GUIDE_PATH],
];

/** Every page, from the cache where nothing in it has changed. */
export function pageFiles({ model, keys }: Site, places: Places): Promise<readonly PlannedFile[]> {
  const pages = sitePages(model);
  const { page } = pageKeys(model, keys);
  const wanted = Object.entries(pages.addresses).flatMap(([kind, addresses]: [string, readonly Address[]]) =>
    addresses.map((address) => wantedPage(kind as PageKind, address, page)),
  );
  const single = SINGLE.map(([kind, path]) => wantedPage(kind, { slug: "", scope: "", path }, page));
  const store = { kind: "page", name: "index.html", batch: PAGES_AT_A_TIME, ...places } as const;
  return storedPages([...wanted, ...single], () => pages, store);
}

function wantedPage(kind: PageKind, address: Address, keyOf: PageKeys["page"]): WantedPage {
  return { kind, address, key: keyOf(kind, address) };
}

/** Everything but the pages that refer to it: pictures, shared assets, Summaries, Diffs, tables, schemas, pages in one file. */
export async function filesBesidePages(site: Site, places: Places): Promise<readonly PlannedFile[]> {
  return [
    ...site.files,
    ...assetFiles(TEMPLATES),
    ...(await dataFiles(site, places)),
    ...(await aloneFiles(site, places)),
  ];
}

async function dataFiles({ model, keys }: Site, places: Places): Promise<readonly PlannedFile[]> {
  const cache = siteCache(places);
  const { part: keyOf } = pageKeys(model, keys);
  const files: PlannedFile[] = [];
  for (const part of dataParts(model)) {
    const { value, files: kept } = await cache.folder("data", sha256(keyOf(part)), async (folder) =>
      written(part, folder),
    );
    for (const [i, path] of value.entries()) {
      const { path: file, sha256 } = kept.find(({ name }) => name === nameOf(i))!;
      files.push({ path, source: { file, sha256 }, class: classOf(path) });
    }
  }
  return files;
}

/** Gives the paths in the site of the files that it numbers. */
function written(part: DataPart, folder: string): readonly string[] {
  const texts = part.files();
  for (const [i, { text }] of texts.entries()) writeFileSync(join(folder, nameOf(i)), text);
  return texts.map(({ path }) => path);
}

function nameOf(number: number): string {
  return `file-${number}`;
}
