import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { analyse } from "../../../src/analysis/analyse.ts";
import type { Summary } from "../../../src/analysis/summary.ts";
import { FORMATS } from "../../../src/formats/index.ts";
import type { Chunk } from "../../../src/model/batch.ts";
import { TraceBuilder } from "../../../src/model/builder.ts";
import { OP_CODE, type Op } from "../../../src/model/ops.ts";
import type { Recorded, TraceEnd } from "../../../src/model/trace.ts";
import { inputFromBytes } from "../../support/inputs.ts";

/** A request as a test writes it: times in nanoseconds from any zero. */
export interface Made {
  readonly op: Op;
  readonly offset: number;
  readonly length: number;
  readonly at: number;
  readonly took?: number;
  readonly device?: string;
}

export interface Setup {
  readonly recorded?: Partial<Recorded>;
  readonly spans?: readonly { readonly name: string; readonly fromNs: number; readonly toNs: number }[];
}

function readMade(requests: readonly Made[], recorded: Partial<Recorded>, out: TraceBuilder): void {
  Object.assign(out.recorded, { clock: true, completion: true }, recorded);
  const done = requests.map((request, row) => ({ ...request, row, end: request.at + (request.took ?? Number.NaN) }));
  const events = [
    ...done.map((request) => ({ at: request.at, request, isEnd: false })),
    ...done.filter(({ took }) => took !== undefined).map((request) => ({ at: request.end, request, isEnd: true })),
  ].sort((a, b) => a.at - b.at || Number(a.isEnd) - Number(b.isEnd) || a.request.row - b.request.row);
  for (const { isEnd, request } of events) {
    const { row, op, offset, length, at, end } = request;
    const device = out.device(request.device ?? "disk");
    const code = OP_CODE[op];
    const unknown = Number.NaN;
    if (isEnd) out.complete(row, code, 0, device, offset, length, unknown, unknown, unknown, at, end, 0);
    else out.request(code, 0, device, offset, length, at, unknown, 0, 0, 0);
  }
}

async function summarised(
  slug: string,
  format: string,
  read: (out: TraceBuilder) => Promise<void> | void,
  spans: Setup["spans"] = [],
): Promise<Summary> {
  const readAll = async (consume: (chunk: Chunk) => void): Promise<TraceEnd> => {
    const builder = new TraceBuilder(consume, { spans });
    await read(builder);
    return builder.finish();
  };
  const { end, ...analysis } = await analyse(readAll);
  const trace: Summary["trace"] = {
    slug,
    path: null,
    title: slug,
    format,
    files: [],
    clock: end.recorded.clock ? "ns" : "ordinal",
    startUnixNs: null,
    recorded: end.recorded,
    devices: end.devices,
    spans: [],
    messages: [],
    description: null,
    command: null,
    tags: [],
    baselines: [],
    history: null,
    partitions: [],
    context: { recordedAt: null, kernel: null, host: null, filesystem: null, recorder: null },
    window: null,
    seenPartitions: [],
    layout: null,
  };
  return { schema: "blkreport/summary/1", trace, quality: end.quality, ...analysis, findings: [] };
}

/** The Summary of requests that a test made up, in order of their times. */
export function summaryOf(requests: readonly Made[], { recorded = {}, spans }: Setup = {}): Promise<Summary> {
  return summarised("made", "made", (out) => readMade(requests, recorded, out), spans);
}

/** Rows of an op, evenly apart. */
export function evenly(op: Op, count: number, everyNs: number, request: Partial<Made> = {}): Made[] {
  return Array.from({ length: count }, (_, i) => ({
    op,
    offset: i * 4096,
    length: 4096,
    at: i * everyNs,
    took: 50_000,
    ...request,
  }));
}

const TRACES = join(import.meta.dirname, "../../../traces");

function findRecordings(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const folder of readdirSync(TRACES, { withFileTypes: true }).filter((each) => each.isDirectory())) {
    for (const file of readdirSync(join(TRACES, folder.name)).sort()) {
      const stem = /^(.*)(?:\.log|\.qtr|\.blktrace\.\d+)$/.exec(file)?.[1];
      if (stem === undefined) continue;
      const name = `${folder.name}/${stem}`;
      found.set(name, [...(found.get(name) ?? []), join(TRACES, folder.name, file)]);
    }
  }
  return found;
}

/** The published recordings: their names, and the files of each. */
export const RECORDINGS = findRecordings();

const recorded = new Map<string, Promise<Summary>>();

/** The Summary of a published recording, without its side file. Read once. */
export function recordedSummary(name: string): Promise<Summary> {
  const summary = recorded.get(name) ?? readRecording(name);
  recorded.set(name, summary);
  return summary;
}

function readRecording(name: string): Promise<Summary> {
  const files = RECORDINGS.get(name)!.map((path) => ({ name: basename(path), bytes: readFileSync(path) }));
  const head = { name: files[0]!.name, bytes: files[0]!.bytes.subarray(0, 65536), complete: false };
  const format = FORMATS.find((each) => each.detect(head, {}).match)!;
  const inputs = () => files.map((file) => inputFromBytes(file.name, file.bytes));
  return summarised(name, format.id, (out) => format.read(inputs(), out, {}));
}
