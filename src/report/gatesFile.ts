import { METRICS } from "../analysis/metrics/index.ts";
import { checkGates } from "../compare/gates/check.ts";
import { type Gate, Gates } from "../compare/gates/schema.ts";
import { FINDINGS } from "../findings/index.ts";
import { checkedJson } from "./checkedJson.ts";

/** The rules of a gates file, each of which names what a Summary can have. */
export function gatesOf(text: string, file: string): readonly Gate[] {
  return checkedGates(checkedJson<Gates>(Gates, text, file).gates, file);
}

/** The same rules, where each names what a Summary can have. */
export function checkedGates(gates: readonly Gate[], file: string): readonly Gate[] {
  checkGates(gates, file, {
    metrics: Object.fromEntries(METRICS.map(({ id, schema }) => [id, schema])),
    findings: FINDINGS.map(({ id }) => id),
  });
  return gates;
}
