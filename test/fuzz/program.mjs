import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { allPagesOf } from "./pages.mjs";
import { readTrace } from "./readTrace.mjs";

/** The modules of the compiled program that take what people give to it. */
const MODULES = [
  "charts/index.js",
  "cli/command.js",
  "cli/gateOption.js",
  "cli/traceArgument.js",
  "compare/gates/index.js",
  "compare/history.js",
  "compare/index.js",
  "formats/detect.js",
  "io/compression/compression.js",
  "io/compression/decompress.js",
  "io/manifest.js",
  "model/builder.js",
  "model/errors.js",
  "model/format.js",
  "report/checkedJson.js",
  "report/diff/junit.js",
  "report/diff/lines.js",
  "report/diff/markdown.js",
  "report/known.js",
  "report/pages/sitePages.js",
  "report/sideFile.js",
  "report/storedSummary.js",
  "report/summaryLines.js",
  "work/outcome.js",
  "work/pairs.js",
  "work/sources.js",
  "work/storedTraces.js",
  "work/summarizeJob.js",
];

/** A trace with times, completions and several scopes. */
const KNOWN = "test/golden/formats/nbdkit-two-exports/nbdkit.log";
const SLUGS = ["before", "after"];
/** So many Summaries are worth a faster check. */
const MANY = 100;

/** What the compiled program of a folder does with files that people give to it, without drawing pictures. */
export async function programIn(folder) {
  const modules = await Promise.all(MODULES.map((path) => import(pathToFileURL(join(folder, path)))));
  const parts = Object.assign({}, ...modules);
  const { TraceError, UsageError, withTrace, summarizeFiles, rulesOf, storedTraces, findSources, pairsOf } = parts;
  const storedSummary = parts.summaryReader(MANY);
  const summarize = async (path) => {
    const summary = await withTrace(path, summarizeFiles);
    // What is published must be read again by the next build.
    storedSummary(JSON.stringify(summary), path);
    return summary;
  };
  const known = await summarize(KNOWN);
  const withoutRequests = { ...known, scopes: { ...known.scopes, whole: {} } };
  const pages = (summary, look, config = {}) => allPagesOf(parts, { summary, known, config, look });
  return {
    isRefusal: (error) => error instanceof TraceError || error instanceof UsageError,
    summarize,
    read: (files) => readTrace(parts, files),
    summarizeAndShow: async (path) => pages(await summarize(path), { isDeep: true }),
    showStored: (path, isDeep) => pages(storedSummary(readFileSync(path, "utf8"), path), { isDeep, isStored: true }),
    openStored: (folder) => storedTraces({ strict: false }, [folder]),
    async showSite(folder, isDeep) {
      const { config, traces } = await findSources(folder);
      for (const { failure } of traces) if (failure !== undefined) refuse(failure);
      const reads = SLUGS.map((slug) => ({ ok: true, path: slug, trace: { ...known.trace, slug } }));
      for (const failure of pairsOf(config, reads).failures) refuse(failure);
      if (isDeep) pages(known, { isDeep }, config);
    },
    judge: (path) => {
      const rules = rulesOf({ gate: [path] });
      return [known, withoutRequests].map((side) => parts.evaluateGates(rules, [known], [side]));
    },
    readManifest: (folder) => parts.readManifest(folder, folder),
  };

  /** What stands in the place of a trace that could not be read. */
  function refuse(failure) {
    throw parts.asTraceError(failure);
  }
}
