import { readFileSync } from "node:fs";
import type { PlannedFile } from "../io/publish.ts";
import { publicUrl } from "../report/pages/absolute.ts";
import { alone, picturePaths } from "../report/pages/alone.ts";
import type { ComparisonPage } from "../report/pages/comparisonPage.ts";
import { REPORT_NAME, tracePath } from "../report/pages/links.ts";
import { pageKeys } from "../report/pages/pageKeys.ts";
import { type SitePages, sitePages } from "../report/pages/sitePages.ts";
import type { TracePage } from "../report/pages/tracePage.ts";
import type { SiteModel } from "../report/siteModel.ts";
import { inlinePicture } from "../work/inlinePicture.ts";
import type { Prepared } from "../work/prepare.ts";
import { aloneStyle } from "./aloneStyle.ts";
import { storedPages, type WantedPage, withWritten } from "./storedPages.ts";
import { TEMPLATES } from "./templates.ts";

/** A tracker that takes 2 MB must take it; the rest of the page is below 250 KB. */
const MOST_PICTURE_BYTES = 1_700_000;
const REPORTS_AT_A_TIME = 16;

/** Where the page's pictures lie, by their path in the site. */
type PictureFiles = ReadonlyMap<string, Extract<PlannedFile["source"], { readonly file: string }>>;

/** Each trace's and comparison's page in one file, from the cache where nothing in it has changed. */
export function aloneFiles(
  { model, keys, files }: Pick<Prepared, "model" | "keys" | "files">,
  places: { readonly cacheDir: string; readonly verify: boolean },
): Promise<readonly PlannedFile[]> {
  const { page: keyOf } = pageKeys(model, keys);
  const url = publicUrl(model.config);
  const wanted = pagesAlone(model).map((one) => ({ ...one, key: JSON.stringify([keyOf(one.kind, one.address), url]) }));
  const store = { kind: "report", name: REPORT_NAME, batch: REPORTS_AT_A_TIME, ...places } as const;
  return storedPages(wanted, () => alonePages(model, pictureFiles(files)), store);
}

/** The pages with all that they show inside. */
export function aloneTexts(
  model: SiteModel,
  files: readonly PlannedFile[],
  tempDir: string,
): Promise<readonly string[]> {
  const wanted = pagesAlone(model);
  return withWritten(wanted, alonePages(model, pictureFiles(files)), tempDir, async (fileOf) =>
    wanted.map((one) => readFileSync(fileOf(one), "utf8")),
  );
}

function pictureFiles(files: readonly PlannedFile[]): PictureFiles {
  return new Map(
    files.flatMap(({ path, source }) => (path.endsWith(".svg") && "file" in source ? [[path, source] as const] : [])),
  );
}

/** Of a trace, the page of its default scope. */
function pagesAlone(model: SiteModel): readonly Pick<WantedPage, "kind" | "address">[] {
  const { traces, comparisons } = sitePages(model).addresses;
  return [
    ...traces
      .filter(({ slug, path }) => path === tracePath(slug))
      .map((address) => ({ kind: "traces", address }) as const),
    ...comparisons.map((address) => ({ kind: "comparisons", address }) as const),
  ];
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
    const markup = inlinePicture(source, `p${i}`);
    const bytes = Buffer.byteLength(markup);
    if (bytes > room) continue;
    room -= bytes;
    fitting.set(path, markup);
  }
  return fitting;
}
