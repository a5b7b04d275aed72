import { devicesOf } from "./devices.ts";
import type { Evidence, Fact } from "./finding.ts";
import { FINDINGS } from "./index.ts";

/** A rule that would find something, were a fact of the device what it may well be: neither wrong nor in order. */
export interface NotJudged {
  readonly id: string;
  readonly question: string;
  /** What the trace and its side file do not say, by its name in the side file. */
  readonly fact: Fact;
  /** Of which devices. */
  readonly devices: readonly { readonly id: string; readonly name: string }[];
}

/**
 * What depends on facts that nobody recorded. A rule whose answer is the same whatever the fact is has been judged,
 * and is not in this list.
 */
export function notJudged(evidence: Evidence): readonly NotJudged[] {
  return FINDINGS.flatMap(({ id, question, needs, judge }) => {
    if (needs === undefined || judge(evidence) !== null) return [];
    const { fact } = needs;
    const devices = devicesOf(evidence).filter((device) => device[fact] === null);
    if (devices.length === 0 || judge(supposing(evidence, fact, needs.suppose(evidence))) === null) return [];
    return [{ id, question, fact, devices: devices.map(({ id: device, name }) => ({ id: device, name })) }];
  });
}

/** The same evidence, had somebody said so of each device that nothing is said of. */
function supposing(evidence: Evidence, fact: Fact, value: number | boolean): Evidence {
  const { trace } = evidence;
  const devices = trace.devices.map((device) => (device[fact] === null ? { ...device, [fact]: value } : device));
  return { ...evidence, trace: { ...trace, devices } };
}
