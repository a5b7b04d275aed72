import { describe, expect, it } from "vitest";
import { storedSummary, summaryReader } from "../../src/report/storedSummary.ts";
import { HELLO, summaryOf } from "./fixture.ts";

const summary = summaryOf(HELLO);
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
  ])("%s, whether one or many are read", (_, value) => {
    const text = JSON.stringify(value);
    const one = said(() => storedSummary(text, "a/summary.json"));
    expect(said(() => summaryReader(100)(text, "a/summary.json"))).toEqual(one);
    if (value === summary) expect(one).toEqual(summary);
    else expect(one).toMatch(/^a\/summary\.json: (invalid|missing) .+; /);
  });
});
