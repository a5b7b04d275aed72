import type { Chunk } from "../../src/model/batch.ts";
import { EVENT_CODE, type EventKind } from "../../src/model/batch.ts";
import { TraceBuilder } from "../../src/model/builder.ts";
import { OP_CODE, type Op } from "../../src/model/ops.ts";
import type { Recorded, TraceEnd } from "../../src/model/trace.ts";

/** A trace as plain objects, times in nanoseconds from any zero; null is "not recorded". */
export interface SlowTrace {
  readonly devices: readonly { readonly name: string; readonly stacked: boolean }[];
  /** Names; the first one is "not recorded". */
  readonly processes: readonly string[];
  readonly recorded: Recorded;
  readonly history: readonly Happening[];
}

export interface SlowIssue {
  readonly op: Op;
  readonly flags: number;
  readonly device: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly issueNs: number;
  readonly queueNs: number | null;
  readonly process: number;
  readonly mergedBios: number;
}

export interface SlowBio {
  /** Where it is not that of its request; null: not known. */
  readonly issueNs?: number | null;
  readonly lengthBytes: number;
  readonly queueNs: number;
  readonly getRequestNs: number | null;
  readonly insertNs: number | null;
  readonly mergeNs: number | null;
}

export interface SlowCompletion {
  readonly row: number;
  /** Where its request was issued again, or its issue is shown later than it was told. */
  readonly issueNs?: number;
  readonly getRequestNs: number | null;
  readonly insertNs: number | null;
  readonly completeNs: number;
  readonly error: number;
  readonly bios: readonly SlowBio[];
}

export interface SlowEvent {
  readonly kind: EventKind;
  readonly op: Op;
  readonly device: number;
  readonly timeNs: number;
  readonly lengthBytes: number;
}

export type Happening =
  | { readonly what: "issue"; readonly issue: SlowIssue }
  | { readonly what: "completion"; readonly completion: SlowCompletion }
  | { readonly what: "event"; readonly event: SlowEvent }
  | { readonly what: "begin" | "end"; readonly span: string; readonly timeNs: number };

/** Reads a trace of objects as `analyse` wants it, in batches of so many rows. */
export function slowReader(
  trace: SlowTrace,
  batchRows?: number,
): (consume: (chunk: Chunk) => void) => Promise<TraceEnd> {
  return async (consume) => {
    const builder = new TraceBuilder(consume, batchRows === undefined ? {} : { batchRows });
    Object.assign(builder.recorded, trace.recorded);
    const processes = trace.processes.map((name, i) => (i === 0 ? 0 : builder.process(100 + i, name)));
    const issues: SlowIssue[] = [];
    for (const happening of trace.history) {
      if (happening.what === "issue") {
        issues.push(happening.issue);
        addIssue(builder, happening.issue, deviceOf(builder, trace, happening.issue.device), processes);
      } else if (happening.what === "completion") {
        const issue = issues[happening.completion.row]!;
        addCompletion(builder, issue, happening.completion, deviceOf(builder, trace, issue.device));
      } else if (happening.what === "event") {
        const { kind, op, device, timeNs, lengthBytes } = happening.event;
        builder.event(EVENT_CODE[kind], OP_CODE[op], deviceOf(builder, trace, device), timeNs, 0, lengthBytes);
      } else if (happening.what === "begin") builder.beginSpan(happening.span, happening.timeNs);
      else builder.endSpan(happening.span, happening.timeNs);
    }
    return builder.finish();
  };
}

function deviceOf(builder: TraceBuilder, trace: SlowTrace, device: number): number {
  const { name, stacked } = trace.devices[device]!;
  const index = builder.device(name);
  builder.deviceFacts(index).stacked = stacked;
  return index;
}

function addIssue(builder: TraceBuilder, issue: SlowIssue, device: number, processes: readonly number[]): void {
  builder.request(
    OP_CODE[issue.op],
    issue.flags,
    device,
    issue.offsetBytes,
    issue.lengthBytes,
    issue.issueNs,
    issue.queueNs ?? Number.NaN,
    processes[issue.process]!,
    0,
    issue.mergedBios,
  );
}

function addCompletion(builder: TraceBuilder, issue: SlowIssue, completion: SlowCompletion, device: number): void {
  const { row, completeNs } = completion;
  const op = OP_CODE[issue.op];
  const orNaN = (ns: number | null): number => ns ?? Number.NaN;
  builder.complete(
    row,
    op,
    issue.flags,
    device,
    issue.offsetBytes,
    issue.lengthBytes,
    orNaN(issue.queueNs),
    orNaN(completion.getRequestNs),
    orNaN(completion.insertNs),
    issue.issueNs,
    completeNs,
    completion.error,
  );
  for (const bio of completion.bios) {
    const { lengthBytes, queueNs, getRequestNs, insertNs, mergeNs } = bio;
    const marks = [queueNs, orNaN(getRequestNs), orNaN(insertNs), orNaN(mergeNs), issue.issueNs] as const;
    builder.bio(row, op, device, lengthBytes, ...marks, completeNs);
  }
}
