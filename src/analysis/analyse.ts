import type { Chunk } from "../model/batch.ts";
import type { Layout } from "../model/layout.ts";
import type { TraceEnd } from "../model/trace.ts";
import type { Assistant } from "./assistant.ts";
import { METRICS, OTHERS } from "./metrics/index.ts";
import type { Plan } from "./scopes/plan.ts";
import { MARKED, WHOLE } from "./scopes/scopeIds.ts";
import { metricsByScope, namedScopes, scopeInfo } from "./scopes/scopeResults.ts";
import { ScopeSet } from "./scopes/scopeSet.ts";
import { addToSequence, type SequenceState, sequenceOf, startSequence } from "./sequence.ts";
import { addToSlowest, type SlowestState, startSlowest } from "./slowest.ts";
import type { ScopeInfo, ScopeMetrics, Sequence, SlowRequest } from "./summary.ts";
import { type Band, bandsOf } from "./targets/bands.ts";
import { Placement } from "./targets/placement.ts";
import { targetText } from "./targets/targetText.ts";

/** Reads a trace from its first byte to its last, and hands on every chunk. */
export type ReadTrace = (consume: (chunk: Chunk) => void) => Promise<TraceEnd>;

export interface AnalyseOptions {
  /** The scope in which the page opens, where it exists. */
  readonly defaultScope?: string | undefined;
  /** Who computes a part of the metrics meanwhile; without one all are computed here. */
  readonly assistant?: Assistant | undefined;
  /** What lies where on the devices. */
  readonly layout?: Layout | undefined;
}

/** What the requests of a trace say; the Summary is made of it. */
export interface Analysis {
  readonly end: TraceEnd;
  readonly defaultScope: string;
  readonly scopeList: readonly ScopeInfo[];
  readonly scopes: Readonly<Record<string, ScopeMetrics>>;
  readonly sequence: Sequence;
  readonly slowest: readonly SlowRequest[];
  /** What lies where, as far as it is worth drawing; empty without a layout. */
  readonly bands: readonly Band[];
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

interface Read {
  readonly end: TraceEnd;
  readonly set: ScopeSet;
  readonly sequence: SequenceState;
  readonly slowest: SlowestState;
  readonly placement: Placement | null;
}

async function readOnce(read: ReadTrace, plan: Plan, options: AnalyseOptions): Promise<Read> {
  const { defaultScope, assistant, layout } = options;
  const placement = layout === undefined ? null : new Placement(layout);
  const set = new ScopeSet(plan, defaultScope, assistant === undefined ? METRICS : OTHERS, placement);
  const sequence = startSequence(placement);
  const slowest = startSlowest();
  assistant?.begin({ plan, defaultScope });
  const end = await read((chunk) => {
    assistant?.add(chunk);
    set.add(chunk);
    addToSequence(sequence, chunk);
    addToSlowest(slowest, chunk, set.whole.parts.requests, set.whole.parts.completions);
  });
  return { end, set, sequence, slowest, placement };
}

async function analysisOf(
  { end, set, sequence, slowest, placement }: Read,
  options: AnalyseOptions,
): Promise<Analysis> {
  const assisted = options.assistant?.finish(end);
  const scopeList = namedScopes(set, end).map(scopeInfo);
  const scopes = metricsByScope(set, end);
  const targetOf = ({ device, offsetBytes, lengthBytes }: SlowRequest) =>
    placement === null ? null : targetText(placement, device, offsetBytes, lengthBytes);
  return {
    end,
    defaultScope: defaultScopeOf(scopeList, options),
    scopeList,
    scopes: assisted === undefined ? scopes : joined(scopes, await assisted),
    sequence: sequenceOf(sequence, end),
    slowest: end.recorded.clock ? slowest.slowest.map((request) => ({ ...request, target: targetOf(request) })) : [],
    bands: placement === null ? [] : bandsOf(placement, end.devices, touchedIn(scopes[WHOLE])),
  };
}

function touchedIn(scope: ScopeMetrics | undefined) {
  return scope?.targets?.ok ? scope.targets.value.structures : [];
}

/** The metrics of both by scope, in the order of the Summary. */
function joined(own: Analysis["scopes"], assisted: Analysis["scopes"]): Analysis["scopes"] {
  const inOrder = ([id, metrics]: [string, ScopeMetrics]) => {
    const all: ScopeMetrics = { ...metrics, ...assisted[id] };
    const known = METRICS.filter((metric) => metric.id in all);
    return [id, Object.fromEntries(known.map((metric) => [metric.id, all[metric.id]]))];
  };
  return Object.fromEntries(Object.entries(own).map(inOrder)) as Analysis["scopes"];
}

function defaultScopeOf(scopes: readonly ScopeInfo[], { defaultScope }: AnalyseOptions): string {
  if (defaultScope !== undefined && scopes.some(({ id }) => id === defaultScope)) return defaultScope;
  return scopes.some(({ id, requests }) => id === MARKED && requests > 0) ? MARKED : WHOLE;
}
