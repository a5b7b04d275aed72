import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import type { UserConfig } from "@11ty/eleventy";
import { type SitePages, sitePages } from "../report/pages/sitePages.ts";
import { prepare } from "../work/prepare.ts";
import { copyFiles } from "./copyFiles.ts";
import { configurePages } from "./pages.ts";
import { filesBesidePages } from "./sitePlan.ts";
import { TEMPLATES } from "./templates.ts";

const TRACES = "traces";
const CACHE = ".cache";

/**
 * The site as an Eleventy plugin, for `eleventy --serve`: before each run the traces are prepared, and everything that
 * Eleventy does not write lies ready in its output folder. `blkreport build` publishes; this only serves.
 */
export default function blkreport(config: UserConfig): void {
  let pages: SitePages | null = null;
  config.setInputDirectory(relative(process.cwd(), TEMPLATES));
  config.setOutputDirectory(join(CACHE, "served"));
  config.addWatchTarget(TRACES);
  config.addWatchTarget(join(relative(process.cwd(), TEMPLATES), "styles"));
  config.addWatchTarget(join(relative(process.cwd(), TEMPLATES), "assets"));
  configurePages(config, () => pages!);
  config.on("eleventy.before", async () => {
    const site = await prepare({
      tracesDir: TRACES,
      cacheDir: CACHE,
      jobs: availableParallelism(),
      strict: false,
      verify: false,
      onProgress: () => {},
    });
    for (const { message } of site.failures) console.error(message);
    pages = sitePages(site.model);
    copyFiles(await filesBesidePages(site, { cacheDir: CACHE, verify: false }), config.directories.output);
  });
}
