import { TraceError } from "../../model/errors.ts";
import { type MetricSchemas, nearest, numberPaths, patternOf } from "./paths.ts";
import type { Gate } from "./schema.ts";

/** What rules may name. */
export interface Known {
  /** The schema of each metric's value, by its id. */
  readonly metrics: MetricSchemas;
  readonly findings: readonly string[];
}

/** Throws where a rule names what no Summary can have, or limits nothing. */
export function checkGates(gates: readonly Gate[], file: string, known: Known): void {
  const paths = numberPaths(known.metrics);
  for (const [index, gate] of gates.entries()) {
    const place = `rule ${index + 1}`;
    if (gate.max === undefined && gate.min === undefined)
      throw new TraceError({ file }, "missing", `limit in ${place}`, 'give "max" or "min"');
    if ("metric" in gate) expectKnown("metric", gate.metric, patternOf(gate.metric), paths, file);
    else expectKnown("finding", gate.finding, gate.finding, known.findings, file);
  }
}

function expectKnown(what: string, name: string, pattern: string, all: readonly string[], file: string): void {
  if (all.includes(pattern)) return;
  throw new TraceError({ file }, "unknown", `${what} "${name}"`, `the nearest are ${nearest(pattern, all).join(", ")}`);
}
