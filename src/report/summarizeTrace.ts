import { analyse } from "../analysis/analyse.ts";
import type { Assistant } from "../analysis/assistant.ts";
import type { ScopeInfo, Summary, TraceInfo, TraceLayout } from "../analysis/summary.ts";
import { type WindowInfo, windowed } from "../analysis/window.ts";
import { judge } from "../findings/index.ts";
import { formatById } from "../formats/index.ts";
import type { Chunk } from "../model/batch.ts";
import { TraceBuilder } from "../model/builder.ts";
import { TraceError } from "../model/errors.ts";
import type { TraceInput } from "../model/format.ts";
import type { Layout } from "../model/layout.ts";
import { addNote } from "../model/notes.ts";
import type { TraceEnd } from "../model/trace.ts";
import { builderOptions, filesystemOf, partitionsSaid } from "./known.ts";
import { partitionsIn } from "./partitionsIn.ts";
import { readableEvidence } from "./readableSummary.ts";
import type { SideFile } from "./sideFile.ts";
import { unusedHints } from "./unusedHints.ts";
import { assertClock, windowOf } from "./window.ts";

/** A file of a trace; its hash is null where it is to be told by whoever reads it. */
export interface TraceFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string | null;
}

/** What is read of it; a file without a hash is asked for it when all is read. */
export interface SummarizeInput extends TraceInput {
  sha256?(): Promise<string>;
}

export interface SummarizeRequest {
  readonly slug: string;
  /** Below traces/; absent for a trace that was named on the command line. */
  readonly path?: string;
  /** The title where the side file has none. */
  readonly title: string;
  readonly format: string;
  readonly files: readonly TraceFile[];
  readonly side: SideFile;
  readonly sideFileName: string;
  /** The file that says what lies where on the disks, and what names its content; it is read elsewhere. */
  readonly layoutFile?: { readonly name: string; readonly sha256: string | null };
}

export interface SummarizeOptions {
  readonly batchRows?: number;
  /** Who computes a part of the metrics meanwhile. */
  readonly assistant?: Assistant;
  /** What the layout file says. */
  readonly layout?: Layout | undefined;
}

/** One trace: its bytes to its Summary. `inputs` opens the files from their starts and may be called twice. */
export async function summarizeTrace(
  request: SummarizeRequest,
  inputs: () => readonly SummarizeInput[],
  { batchRows, assistant, layout }: SummarizeOptions = {},
): Promise<Summary> {
  const { side } = request;
  let read: readonly SummarizeInput[] = [];
  const readAll = (consume: (chunk: Chunk) => void) => {
    read = inputs();
    return readTrace(request, read, consume, batchRows);
  };
  const limits = windowOf(side, request.sideFileName);
  let window: WindowInfo | null = null;
  const keep = (info: WindowInfo) => {
    window = info;
  };
  const readWindow = limits === null ? readAll : windowed(readAll, limits, keep);
  const analysis = await analyse(readWindow, { defaultScope: side.defaultScope, assistant, layout });
  const { end, defaultScope, scopes, sequence, slowest, bands } = analysis;
  const scopeList = limits === null ? analysis.scopeList : analysis.scopeList.map(inWindow);
  assertScope(request, scopeList);
  const evidence = readableEvidence({
    schema: "blkreport/summary/1",
    trace: traceInfo(
      request,
      await hashedFiles(request.files, read),
      end,
      window,
      layout === undefined ? null : { sources: layout.sources, bands },
    ),
    quality: end.quality,
    defaultScope,
    scopeList,
    scopes,
    sequence,
    slowest,
  });
  return { ...evidence, findings: judge(evidence) };
}

/** The whole that is shown is not the whole trace. */
function inWindow(scope: ScopeInfo): ScopeInfo {
  return scope.kind === "whole" ? { ...scope, title: "whole window" } : scope;
}

async function readTrace(
  { format, side, sideFileName, files }: SummarizeRequest,
  inputs: readonly TraceInput[],
  consume: (chunk: Chunk) => void,
  batchRows?: number,
): Promise<TraceEnd> {
  const rows = batchRows === undefined ? {} : { batchRows };
  const builder = new TraceBuilder(consume, { ...builderOptions(side, sideFileName), ...rows });
  const known = formatById(format);
  await known.read(inputs, builder, side.read ?? {});
  noteCutInputs(inputs, builder);
  for (const text of unusedHints(known, side.read)) builder.note("unused-hint", text);
  const end = builder.finish();
  if (side.window !== undefined) assertClock(end.recorded, files[0]?.name ?? sideFileName);
  assertSpans(end, side, sideFileName);
  expectSpans(end, side, files[0]?.name ?? sideFileName, sideFileName);
  return end;
}

function noteCutInputs(inputs: readonly TraceInput[], { quality }: TraceBuilder): void {
  for (const { name, cut } of inputs) {
    if (!cut) continue;
    quality.truncated = true;
    addNote(
      quality,
      "compressed-file-cut",
      `"${name}" ends before what was compressed into it does: read is what is there`,
    );
  }
}

function assertSpans(end: TraceEnd, { spans = [] }: SideFile, sideFileName: string): void {
  const [first] = spans;
  if (first !== undefined && !end.recorded.clock)
    throw new TraceError(
      { file: sideFileName },
      "unsupported",
      `span "${first.name}"`,
      "this trace has no clock; mark it with qtrace",
    );
  for (const { name, fromNs, toNs } of spans)
    if (toNs < fromNs)
      throw new TraceError({ file: sideFileName }, "invalid", `span "${name}"`, "toNs must not lie before fromNs");
}

function expectSpans(end: TraceEnd, side: SideFile, file: string, sideFileName: string): void {
  for (const name of side.expectSpans ?? []) {
    if (end.spans.some((span) => span.name === name)) continue;
    const cure = `record it again with the markers on the traced disk, or take "${name}" out of expectSpans in ${sideFileName}`;
    throw new TraceError({ file }, "missing", `span "${name}"`, cure);
  }
}

function assertScope({ side, sideFileName }: SummarizeRequest, scopeList: readonly ScopeInfo[]): void {
  const wanted = side.defaultScope;
  if (wanted === undefined || scopeList.some(({ id }) => id === wanted)) return;
  const cure = `the scopes of this trace are ${scopeList.map(({ id }) => id).join(", ")}`;
  throw new TraceError({ file: sideFileName }, "unknown", `defaultScope "${wanted}"`, cure);
}

/** The files with the hashes that were found while they were read. */
function hashedFiles(files: readonly TraceFile[], inputs: readonly SummarizeInput[]): Promise<TraceInfo["files"]> {
  return Promise.all(
    files.map(async ({ name, bytes, sha256 }, i) => ({ name, bytes, sha256: sha256 ?? (await inputs[i]!.sha256!()) })),
  );
}

function historyOf({ history }: SideFile): TraceInfo["history"] {
  if (history === undefined) return null;
  const { of, commit = null, date = null, label = null } = history;
  return { of, commit, date, label };
}

function traceInfo(
  { slug, path, title, format, side }: SummarizeRequest,
  files: TraceInfo["files"],
  end: TraceEnd,
  window: WindowInfo | null,
  layout: TraceLayout | null,
): TraceInfo {
  return {
    slug,
    path: path ?? null,
    title: side.title ?? title,
    format,
    files,
    clock: end.recorded.clock ? "ns" : "ordinal",
    startUnixNs: end.startUnixNs,
    window,
    recorded: end.recorded,
    devices: end.devices,
    spans: end.spans.map(({ toNs, ...span }) => ({ ...span, toNs: Number.isNaN(toNs) ? null : toNs })),
    messages: end.messages,
    description: side.description ?? null,
    command: side.command ?? null,
    tags: side.tags ?? [],
    baselines: [side.baseline ?? []].flat(),
    history: historyOf(side),
    context: {
      recordedAt: side.recordedAt ?? null,
      kernel: side.kernel ?? null,
      host: side.host ?? null,
      filesystem: filesystemOf(side, end.devices),
      recorder: side.recorder ?? null,
    },
    partitions: partitionsIn(layout) ?? partitionsSaid(side, end.devices),
    seenPartitions: end.partitions,
    layout,
  };
}
