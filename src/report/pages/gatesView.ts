import type { GateResult } from "../../compare/gates/index.ts";
import { gateMark, gateSummary } from "../diff/words.ts";
import type { Mark } from "./findingsView.ts";

/** The rules of a site, as one comparison keeps them. */
export interface GatesView {
  readonly answer: string;
  readonly rows: readonly GateRow[];
}

export interface GateRow {
  readonly mark: Mark & { readonly tone: string };
  readonly rule: string;
  readonly a: string;
  readonly b: string;
  /** Why it does not hold, or null. */
  readonly why: string | null;
}

const MARKS: Readonly<Record<ReturnType<typeof gateMark>, Mark & { readonly tone: string }>> = {
  pass: { icon: "good", word: "holds", tone: "good" },
  fail: { icon: "high", word: "fails", tone: "high" },
  warn: { icon: "medium", word: "warning", tone: "plain" },
  off: { icon: "few", word: "off", tone: "quiet" },
};

/** null where the site has no rules. */
export function gatesView(gates: readonly GateResult[]): GatesView | null {
  if (gates.length === 0) return null;
  const summary = gateSummary(gates);
  return { answer: `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`, rows: gates.map(rowOf) };
}

function rowOf(gate: GateResult): GateRow {
  const { name, scope, rule, a, b, why, level } = gate;
  return {
    mark: MARKS[gateMark(gate)],
    rule: `${name}${scope === null ? "" : ` in ${scope}`} ${rule}`,
    a: valueText(a),
    b: valueText(b),
    why: level === "off" ? null : why,
  };
}

/** As the rule is written: plain numbers. */
function valueText(value: number | null): string {
  return value === null ? "not recorded" : String(value);
}
