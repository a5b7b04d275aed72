import type { Chunk } from "../model/batch.ts";
import type { TraceEnd } from "../model/trace.ts";
import { ASSISTED } from "./metrics/index.ts";
import type { Plan } from "./scopes/plan.ts";
import { metricsByScope } from "./scopes/scopeResults.ts";
import { ScopeSet } from "./scopes/scopeSet.ts";
import type { ScopeMetrics } from "./summary.ts";

export interface Reading {
  readonly plan: Plan;
  readonly defaultScope: string | undefined;
}

/** Computes the metrics of `ASSISTED` while `analyse` reads and computes the others: in another thread. */
export interface Assistant {
  /** Before the first chunk of a reading; what came of an earlier one is forgotten. */
  begin(reading: Reading): void;
  /** Whatever it wants of the chunk it takes before it returns. */
  add(chunk: Chunk): void;
  /** Its metrics, by scope. */
  finish(end: TraceEnd): Promise<Readonly<Record<string, ScopeMetrics>>>;
}

/** The work of an assistant, wherever it is done. */
export function assist({ plan, defaultScope }: Reading) {
  const set = new ScopeSet(plan, defaultScope, ASSISTED);
  return {
    add: (chunk: Chunk) => set.add(chunk),
    finish: (end: TraceEnd) => metricsByScope(set, end),
  };
}
