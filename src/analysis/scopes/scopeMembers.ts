import type { Span } from "../../model/batch.ts";
import type { TraceEnd } from "../../model/trace.ts";
import { heaviest, MOST_OWN } from "./plan.ts";
import { rowRanges } from "./rowRanges.ts";
import { deviceScopeIds, MARKED, OTHER_DEVICES, spanScopeId, WHOLE } from "./scopeIds.ts";

/** Which requests a scope takes, for whoever reads the trace once more. */
export interface ScopeMembers {
  readonly id: string;
  /** Indexes of the devices. */
  readonly devices: ReadonlySet<number>;
  /** Ranges of rows, ascending and apart; null is all. */
  readonly rows: readonly (readonly [from: number, to: number])[] | null;
}

/** What the requests of a device amount to. */
interface Load {
  readonly requests: number;
  readonly bytes: number;
}

/**
 * The scopes of a trace that was read to its end, under the ids that its pages use. Every span has its own here,
 * not only the 16 with the most bytes.
 * @param loads by the index of the device; a device without requests may be absent.
 */
export function scopeMembers({ devices, spans }: TraceEnd, loads: ReadonlyMap<number, Load>): ScopeMembers[] {
  const lowest = new Set([...devices.keys()].filter((index) => !devices[index]!.stacked));
  const within = (id: string, some: readonly Span[]): ScopeMembers => ({ id, devices: lowest, rows: rowRanges(some) });
  return [
    { id: WHOLE, devices: lowest, rows: null },
    ...(spans.length === 0 ? [] : [within(MARKED, spans)]),
    ...spans.map((span, index) => within(spanScopeId(index, span.name), [span])),
    ...deviceMembers(devices, loads),
  ];
}

function deviceMembers(devices: TraceEnd["devices"], loads: ReadonlyMap<number, Load>): ScopeMembers[] {
  const active = [...devices.keys()].filter((index) => (loads.get(index)?.requests ?? 0) > 0);
  if (active.length < 2) return [];
  const chosen = heaviest(active, (index) => loads.get(index)!.bytes);
  const own = active.filter((index) => chosen.has(index));
  const ids = deviceScopeIds(own.map((index) => devices[index]!.name));
  const members: ScopeMembers[] = own.map((index, i) => ({ id: ids[i]!, devices: new Set([index]), rows: null }));
  const others = active.filter((index) => !chosen.has(index));
  if (active.length > MOST_OWN) members.push({ id: OTHER_DEVICES, devices: new Set(others), rows: null });
  return members;
}
