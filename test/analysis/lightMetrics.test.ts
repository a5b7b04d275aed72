import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/analysis/analyse.ts";
import { expectAgreement } from "../support/agree.ts";
import { randomTrace } from "../support/randomTrace.ts";
import { slowScopes } from "../support/slowReference.ts";
import { slowReader } from "../support/slowTrace.ts";

const batchRows = fc.integer({ min: 1, max: 8 });

describe("the light metrics of any trace", () => {
  it("agree with the slow reference in every scope, whatever the size of the batches", async () => {
    await fc.assert(
      fc.asyncProperty(randomTrace, batchRows, async (trace, rows) => {
        const analysis = await analyse(slowReader(trace, rows));
        const exact = slowScopes(trace);
        for (const id of analysis.scopeList.map((scope) => scope.id)) if (id.startsWith("other-")) return;
        expect(Object.keys(analysis.scopes).sort()).toEqual(Object.keys(exact).sort());
        for (const [scope, metrics] of Object.entries(exact))
          for (const [metric, result] of Object.entries(metrics))
            expectAgreement(analysis.scopes[scope]![metric as "requests"], result, `${scope}.${metric}`);
      }),
      { numRuns: 12 },
    );
  });

  it("give the same Summary for batches of one row and of many", async () => {
    await fc.assert(
      fc.asyncProperty(randomTrace, batchRows, async (trace, rows) => {
        const one = await analyse(slowReader(trace, rows));
        const whole = await analyse(slowReader(trace));
        const { end: _one, ...small } = one;
        const { end: _whole, ...large } = whole;
        expect(small).toEqual(large);
      }),
      { numRuns: 8 },
    );
  });
});
