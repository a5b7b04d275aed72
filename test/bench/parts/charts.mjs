import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { prepareFonts } from "../../../dist/render/fonts.js";
import { pageScopes } from "../../../dist/report/pageScopes.js";
import { drawComparison, drawScope } from "../../../dist/work/drawJobs.js";
import { gatherStored } from "../../../dist/work/gathered.js";
import { pairsOf } from "../../../dist/work/pairs.js";
import { summarizeFolder } from "../../../dist/work/summarizeFolder.js";
import { atMost } from "../goals.mjs";

const ROOT = new URL("../../../", import.meta.url).pathname;

/** What a picture costs: every chart of the repository's own site, drawn once in this one process. */
export const charts = {
  id: "charts",
  title: "Charts",
  async run({ quick, folder }) {
    prepareFonts();
    const { traces, pairs } = await ownSite(join(ROOT, quick ? "traces/databases" : "traces"), folder);
    const place = placesBelow(folder);
    const scopes = traces.flatMap((summary) => pageScopes(summary).map(({ id }) => ({ summary, scope: id })));
    const ofTraces = await drawn(scopes, (job) => drawScope({ ...job, folder: place() }));
    const ofPairs = await drawn(pairs, (job) => drawComparison({ ...job, folder: place() }));
    const kinds = [{ of: "traces", ...ofTraces }, ...(pairs.length > 0 ? [{ of: "comparisons", ...ofPairs }] : [])];
    const all = { charts: ofTraces.charts + ofPairs.charts, cpuS: ofTraces.cpuS + ofPairs.cpuS };
    return [
      {
        text: "Wide and narrow SVG, PNG, specification and table of each chart, with the thumbnails and the pictures for links. Once.",
      },
      {
        rows: kinds.map(({ of, charts, cpuS }) => ({
          of,
          charts,
          "CPU s": cpuS,
          "CPU ms a chart": (cpuS / charts) * 1000,
        })),
      },
      { rows: [atMost("CPU ms a chart", (all.cpuS / all.charts) * 1000, 50)] },
    ];
  },
};

async function ownSite(tracesDir, folder) {
  const outputDir = join(folder, "summaries");
  const shard = { part: 1, parts: 1 };
  const usual = { jobs: availableParallelism(), strict: false, verify: false, onProgress: () => {} };
  await summarizeFolder({ tracesDir, outputDir, shard, cacheDir: join(folder, "cache"), ...usual });
  const { config, reads } = gatherStored({ strict: false }, [outputDir]);
  const good = (await Promise.all(reads.map((read) => read()))).filter(({ ok }) => ok);
  if (good.length === 0) throw new Error(`no trace in ${tracesDir}`);
  const bySlug = new Map(good.map(({ summary }) => [summary.trace.slug, summary]));
  const pairs = pairsOf(config, good).pairs.map(({ a, b }) => ({ a: bySlug.get(a), b: bySlug.get(b) }));
  return { traces: [...bySlug.values()], pairs };
}

function placesBelow(folder) {
  let drawings = 0;
  return () => {
    const place = join(folder, `drawing-${drawings++}`);
    mkdirSync(place);
    return place;
  };
}

async function drawn(jobs, draw) {
  const before = process.cpuUsage();
  let charts = 0;
  for (const job of jobs) charts += (await draw(job)).figures.filter(({ absent }) => absent === null).length;
  const { user, system } = process.cpuUsage(before);
  if (jobs.length > 0 && charts === 0) throw new Error("no chart was drawn");
  return { charts, cpuS: (user + system) / 1e6 };
}
