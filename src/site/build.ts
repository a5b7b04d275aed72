import { openHashes } from "../io/hashes.ts";
import { type Published, publish } from "../io/publish.ts";
import type { ComparisonEntry } from "../report/siteModel.ts";
import { prepare } from "../work/prepare.ts";
import type { PrepareOptions } from "../work/prepareOptions.ts";
import { filesBesidePages, pageFiles } from "./sitePlan.ts";

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
  const hashes = openHashes(options.cacheDir, options);
  const site = await prepare(options, hashes);
  const { model, failures } = site;
  const plan = [...(await filesBesidePages(site, options)), ...(await pageFiles(site, options))];
  const published = await publish(plan, options.outputDir, hashes);
  return {
    failures: failures.map(({ message }) => message),
    notices: model.notices,
    traces: model.traces.length,
    comparisons: model.comparisons.length,
    gates: model.comparisons.filter(({ gates }) => gates.length > 0).map(({ slug, gates }) => ({ slug, gates })),
    published,
  };
}
