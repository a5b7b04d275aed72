import { describe, expect, it } from "vitest";
import { METRICS } from "../../src/analysis/metrics/index.ts";
import { checkGates } from "../../src/compare/gates/check.ts";
import { layoutOfText } from "../../src/report/layoutFile.ts";
import { layoutGuidePage } from "../../src/report/pages/guide/layoutGuidePage.ts";

const { sections, frame } = layoutGuidePage({ title: "Block traces", url: null, date: null });
const commandsOf = (id: string) => sections.find((section) => section.id === id)!.commands;

describe("the guide to layouts", () => {
  it("stands at guide/layouts/, with its sections in the list", () => {
    expect(frame.path).toBe("guide/layouts/");
    expect(frame.toc.map(({ href }) => href)).toEqual(["#make", "#file", "#use"]);
  });

  it("shows a file that is a layout", () => {
    const { devices } = layoutOfText(commandsOf("file")[0]!.text, "work.log.layout.json");
    expect(devices[0]?.structures.map(({ name }) => name)).toEqual(["sda1", "ext2", "superblock", "/hello"]);
  });

  it("shows a limit that may be set", () => {
    const { gates } = JSON.parse(commandsOf("use")[0]!.text);
    const metrics = Object.fromEntries(METRICS.map(({ id, schema }) => [id, schema]));
    expect(() => checkGates(gates, "blkreport.json", { metrics, findings: [] })).not.toThrow();
  });
});
