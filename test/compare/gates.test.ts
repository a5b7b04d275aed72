import { Check } from "typebox/value";
import { describe, expect, it } from "vitest";
import { METRICS } from "../../src/analysis/metrics/index.ts";
import { checkGates } from "../../src/compare/gates/check.ts";
import { evaluateGates, gatesHold } from "../../src/compare/gates/index.ts";
import { type Gate, Gates } from "../../src/compare/gates/schema.ts";
import { leavesOf } from "../../src/compare/leaves.ts";
import { summaryOf } from "./kit.ts";

const a = await summaryOf("a", ["R 0 8", "W 63 8", "W 71 8", "R 100 1"]);
const b = await summaryOf("b", ["R 0 8", "W 64 8", "W 72 16"]);
const empty = await summaryOf("empty", []);

const UNALIGNED_WRITES = "alignment.byOp.write.unaligned";
const known = {
  metrics: Object.fromEntries(METRICS.map(({ id, schema }) => [id, schema])),
  findings: ["flush-storm", "unaligned-writes"],
};

/** Whether the rule holds from A to B, or why not. */
function outcome(gate: Gate, from = a, to = b): true | string | null {
  const [result] = evaluateGates([gate], [from], [to]);
  return result!.holds || result!.why;
}

describe("a limit", () => {
  it("that is a number is one on B", () => {
    expect(outcome({ metric: UNALIGNED_WRITES, max: 0 })).toBe(true);
    expect(outcome({ metric: UNALIGNED_WRITES, max: 0 }, b, a)).toBe("2 is not ≤ 0");
    expect(outcome({ metric: "requests.total", min: 4 })).toBe("3 is not ≥ 4");
  });

  it('that is "+N" or "-N" is a change from A', () => {
    expect(outcome({ metric: UNALIGNED_WRITES, max: "+0" })).toBe(true);
    expect(outcome({ metric: UNALIGNED_WRITES, max: "+0" }, b, a)).toBe("2 is not ≤ 0");
    expect(outcome({ metric: UNALIGNED_WRITES, max: "-2" })).toBe(true);
    expect(outcome({ metric: UNALIGNED_WRITES, max: "-3" })).toBe("0 is not ≤ -1");
    expect(outcome({ metric: "requests.total", min: "-1" })).toBe(true);
  });

  it('that is "+N%" is relative to A', () => {
    expect(outcome({ metric: "requests.byOp.write.bytes", max: "+50%" })).toBe(true);
    expect(outcome({ metric: "requests.byOp.write.bytes", max: "+49.9%" })).toBe("12288 is not ≤ 12279.808");
  });

  it("on a list's item is found by its key", () => {
    expect(outcome({ metric: "alignment.byBoundary.65536.byOp.write.unaligned", max: 1 })).toBe("2 is not ≤ 1");
  });
});

describe("a rule", () => {
  it("counts an op that does not occur as 0", () => {
    expect(outcome({ metric: "requests.byOp.discard.bytes", max: 0 })).toBe(true);
    expect(outcome({ metric: "requests.byOp.discard.bytes", min: 1 })).toBe("0 is not ≥ 1");
  });

  it("on a figure that the trace does not record fails", () => {
    expect(outcome({ metric: "latency.phases.d2c.p99Ns", max: 2_000_000 })).toBe("B does not record it");
    expect(outcome({ metric: "latency.byOp.write.d2c.p99Ns", max: 2_000_000 })).toBe("B does not record it");
  });

  it("fails in a scope that the trace does not have", () => {
    expect(outcome({ metric: "requests.total", max: 9, scope: "marked" })).toBe("B does not record it");
  });

  it("on a finding counts it", () => {
    const [finding] = a.findings;
    expect(outcome({ finding: finding!.id, max: 0 }, b, a)).toBe("1 is not ≤ 0");
    expect(outcome({ finding: finding!.id, max: "+0" }, a, a)).toBe(true);
  });

  it("with both limits is two", () => {
    const results = evaluateGates([{ metric: "requests.total", min: 1, max: 2 }], [a], [b]);
    expect(results.map(({ rule, holds }) => [rule, holds])).toEqual([
      ["≤ 2", false],
      ["≥ 1", true],
    ]);
  });

  it("stops nothing where it only warns, or is off", () => {
    const gate: Gate = { metric: "requests.total", max: 0 };
    expect(gatesHold(evaluateGates([gate], [a], [b]))).toBe(false);
    expect(gatesHold(evaluateGates([{ ...gate, level: "warn" }], [a], [b]))).toBe(true);
    expect(gatesHold(evaluateGates([{ ...gate, level: "off" }], [a], [b]))).toBe(true);
  });

  it("is judged by the medians of several runs", () => {
    const [result] = evaluateGates([{ metric: "requests.total", max: 3 }], [a], [a, b, b]);
    expect(result).toMatchObject({ a: 4, b: 3, holds: true });
  });
});

describe("an empty trace", () => {
  it("never passes", () => {
    expect(gatesHold(evaluateGates([], [a], [empty]))).toBe(false);
    expect(gatesHold(evaluateGates([], [empty], [a]))).toBe(false);
    expect(gatesHold(evaluateGates([], [a], [b]))).toBe(true);
  });
});

describe("a rule's name", () => {
  const check = (gate: Gate) => () => checkGates([gate], "gates.json", known);

  it("that no Summary can have is unknown, and the nearest are said", () => {
    expect(check({ metric: "alignment.byOp.wrte.unaligned", max: 0 })).toThrow(
      'gates.json: unknown metric "alignment.byOp.wrte.unaligned"; the nearest are alignment.byOp.write.unaligned,',
    );
    expect(check({ finding: "flush-strom", max: 0 })).toThrow(
      'unknown finding "flush-strom"; the nearest are flush-storm',
    );
  });

  it("of a whole metric or of a list is unknown: only single numbers have limits", () => {
    expect(check({ metric: "alignment", max: 0 })).toThrow("unknown metric");
    expect(check({ metric: "sectorMap.runs", max: 0 })).toThrow("unknown metric");
  });

  it("without a limit is refused", () => {
    expect(check({ metric: UNALIGNED_WRITES })).toThrow('gates.json: missing limit in rule 1; give "max" or "min"');
  });

  it("may be every number that a Summary has", () => {
    for (const { metric } of leavesOf(a.scopes["whole"])) expect(check({ metric, max: 0 }), metric).not.toThrow();
  });
});

describe("the schema of gates", () => {
  it("takes the levels and limits that are meant, and nothing else", () => {
    const gates = (gate: object) => Check(Gates, { gates: [gate] });
    expect(gates({ metric: "requests.total", max: "+5%", level: "warn" })).toBe(true);
    expect(gates({ finding: "flush-storm", max: 0 })).toBe(true);
    expect(gates({ metric: "requests.total", max: "5%" })).toBe(false);
    expect(gates({ metric: "requests.total", max: 0, level: "fatal" })).toBe(false);
    expect(gates({ metric: "requests.total", most: 0 })).toBe(false);
    expect(Check(Gates, { gates: [] })).toBe(false);
  });
});
