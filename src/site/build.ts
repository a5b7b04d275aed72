import { type Hashes, openHashes } from "../io/hashes.ts";
import { LostResult } from "../io/lostResult.ts";
import type { Output } from "../io/outputFolder.ts";
import { assertPublishable, type Published, publish, removeEmptyOutput } from "../io/publish.ts";
import { withCache } from "../io/workingCache.ts";
import type { ComparisonEntry } from "../report/siteModel.ts";
import { prepare } from "../work/prepare.ts";
import type { PrepareOptions } from "../work/prepareOptions.ts";
import { importOnce } from "./importOnce.ts";
import { withModestHeap } from "./modestHeap.ts";
import { filesBesidePages, pageFiles } from "./sitePlan.ts";
import { loadPageWriter } from "./storedPages.ts";

interface BuildSteps extends BuildOptions {
  /** What stood in the output folder when the build began. */
  readonly seen: Output;
}

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
  importOnce();
  const { isNew, seen } = assertPublishable(options.outputDir, options.from === undefined ? options.tracesDir : null);
  try {
    return await buildWithCache({ ...options, seen });
  } catch (error) {
    if (isNew) removeEmptyOutput(options.outputDir);
    throw error;
  }
}

function buildWithCache(options: BuildSteps): Promise<BuildResult> {
  return withCache(options.cacheDir, async ({ cacheDir, notices }) => {
    const result = await mended({ ...options, cacheDir }, buildOnce);
    return { ...result, notices: [...notices, ...result.notices] };
  });
}

/** What is damaged in the cache is found where it is used, and made again. */
async function mended<T>(options: BuildSteps, step: (options: BuildSteps) => Promise<T>): Promise<T> {
  try {
    return await step(options);
  } catch (error) {
    if (options.verify || !(error instanceof LostResult)) throw error;
    return step({ ...options, verify: true });
  }
}

async function buildOnce(options: BuildSteps): Promise<BuildResult> {
  const hashes = openHashes(options.cacheDir, options);
  try {
    return await buildWith(hashes, options);
  } finally {
    hashes.save();
  }
}

async function buildWith(hashes: Hashes, options: BuildSteps): Promise<BuildResult> {
  let isAnythingMade = false;
  const onBusy = () => {
    isAnythingMade = true;
    loadPageWriter();
  };
  const site = await prepare({ ...options, onBusy }, hashes);
  const { model, failures } = site;
  const write = async () => {
    const plan = [...(await filesBesidePages(site, options)), ...(await pageFiles(site, options))];
    return publish(plan, options.outputDir, hashes, { seen: options.seen });
  };
  const published = await (isAnythingMade ? withModestHeap(write) : write());
  return {
    failures: failures.map(({ message }) => message),
    notices: model.notices,
    traces: model.traces.length,
    comparisons: model.comparisons.length,
    gates: model.comparisons.filter(({ gates }) => gates.length > 0).map(({ slug, gates }) => ({ slug, gates })),
    published,
  };
}
