import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openCache } from "../io/cache.ts";
import { codeFingerprint, hashOfFolder } from "../io/fingerprint.ts";
import { openHashes, sha256 } from "../io/hashes.ts";
import { type Published, publish } from "../io/publish.ts";
import { sitePages } from "../report/pages/sitePages.ts";
import type { ComparisonEntry, SiteModel } from "../report/siteModel.ts";
import { prepare } from "../work/prepare.ts";
import type { PrepareOptions } from "../work/prepareOptions.ts";
import { aloneFiles } from "./aloneFiles.ts";
import { dataPlan, type Page, pagePlan, pagesIn } from "./plan.ts";
import { TEMPLATES } from "./templates.ts";

export interface BuildOptions extends PrepareOptions {
  readonly outputDir: string;
}

export interface BuildResult {
  /** One message for each trace, comparison or chart that is missing from the site. */
  readonly failures: readonly string[];
  /** What was passed over, one sentence each. */
  readonly notices: readonly string[];
  readonly traces: number;
  readonly comparisons: number;
  /** What rules came to, by the slug of the comparison; empty without rules. */
  readonly gates: readonly GateOutcome[];
  readonly published: Published;
}

export interface GateOutcome {
  readonly slug: string;
  readonly gates: ComparisonEntry["gates"];
}

/** traces/ becomes output/: prepared, staged, published. */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const { model, files, failures } = await prepare(options);
  const pages = pagePlan(await pagesOf(model, options));
  const plan = [...files, ...dataPlan(model), ...pages, ...(await aloneFiles(model, files, options))];
  const published = await publish(plan, options.outputDir, openHashes(options.cacheDir, { verify: options.verify }));
  return {
    failures: failures.map(({ message }) => message),
    notices: model.notices,
    traces: model.traces.length,
    comparisons: model.comparisons.length,
    gates: model.comparisons.filter(({ gates }) => gates.length > 0).map(({ slug, gates }) => ({ slug, gates })),
    published,
  };
}

/** The pages, from the cache where neither what they say nor what writes them has changed. */
function pagesOf(model: SiteModel, { cacheDir, verify }: BuildOptions): Promise<readonly Page[]> {
  const writers = [codeFingerprint(), hashOfFolder(import.meta.dirname), hashOfFolder(TEMPLATES)];
  const cache = openCache(cacheDir, { verify, fingerprint: writers.join(" ") });
  return cache.json("pages", sha256(JSON.stringify(model)), () =>
    stagedBelow(cacheDir, async (folder) => {
      const { writePages } = await import("./pages.ts");
      const pages = sitePages(model);
      await writePages(pages, folder);
      return pagesIn(folder, pages.addresses);
    }),
  );
}

/** A folder of its own for each build, so that two at a time do not meet. */
async function stagedBelow<T>(cacheDir: string, step: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(cacheDir, { recursive: true });
  const folder = mkdtempSync(join(cacheDir, "pages-"));
  try {
    return await step(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
