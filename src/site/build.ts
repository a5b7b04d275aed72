import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openHashes } from "../io/hashes.ts";
import { type PlannedFile, type Published, publish } from "../io/publish.ts";
import { sitePages } from "../report/pages/sitePages.ts";
import type { SiteModel } from "../report/siteModel.ts";
import { prepare } from "../work/prepare.ts";
import type { PrepareOptions } from "../work/prepareOptions.ts";
import { writePages } from "./pages.ts";
import { dataPlan, pagePlan } from "./plan.ts";

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
  readonly published: Published;
}

/** traces/ becomes output/: prepared, staged, published. */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const { model, files, failures } = await prepare(options);
  const published = await stagedBelow(options.cacheDir, async (folder) => {
    const plan = [...files, ...dataPlan(model), ...(await stagePages(model, folder))];
    return publish(plan, options.outputDir, openHashes(options.cacheDir, { verify: options.verify }));
  });
  return {
    failures: failures.map(({ message }) => message),
    notices: model.notices,
    traces: model.traces.length,
    comparisons: model.comparisons.length,
    published,
  };
}

async function stagePages(model: SiteModel, folder: string): Promise<readonly PlannedFile[]> {
  const pages = sitePages(model);
  await writePages(pages, folder);
  return pagePlan(pages.addresses, folder);
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
