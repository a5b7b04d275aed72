import type { Assistant } from "../analysis/assistant.ts";
import type { Summary } from "../analysis/summary.ts";
import { fileBytes } from "../io/fileBytes.ts";
import { type FileInput, fileInput } from "../io/fileInput.ts";
import { hashedInput } from "../io/hashedInput.ts";
import { readFoundText } from "../io/textFile.ts";
import type { Layout } from "../model/layout.ts";
import { layoutOfText } from "../report/layoutFile.ts";
import { type SummarizeRequest, summarizeTrace } from "../report/summarizeTrace.ts";
import { openAssistant } from "./assistant/openAssistant.ts";

/** A trace to summarise, as plain data: what it is, and where the files of `request.files` lie. */
export interface SummarizeJob {
  readonly request: SummarizeRequest;
  readonly paths: readonly string[];
  /** Where `request.layoutFile` lies. */
  readonly layoutPath?: string;
  /** Threads that may work on it. */
  readonly threads: number;
}

/** What takes longer to summarise than an assistant takes to come. */
const LARGE_BYTES = 16 << 20;

/** The Summary of a trace's files. */
export function summarizeFiles(job: SummarizeJob): Promise<Summary> {
  const open = job.request.files.some(({ sha256 }) => sha256 === null) ? hashedInput : inputOf;
  const layout = layoutOf(job);
  return withInputs(
    job,
    (inputs) =>
      isLarge(job)
        ? withAssistant((assistant) => summarizeTrace(job.request, inputs, { assistant, layout }))
        : summarizeTrace(job.request, inputs, { layout }),
    open,
  );
}

function layoutOf({ request: { layoutFile }, layoutPath }: SummarizeJob): Layout | undefined {
  if (layoutFile === undefined || layoutPath === undefined) return undefined;
  return layoutOfText(readFoundText(layoutPath, layoutFile.name), layoutFile.name);
}

function isLarge({ request, threads }: SummarizeJob): boolean {
  return threads > 1 && areLarge(request.files);
}

/** Whether it pays to work on the files with two threads, and to read them once only. */
export function areLarge(files: readonly { readonly bytes: number }[]): boolean {
  return files.reduce((sum, { bytes }) => sum + bytes, 0) >= LARGE_BYTES;
}

async function withAssistant<T>(use: (assistant: Assistant) => Promise<T>): Promise<T> {
  const assistant = openAssistant();
  try {
    return await use(assistant);
  } finally {
    await assistant.close();
  }
}

function inputOf(path: string, name: string, most?: number): FileInput {
  return fileInput(path, name, fileBytes(path, name, most));
}

/**
 * Does something with a trace's files, opened from their starts as often as asked, and closes them. What a recorder adds
 * to them meanwhile is not read: each reading must give the same.
 */
export async function withInputs<T>(
  { request, paths }: SummarizeJob,
  use: (inputs: () => readonly FileInput[]) => Promise<T>,
  open: (path: string, name: string, most?: number) => FileInput = inputOf,
): Promise<T> {
  const opened: FileInput[] = [];
  const inputs = () => {
    const fresh = request.files.map(({ name, bytes }, i) => open(paths[i]!, name, mostOf(bytes)));
    opened.push(...fresh);
    return fresh;
  };
  try {
    return await use(inputs);
  } finally {
    await Promise.all(opened.map((input) => input.close()));
  }
}

/** Devices and what the kernel makes up have no size of their own. */
function mostOf(bytes: number): number | undefined {
  return bytes === 0 ? undefined : bytes;
}
