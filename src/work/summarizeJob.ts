import type { Summary } from "../analysis/summary.ts";
import { type FileInput, fileInput } from "../io/fileInput.ts";
import { type SummarizeRequest, summarizeTrace } from "../report/summarizeTrace.ts";

/** A trace to summarise, as plain data: what it is, and where the files of `request.files` lie. */
export interface SummarizeJob {
  readonly request: SummarizeRequest;
  readonly paths: readonly string[];
}

/** The Summary of a trace's files. */
export async function summarizeFiles({ request, paths }: SummarizeJob): Promise<Summary> {
  const opened: FileInput[] = [];
  const inputs = () => {
    const fresh = request.files.map(({ name }, i) => fileInput(paths[i]!, name));
    opened.push(...fresh);
    return fresh;
  };
  try {
    return await summarizeTrace(request, inputs);
  } finally {
    await Promise.all(opened.map((input) => input.close()));
  }
}
