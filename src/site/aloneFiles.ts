import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Cache, openCache } from "../io/cache.ts";
import { codeFingerprint, hashOfFolder } from "../io/fingerprint.ts";
import { sha256 } from "../io/hashes.ts";
import type { PlannedFile } from "../io/publish.ts";
import { publicUrl } from "../report/pages/absolute.ts";
import type { Address } from "../report/pages/addresses.ts";
import { alone, picturePaths } from "../report/pages/alone.ts";
import type { ComparisonPage } from "../report/pages/comparisonPage.ts";
import { REPORT_NAME } from "../report/pages/links.ts";
import { type SitePages, sitePages } from "../report/pages/sitePages.ts";
import type { TracePage } from "../report/pages/tracePage.ts";
import type { SiteModel } from "../report/siteModel.ts";
import { inlinePicture } from "../work/inlinePicture.ts";
import { aloneStyle } from "./aloneStyle.ts";
import { TEMPLATES } from "./templates.ts";

/** A tracker that takes 2 MB must take it; the rest of the page is below 250 KB. */
const MOST_PICTURE_BYTES = 1_700_000;
/** Pages that are written at a time stand in memory. */
const BATCH = 16;

/** Where the page's pictures lie, by their path in the site. */
type PictureFiles = ReadonlyMap<string, { readonly file: string; readonly sha256: string }>;

interface Wanted {
  readonly kind: "trace" | "comparison";
  readonly address: Address;
  readonly page: TracePage | ComparisonPage;
  /** What the file is made from, beside this program. */
  readonly key: string;
}

/** Each trace's and comparison's page in one file, from the cache where nothing in it has changed. */
export async function aloneFiles(
  model: SiteModel,
  files: readonly PlannedFile[],
  { cacheDir, verify }: { readonly cacheDir: string; readonly verify: boolean },
): Promise<readonly PlannedFile[]> {
  const pictures = pictureFiles(files);
  const wanted = wantedPages(model, pictures);
  const writers = [codeFingerprint(), hashOfFolder(import.meta.dirname), hashOfFolder(TEMPLATES)];
  const cache = openCache(cacheDir, { verify, fingerprint: writers.join(" ") });
  const missing = wanted.filter(({ key }) => cache.recallFolder("report", key) === null);
  for (let i = 0; i < missing.length; i += BATCH) {
    await writeInto(cache, missing.slice(i, i + BATCH), await alonePages(model, pictures), cacheDir);
  }
  return wanted.map((one) => planned(cache, one));
}

/** The pages with all that they show inside. */
export async function aloneTexts(
  model: SiteModel,
  files: readonly PlannedFile[],
  tempDir: string,
): Promise<readonly string[]> {
  const pictures = pictureFiles(files);
  return written(wantedPages(model, pictures), alonePages(model, pictures), tempDir);
}

function pictureFiles(files: readonly PlannedFile[]): PictureFiles {
  return new Map(
    files.flatMap(({ path, source }) => (path.endsWith(".svg") && "file" in source ? [[path, source] as const] : [])),
  );
}

function wantedPages(model: SiteModel, pictures: PictureFiles): readonly Wanted[] {
  const pages = sitePages(model);
  const traces = pages.addresses.traces.map(
    (address) => ({ kind: "trace", address, page: pages.trace(address) }) as const,
  );
  const comparisons = pages.addresses.comparisons.map(
    (address) => ({ kind: "comparison", address, page: pages.comparison(address) }) as const,
  );
  return [...traces.filter(({ page }) => page.reportHref !== null), ...comparisons].map((one) => {
    const drawn = picturePaths(one.page).map((path) => pictures.get(path)?.sha256 ?? "");
    return { ...one, key: sha256(JSON.stringify([one.page, drawn, publicUrl(model.config)])) };
  });
}

/** The site's pages as single files. */
function alonePages(model: SiteModel, pictures: PictureFiles): SitePages {
  const pages = sitePages(model);
  const style = aloneStyle(TEMPLATES);
  const url = publicUrl(model.config);
  const inOne = <T extends TracePage | ComparisonPage>(page: T) =>
    alone(page, { ...style, url, pictures: fittingPictures(picturePaths(page), pictures) });
  return {
    ...pages,
    trace: (address) => inOne(pages.trace(address)),
    comparison: (address) => inOne(pages.comparison(address)),
  };
}

/** Those that fit, in the order of their paths. */
function fittingPictures(paths: readonly string[], pictures: PictureFiles): ReadonlyMap<string, string> {
  const fitting = new Map<string, string>();
  let room = MOST_PICTURE_BYTES;
  for (const [i, path] of paths.entries()) {
    const source = pictures.get(path);
    if (source === undefined) continue;
    const markup = inlinePicture(source.file, `p${i}`);
    const bytes = Buffer.byteLength(markup);
    if (bytes > room) continue;
    room -= bytes;
    fitting.set(path, markup);
  }
  return fitting;
}

async function writeInto(cache: Cache, wanted: readonly Wanted[], pages: SitePages, cacheDir: string): Promise<void> {
  const texts = await written(wanted, pages, cacheDir);
  for (const [i, { key }] of wanted.entries()) {
    await cache.folder("report", key, async (folder) => writeFileSync(join(folder, REPORT_NAME), texts[i]!));
  }
}

async function written(wanted: readonly Wanted[], pages: SitePages, tempDir: string): Promise<readonly string[]> {
  const { writePages } = await import("./pages.ts");
  const of = (wantedKind: Wanted["kind"]) =>
    wanted.filter(({ kind }) => kind === wantedKind).map(({ address }) => address);
  const addresses = { ...pages.addresses, traces: of("trace"), comparisons: of("comparison") };
  mkdirSync(tempDir, { recursive: true });
  const folder = mkdtempSync(join(tempDir, "reports-"));
  try {
    await writePages({ ...pages, addresses }, folder, ["trace.njk", "comparison.njk"]);
    return wanted.map(({ address }) => readFileSync(join(folder, address.path, "index.html"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function planned(cache: Cache, { key, address }: Wanted): PlannedFile {
  const [file] = cache.recallFolder("report", key)!.files;
  return {
    path: `${address.path}${REPORT_NAME}`,
    source: { file: file!.path, sha256: file!.sha256 },
    class: "page",
  };
}
