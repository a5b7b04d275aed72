import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/analysis/analyse.ts";
import { randomTrace } from "../support/randomTrace.ts";
import { type Happening, type SlowTrace, slowReader } from "../support/slowTrace.ts";

type Completion = Extract<Happening, { what: "completion" }>;

/** The trace with the completions of each moment in another order: all where the last of them was. */
function shuffled(trace: SlowTrace, keys: readonly number[]): SlowTrace {
  const { history } = trace;
  const moments = new Map<number, Completion[]>();
  for (const happening of history)
    if (happening.what === "completion") {
      const { completeNs } = happening.completion;
      moments.set(completeNs, [...(moments.get(completeNs) ?? []), happening]);
    }
  const key = ({ completion: { row } }: Completion) => keys[row % keys.length]!;
  return {
    ...trace,
    history: history.flatMap((happening): Happening[] => {
      if (happening.what !== "completion") return [happening];
      const moment = moments.get(happening.completion.completeNs)!;
      return moment.at(-1) === happening ? moment.toSorted((a, b) => key(a) - key(b)) : [];
    }),
  };
}

/** All but the company of the slowest: of requests that begin and end at one moment, the one told first was there first. */
async function figures(trace: SlowTrace) {
  const { scopes, scopeList, sequence, slowest } = await analyse(slowReader(trace));
  const alone = slowest.map(({ whenIssued: _, whileRunning: __, largestOther: ___, ...request }) => request);
  return { scopes, scopeList, sequence, slowest: alone };
}

describe("the figures of a trace", () => {
  it("do not depend on the order in which it tells of completions at the same time", async () => {
    const keys = fc.array(fc.nat(), { minLength: 5, maxLength: 40 });
    const property = fc.asyncProperty(randomTrace, keys, async (trace, order) => {
      expect(await figures(shuffled(trace, order))).toEqual(await figures(trace));
    });
    await fc.assert(property, { numRuns: 20 });
  });
});
