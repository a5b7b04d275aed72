import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/analysis/analyse.ts";
import { type ScopeMembers, scopeMembers } from "../../src/analysis/scopes/scopeMembers.ts";
import { selectedExtents, surveyTrace } from "../../src/convert/extents.ts";
import { randomTrace } from "../support/randomTrace.ts";
import { slowReader } from "../support/slowTrace.ts";

const NOT_HERE = ["other-spans"];

describe("the members of scopes", () => {
  it("are the requests that the analysis counts in them, under the same ids", async () => {
    const property = fc.asyncProperty(randomTrace, fc.integer({ min: 1, max: 50 }), async (trace, batchRows) => {
      const read = slowReader(trace, batchRows);
      const { scopeList } = await analyse(read);
      const survey = await surveyTrace(read);
      const members = scopeMembers(survey.end, survey.extents);
      const requestsOf = async ({ devices, rows }: ScopeMembers) => {
        const always = { fromNs: Number.NEGATIVE_INFINITY, untilNs: Number.POSITIVE_INFINITY };
        const extents = await selectedExtents(read, survey, { devices, rows, ...always });
        return [...extents.values()].reduce((sum, { requests }) => sum + requests, 0);
      };
      for (const { id, requests } of scopeList.filter((scope) => !NOT_HERE.includes(scope.id))) {
        const own = members.find((scope) => scope.id === id);
        expect(own === undefined ? null : await requestsOf(own), id).toBe(requests);
      }
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it("give every span a scope, and the devices beyond 16 one together", () => {
    const devices = Array.from({ length: 18 }, (_, i) => ({ name: `sd${i}`, stacked: false }));
    const spans = Array.from({ length: 20 }, (_, i) => ({
      name: "s",
      source: "message",
      fromRow: i,
      toRow: i + 1,
      fromNs: i,
      toNs: i + 1,
    }));
    const loads = new Map(devices.map((_, i) => [i, { requests: 1, bytes: i }]));
    const members = scopeMembers({ devices, spans } as unknown as Parameters<typeof scopeMembers>[0], loads);
    const ids = members.map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith("span-"))).toHaveLength(20);
    expect(ids.filter((id) => id.startsWith("device-"))).toHaveLength(16);
    expect(members.at(-1)).toMatchObject({ id: "other-devices", devices: new Set([0, 1]) });
    expect(members.find(({ id }) => id === "marked")!.rows).toEqual([[0, 20]]);
  });
});
