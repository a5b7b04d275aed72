import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { compare } from "../../src/compare/index.ts";
import { dataParts } from "../../src/report/pages/dataFiles.ts";
import type { BrokenTrace } from "../../src/report/siteModel.ts";
import { HELLO, modelOf, summaryOf, traceOf } from "./fixture.ts";

const summary = summaryOf(HELLO);
const BROKEN: BrokenTrace = {
  ok: false,
  slug: "broken",
  group: "disk",
  title: "disk/broken",
  message: "broken.qtr:3: invalid sector; expected a number",
  place: "broken.qtr:3",
  what: "invalid sector",
  cure: "expected a number",
  files: [],
};
const files = new Map(
  dataParts(
    modelOf({
      traces: [traceOf(summary), BROKEN],
      comparisons: [
        {
          slug: "x..y",
          a: summary,
          b: summary,
          diff: compare(summary, summary),
          figures: [],
          gates: [],
          isWithBase: false,
        },
      ],
    }),
  )
    .flatMap((part) => part.files())
    .map(({ path, text }) => [path, text]),
);

function json(path: string): Record<string, unknown> {
  return JSON.parse(files.get(path) ?? "null") as Record<string, unknown>;
}

describe("the files for programs", () => {
  it("are at the addresses that the site promises", () => {
    expect([...files.keys()].sort()).toEqual([
      "compare/x..y/diff.json",
      "compare/x..y/diff.md",
      "compare/x..y/metrics.csv",
      "index.json",
      "schema/broken.json",
      "schema/diff.json",
      "schema/gates.json",
      "schema/history.json",
      "schema/layout.json",
      "schema/matrix.json",
      "schema/sidefile.json",
      "schema/site.json",
      "schema/sources.json",
      "schema/summary.json",
      "sources.json",
      "traces/broken/broken.json",
      "traces/write-hello/requests.csv",
      "traces/write-hello/summary.json",
    ]);
  });

  it("hold to the schemas beside them", () => {
    const ajv = new Ajv({ code: { optimize: false } });
    expect(ajv.validate(json("schema/summary.json"), json("traces/write-hello/summary.json")), ajv.errorsText()).toBe(
      true,
    );
    expect(ajv.validate(json("schema/diff.json"), json("compare/x..y/diff.json")), ajv.errorsText()).toBe(true);
    for (const [name, file] of [
      ["sources", "sources.json"],
      ["broken", "traces/broken/broken.json"],
    ] as const)
      expect(ajv.validate(json(`schema/${name}.json`), json(file)), ajv.errorsText()).toBe(true);
  });

  it("have a line for each recorded request in requests.csv", () => {
    expect(files.get("traces/write-hello/requests.csv")?.trimEnd().split("\n")).toHaveLength(HELLO.length + 1);
  });

  it("catalogue what could be read and what could not", () => {
    expect(json("index.json")["traces"]).toMatchObject([
      { slug: "write-hello", ok: true, summary: "traces/write-hello/summary.json", requests: { total: 15 } },
      { slug: "broken", ok: false, message: "broken.qtr:3: invalid sector; expected a number" },
    ]);
  });
});
