import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Cache, openCache } from "../io/cache.ts";
import { codeFingerprint, hashOfFolder } from "../io/fingerprint.ts";
import { makeFolder } from "../io/makeFolder.ts";
import type { PlannedFile } from "../io/publish.ts";
import { sha256 } from "../io/sha256.ts";
import type { Address, Addresses } from "../report/pages/addresses.ts";
import type { PageKind, SitePages } from "../report/pages/sitePages.ts";
import { present } from "../work/readTrace.ts";
import { classOf } from "./fileClass.ts";
import { TEMPLATES } from "./templates.ts";

/** A page to be published. */
export interface WantedPage {
  readonly kind: PageKind;
  readonly address: Address;
  /** The text of all that the page depends on, beside this program. */
  readonly key: string;
}

/** A kind of files that pages become. */
export interface PageStore {
  /** Where they are kept in the cache. */
  readonly kind: "page" | "report";
  /** Their name in the site. */
  readonly name: string;
  /** Pages that are written at a time stand in memory. */
  readonly batch: number;
  readonly cacheDir: string;
  readonly verify: boolean;
}

const TEMPLATE_OF: Readonly<Record<PageKind, string>> = {
  traces: "trace.njk",
  broken: "broken.njk",
  comparisons: "comparison.njk",
  groups: "matrix.njk",
  histories: "history.njk",
  guides: "formatGuide.njk",
  catalogue: "catalogue.njk",
  guideIndex: "guide.njk",
  ciGuide: "ciGuide.njk",
  recordingGuide: "recordingGuide.njk",
  layoutGuide: "layoutGuide.njk",
  findingsGuide: "findingsGuide.njk",
};

/** Of the code that runs: unlike the templates, it stays what it was when it was loaded. */
let ownHash: string | undefined;

/** A cache whose entries are also named by the program that writes pages and files. */
export function siteCache({ cacheDir, verify }: { readonly cacheDir: string; readonly verify: boolean }): Cache {
  ownHash ??= hashOfFolder(import.meta.dirname);
  const writers = [codeFingerprint(), ownHash, hashOfFolder(TEMPLATES)];
  return openCache(cacheDir, { verify, fingerprint: writers.join(" ") });
}

/** Pages from the cache; those in which something has changed are written first. */
export async function storedPages(
  wanted: readonly WantedPage[],
  pages: () => SitePages,
  store: PageStore,
): Promise<readonly PlannedFile[]> {
  const cache = siteCache(store);
  const known = wanted.map(({ key }) => recalled(cache, store, key));
  const missing = wanted.filter((_, i) => known[i] === null);
  for (let i = 0; i < missing.length; i += store.batch)
    await writeInto(cache, missing.slice(i, i + store.batch), pages(), store);
  return wanted.map(({ address, key }, i) => {
    const path = `${address.path}${store.name}`;
    return { path, source: known[i] ?? present(recalled(cache, store, key)), class: classOf(path) };
  });
}

function recalled(cache: Cache, { kind }: PageStore, key: string) {
  const file = cache.recallFolder(kind, sha256(key))?.files[0];
  return file === undefined ? null : { file: file.path, sha256: file.sha256 };
}

async function writeInto(
  cache: Cache,
  wanted: readonly WantedPage[],
  pages: SitePages,
  { kind, name, cacheDir }: PageStore,
): Promise<void> {
  await withWritten(wanted, pages, cacheDir, async (fileOf) => {
    for (const page of wanted)
      await cache.folder(kind, sha256(page.key), async (folder) => copyFileSync(fileOf(page), join(folder, name)));
  });
}

/** What has changed shows on some page: Eleventy is loaded while workers are busy. */
export function loadPageWriter(): void {
  pageWriter().catch(() => undefined);
}

function pageWriter() {
  return import("./pages.ts");
}

type Placed = Pick<WantedPage, "kind" | "address">;

/** Writes pages into a folder of its own, so that two builds at a time do not meet, and takes it away in the end. */
export async function withWritten<T>(
  wanted: readonly Placed[],
  pages: SitePages,
  tempDir: string,
  use: (fileOf: (page: Placed) => string) => Promise<T>,
): Promise<T> {
  const { writePages } = await pageWriter();
  makeFolder(tempDir);
  const folder = mkdtempSync(join(tempDir, "pages-"));
  try {
    const templates = [...new Set(wanted.map(({ kind }) => TEMPLATE_OF[kind]))];
    await writePages({ ...pages, addresses: only(wanted, pages.addresses) }, folder, templates);
    return await use(({ address }) => join(folder, address.path, "index.html"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function only(wanted: readonly Placed[], addresses: Addresses): Addresses {
  const of = (kind: string) => wanted.filter((page) => page.kind === kind).map(({ address }) => address);
  return Object.fromEntries(Object.keys(addresses).map((kind) => [kind, of(kind)])) as unknown as Addresses;
}
