import type { TraceInfo } from "../analysis/summary.ts";
import type { Evidence } from "./finding.ts";

export type Device = TraceInfo["devices"][number];

/** The devices that the default scope is about. */
export function devicesOf({ trace, scopeList, defaultScope }: Evidence): readonly Device[] {
  const scope = scopeList.find(({ id }) => id === defaultScope);
  return (scope?.devices ?? []).flatMap((index) => trace.devices[index] ?? []);
}

/** The default scope's only device; null where it has several. */
export function onlyDevice(evidence: Evidence): Device | null {
  const [device, ...others] = devicesOf(evidence);
  return device === undefined || others.length > 0 ? null : device;
}

/** A fact that all devices of the default scope share; null where one does not say, or they differ. */
export function sharedFact<K extends keyof Device>(evidence: Evidence, fact: K): Device[K] | null {
  const [first, ...others] = devicesOf(evidence).map((device) => device[fact]);
  return first === undefined || others.some((value) => value !== first) ? null : first;
}
