/*
 * What a worker thread can do: each task takes plain data and gives plain data. Loaded by src/work/pool.ts.
 * Drawing is imported when it is first asked for: a worker that only summarises needs neither Vega nor sharp.
 */
import type { Summary } from "../analysis/summary.ts";
import { keepingRefusal } from "../io/fileTrouble.ts";
import type { DrawnFigures } from "./draw.ts";
import type { DrawHistoryJob } from "./drawHistory.ts";
import type { DrawComparisonJob, DrawScopeJob } from "./drawJobs.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { type SummarizeJob, summarizeFiles } from "./summarizeJob.ts";

export function summarizeTask(job: SummarizeJob): Promise<Outcome<Summary>> {
  return outcomeOf(job.request.files[0]?.name ?? job.request.slug, () => summarizeFiles(job));
}

export const drawScopeTask = drawing(
  async (job: DrawScopeJob): Promise<DrawnFigures> => (await import("./drawJobs.ts")).drawScope(job),
);

export const drawComparisonTask = drawing(
  async (job: DrawComparisonJob): Promise<DrawnFigures> => (await import("./drawJobs.ts")).drawComparison(job),
);

export const drawHistoryTask = drawing(
  async (job: DrawHistoryJob): Promise<DrawnFigures> => (await import("./drawHistory.ts")).drawHistory(job),
);

function drawing<Job>(draw: (job: Job) => Promise<DrawnFigures>): (job: Job) => Promise<DrawnFigures> {
  return async (job) => {
    try {
      return await draw(job);
    } catch (error) {
      throw keepingRefusal(error);
    }
  };
}
