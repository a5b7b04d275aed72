import type { TraceEnd } from "../../src/model/trace.ts";
import type { PlainTrace } from "./inputs.ts";

/** What a golden file says of a trace: its counts, and only those figures of its quality that are not as they should be. */
export function factsOf({ requests, completions, end }: PlainTrace): object {
  return {
    rows: end.rows,
    byOp: byOp(requests),
    fua: requests.filter(({ flags }) => flags & 1).length,
    completions: completions.length,
    completedByOp: byOp(completions),
    errors: counts(completions.filter(({ error }) => error > 0).map(({ error }) => String(error))),
    devices: end.devices.map(({ name, bytes }) => ({ name, bytes })),
    spans: end.spans,
    marked: byOp(requests.filter(({ spans }) => spans.length > 0)),
    startUnixNs: end.startUnixNs,
    lastIssueNs: requests.at(-1)?.issueNs ?? null,
    latencySumNs: sum(completions.map(({ issueNs, completeNs }) => completeNs - issueNs)),
    quality: blemishes(end),
  };
}

/** Those figures of a quality record that are not 0, false, empty or null. */
export function blemishes({ quality }: TraceEnd): object {
  const isBlemish = (value: unknown) => !(value === null || value === 0 || value === false || isEmpty(value));
  return Object.fromEntries(Object.entries(quality).filter(([, value]) => isBlemish(value)));
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function byOp(rows: readonly { op: string; lengthBytes: number }[]): Record<string, { count: number; bytes: number }> {
  const result: Record<string, { count: number; bytes: number }> = {};
  for (const { op, lengthBytes } of rows) {
    const { count, bytes } = result[op] ?? { count: 0, bytes: 0 };
    result[op] = { count: count + 1, bytes: bytes + lengthBytes };
  }
  return result;
}

function counts(values: readonly string[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const value of values) result[value] = (result[value] ?? 0) + 1;
  return result;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
