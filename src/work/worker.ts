/*
 * What a worker thread can do: each task takes plain data and gives plain data. Loaded by src/work/pool.ts.
 * Drawing is imported when it is first asked for: a worker that only summarises needs neither Vega nor sharp.
 */
import type { Summary } from "../analysis/summary.ts";
import type { CachePlace } from "./dataflows.ts";
import type { DrawnFigures } from "./draw.ts";
import type { DrawHistoryJob } from "./drawHistory.ts";
import type { DrawComparisonJob, DrawScopeJob } from "./drawJobs.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { type SummarizeJob, summarizeFiles } from "./summarizeJob.ts";

export function summarizeTask(job: SummarizeJob): Promise<Outcome<Summary>> {
  return outcomeOf(job.request.files[0]?.name ?? job.request.slug, () => summarizeFiles(job));
}

/** What is drawn for a build. */
interface Cached {
  readonly cachePlace: CachePlace;
}

export async function drawScopeTask(job: DrawScopeJob & Cached): Promise<DrawnFigures> {
  (await import("./dataflows.ts")).shareDataflows(job.cachePlace);
  return (await import("./drawJobs.ts")).drawScope(job);
}

export async function drawComparisonTask(job: DrawComparisonJob & Cached): Promise<DrawnFigures> {
  (await import("./dataflows.ts")).shareDataflows(job.cachePlace);
  return (await import("./drawJobs.ts")).drawComparison(job);
}

export async function drawHistoryTask(job: DrawHistoryJob & Cached): Promise<DrawnFigures> {
  (await import("./dataflows.ts")).shareDataflows(job.cachePlace);
  return (await import("./drawHistory.ts")).drawHistory(job);
}
