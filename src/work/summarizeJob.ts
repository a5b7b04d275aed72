import type { Summary } from "../analysis/summary.ts";
import { type FileInput, fileInput } from "../io/fileInput.ts";
import { type SummarizeRequest, summarizeTrace } from "../report/summarizeTrace.ts";

/** A trace to summarise, as plain data: what it is, and where the files of `request.files` lie. */
export interface SummarizeJob {
  readonly request: SummarizeRequest;
  readonly paths: readonly string[];
}

/** The Summary of a trace's files. */
export function summarizeFiles(job: SummarizeJob): Promise<Summary> {
  return withInputs(job, (inputs) => summarizeTrace(job.request, inputs));
}

/** Does something with a trace's files, opened from their starts as often as asked, and closes them. */
export async function withInputs<T>(
  { request, paths }: SummarizeJob,
  use: (inputs: () => readonly FileInput[]) => Promise<T>,
): Promise<T> {
  const opened: FileInput[] = [];
  const inputs = () => {
    const fresh = request.files.map(({ name }, i) => fileInput(paths[i]!, name));
    opened.push(...fresh);
    return fresh;
  };
  try {
    return await use(inputs);
  } finally {
    await Promise.all(opened.map((input) => input.close()));
  }
}
