import { METRICS } from "../analysis/metrics/index.ts";
import { checkGates } from "../compare/gates/check.ts";
import { type Gate, Gates } from "../compare/gates/schema.ts";
import { FINDINGS } from "../findings/index.ts";
import { checkedJson } from "./checkedJson.ts";

/** The rules of a gates file, each of which names what a Summary can have. */
export function gatesOf(text: string, file: string): readonly Gate[] {
  const { gates } = checkedJson<Gates>(Gates, text, file);
  checkGates(gates, file, {
    metrics: Object.fromEntries(METRICS.map(({ id, schema }) => [id, schema])),
    findings: FINDINGS.map(({ id }) => id),
  });
  return gates;
}
