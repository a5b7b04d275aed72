import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { detect } from "../../src/formats/detect.ts";
import { FORMATS, formatById } from "../../src/formats/index.ts";
import { qtr } from "../../src/formats/qtr/index.ts";
import { head as headOfFile } from "../../src/io/fileInput.ts";
import type { ReadHints } from "../../src/model/format.ts";
import { headOf } from "../support/inputs.ts";

const TRACES = ["test/golden/formats", "traces"];

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** What the side file of a golden trace says of how to read it. */
function hintsBeside(path: string): ReadHints {
  const file = join(dirname(path), "read.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as ReadHints) : {};
}

const traces = TRACES.flatMap(filesBelow).filter((path) => !path.endsWith(".json"));

describe("detection", () => {
  it.each(traces)("finds exactly one format for %s", async (path) => {
    const head = await headOfFile(path, path);
    const hints = hintsBeside(path);
    const matches = FORMATS.filter((format) => format.detect(head, hints).match);
    expect(matches.length).toBe(hints.format === undefined ? 1 : Math.min(1, matches.length));
    expect(detect(head, hints).format).not.toBeNull();
  });

  it("never finds two formats for a broken file", () => {
    for (const path of filesBelow("test/broken")) {
      const head = headOf(path, readFileSync(path));
      expect(FORMATS.filter((format) => format.detect(head, {}).match).length, path).toBeLessThan(2);
    }
  });

  it("does not depend on the name", () => {
    const bytes = new TextEncoder().encode("S 8\nR 0 1\n");
    expect(detect(headOf("vda.blktrace.0", bytes)).format).toBe(qtr);
  });

  it("decides by a cut head as by the whole file", () => {
    const bytes = new TextEncoder().encode(`S 20480\n${"R 0 8\n".repeat(20000)}`);
    const head = headOf("disk", bytes);
    expect([head.complete, detect(head).format]).toEqual([false, qtr]);
  });

  it("says why each format does not recognise a file", () => {
    const detected = detect(headOf("notes.txt", new TextEncoder().encode("S.O.S.\n")));
    expect(detected).toMatchObject({
      format: null,
      tried: FORMATS.map(({ id }) => ({ id, reason: expect.stringMatching(/^\S.*[^.]$/) })),
    });
  });

  it("leaves a file in which two formats are mixed to its side file", () => {
    const events = ["31055736541 D vda 4801 34818 1310720 dd 286", "31060830261 C vda 4801 34818 1310720 err=0"];
    const head = headOf("disk", new TextEncoder().encode(["S 8", "R 0 8", ...events].join("\n")));
    const { format, reason } = detect(head);
    expect(format).toBeNull();
    expect(reason).toMatch(/^it may be .* or .*; say "read": .*"qtr"/);
    expect(detect(head, { format: "qtr" }).format).toBe(qtr);
  });
});

describe("the list of formats", () => {
  it("names each format once", () => {
    expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length);
  });

  it("finds a format by its id, and no other", () => {
    for (const format of FORMATS) expect(formatById(format.id)).toBe(format);
    expect(() => formatById("__proto__")).toThrow("no format has the id");
  });
});
