import { describe, expect, it } from "vitest";
import { storedSummary, summaryReader } from "../../src/report/storedSummary.ts";
import { HELLO, summaryOf } from "./fixture.ts";

const summary = summaryOf(HELLO);
const SLOW = {
  ...{ row: 0, op: "read", offsetBytes: 0, lengthBytes: 512, issueNs: 0, latencyNs: 1, device: 0 },
  ...{ whenIssued: null, whileRunning: null, largestOther: null },
};
const withSequence = (changes: object) => ({ ...summary, sequence: { ...summary.sequence, ...changes } });
const withRequest = (request: readonly (number | null)[]) => withSequence({ requests: [request] });
const said = (step: () => unknown) => {
  try {
    return step();
  } catch (error) {
    return (error as Error).message;
  }
};

describe("a stored Summary", () => {
  it.each<[string, unknown]>([
    ["is what was written", summary],
    ["lacks no part", { ...summary, quality: undefined }],
    [
      "has no text for a number",
      { ...summary, trace: { ...summary.trace, files: [{ name: "a", bytes: "1", sha256: "" }] } },
    ],
    ["opens in a scope that it has", { ...summary, defaultScope: "../../etc" }],
    ["lists no scope that it lacks", { ...summary, scopes: {} }],
    ["lists each scope once", { ...summary, scopeList: [summary.scopeList[0], summary.scopeList[0]] }],
    ["has the devices of its scopes", { ...summary, scopeList: [{ ...summary.scopeList[0], devices: [1] }] }],
    ["has the devices of its slowest requests", { ...summary, slowest: [{ ...SLOW, device: 7 }] }],
    ["has no operation that nobody knows", { ...summary, slowest: [{ ...SLOW, op: "constructor" }] }],
    ["has the ops of its requests", withRequest([99, 0, 512, 0, null, 0, 0, 0])],
    ["has the devices of its requests", withRequest([0, 0, 512, 0, null, 1, 0, 0])],
    ["has the processes of its requests", withRequest([0, 0, 512, 0, null, 0, 1, 0])],
    ["has its columns in their order", withSequence({ columns: summary.sequence.columns.toReversed() })],
  ])("%s, whether one or many are read", (_, value) => {
    const text = JSON.stringify(value);
    const one = said(() => storedSummary(text, "a/summary.json"));
    expect(said(() => summaryReader(100)(text, "a/summary.json"))).toEqual(one);
    if (value === summary) expect(one).toEqual(summary);
    else expect(one).toMatch(/^a\/summary\.json: (invalid|missing) .+; /);
  });
});
