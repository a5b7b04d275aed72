import type { Chunk } from "../model/batch.ts";
import type { TraceEnd } from "../model/trace.ts";
import type { Plan } from "./scopes/plan.ts";
import { MARKED, WHOLE } from "./scopes/scopeIds.ts";
import { namedScopes, scopeInfo, scopeMetrics } from "./scopes/scopeResults.ts";
import { ScopeSet } from "./scopes/scopeSet.ts";
import { addToSequence, type SequenceState, sequenceOf, startSequence } from "./sequence.ts";
import { addToSlowest, type SlowestState, startSlowest } from "./slowest.ts";
import type { ScopeInfo, ScopeMetrics, Sequence, SlowRequest } from "./summary.ts";

/** Reads a trace from its first byte to its last, and hands on every chunk. */
export type ReadTrace = (consume: (chunk: Chunk) => void) => Promise<TraceEnd>;

export interface AnalyseOptions {
  /** The scope in which the page opens, where it exists. */
  readonly defaultScope?: string;
}

/** What the requests of a trace say; the Summary is made of it. */
export interface Analysis {
  readonly end: TraceEnd;
  readonly defaultScope: string;
  readonly scopeList: readonly ScopeInfo[];
  readonly scopes: Readonly<Record<string, ScopeMetrics>>;
  readonly sequence: Sequence;
  readonly slowest: readonly SlowRequest[];
}

const FIRST_PLAN: Plan = { devices: null, spans: null };

/**
 * Reads a trace once and computes the metrics of all its scopes.
 * Reads it a second time only where the first reading could not know who deserves a scope:
 * more than 16 devices or spans, or a second device that comes late.
 */
export async function analyse(read: ReadTrace, options: AnalyseOptions = {}): Promise<Analysis> {
  const first = await readOnce(read, FIRST_PLAN, options);
  const better = first.set.betterPlan();
  return analysisOf(better === null ? first : await readOnce(read, better, options), options);
}

interface Reading {
  readonly end: TraceEnd;
  readonly set: ScopeSet;
  readonly sequence: SequenceState;
  readonly slowest: SlowestState;
}

async function readOnce(read: ReadTrace, plan: Plan, { defaultScope }: AnalyseOptions): Promise<Reading> {
  const set = new ScopeSet(plan, defaultScope);
  const sequence = startSequence();
  const slowest = startSlowest();
  const end = await read((chunk) => {
    set.add(chunk);
    addToSequence(sequence, chunk);
    addToSlowest(slowest, chunk, set.whole.parts.requests, set.whole.parts.completions);
  });
  return { end, set, sequence, slowest };
}

function analysisOf({ end, set, sequence, slowest }: Reading, options: AnalyseOptions): Analysis {
  const named = namedScopes(set, end);
  const scopeList = named.map(scopeInfo);
  return {
    end,
    defaultScope: defaultScopeOf(scopeList, options),
    scopeList,
    scopes: Object.fromEntries(named.map(({ id, scope }) => [id, scopeMetrics(scope, end)])),
    sequence: sequenceOf(sequence, end),
    slowest: end.recorded.clock ? slowest.slowest : [],
  };
}

function defaultScopeOf(scopes: readonly ScopeInfo[], { defaultScope }: AnalyseOptions): string {
  if (defaultScope !== undefined && scopes.some(({ id }) => id === defaultScope)) return defaultScope;
  return scopes.some(({ id, requests }) => id === MARKED && requests > 0) ? MARKED : WHOLE;
}
