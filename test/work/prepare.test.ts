import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Prepared, prepare } from "../../src/work/prepare.ts";
import { contents, write } from "../support/folders.ts";

const QTR = ["S 2048", "R 0 8", "W 63 8", "W 71 2", "R 64 8", ""].join("\n");
const TRACES = {
  "good.qtr": QTR,
  "lv/head.qtr": QTR.replace("W 63", "W 64"),
  "lv/head.qtr.json": JSON.stringify({ title: "Head", baseline: "good" }),
  "broken.qtr": "S 2048\nR 0 8\nR nine\n",
  "side.qtr": QTR,
  "side.qtr.json": '{ "titel": "x" }',
  "empty.qtr": "",
  "notes.txt": "nothing that was traced\n",
};

const root = mkdtempSync(join(tmpdir(), "blkreport-test-"));
/** What a build knows of files, beside its results. */
const MEMORIES = ["hashes.json", "formats.json"];
const tracesDir = join(root, "traces");
const build = (cache: string, more: { jobs?: number; strict?: boolean } = {}) =>
  prepare({
    tracesDir,
    cacheDir: join(root, cache),
    jobs: 2,
    strict: false,
    verify: false,
    onProgress: () => {},
    ...more,
  });
const bytes = ({ files }: Prepared) =>
  files.map(({ path, source }) => [path, "file" in source ? readFileSync(source.file, "base64") : source.text]);

let first: Prepared;
beforeAll(async () => {
  write(tracesDir, TRACES);
  first = await build("cache");
}, 120_000);
afterAll(() => rmSync(root, { recursive: true }));

describe("prepare", () => {
  it("gives every trace in order of its folder, the broken ones with what is wrong", () => {
    expect(first.model.traces.map(({ slug, group, ok }) => [slug, group, ok])).toEqual([
      ["broken", "", false],
      ["good", "", true],
      ["side", "", false],
      ["lv-head", "lv", true],
    ]);
    expect(first.failures.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^broken\.qtr:3: invalid .*; /),
      expect.stringMatching(/^side\.qtr\.json: unknown key "titel"; /),
    ]);
  });

  it("says in one notice which files are no traces, and why", () => {
    expect(first.model.notices).toEqual([
      expect.stringMatching(
        /^2 files are no trace and passed over: empty\.qtr \(the file is empty\), notes\.txt \(no format recognises it/,
      ),
    ]);
  });

  it("draws every scope of every trace where its pages look for it", () => {
    const paths = first.files.map(({ path }) => path);
    for (const ending of ["svg", "narrow.svg", "png", "vl.json", "csv"]) {
      expect(paths).toContain(`traces/good/charts/whole/sector-map.${ending}`);
      expect(paths).toContain(`compare/good..lv-head/charts/difference-map.${ending}`);
    }
    expect(first.files.every((file) => file.class === "asset")).toBe(true);
  });

  it("names a trace by its side file, else by its path", () => {
    const titles = first.model.traces.map((trace) => (trace.ok ? trace.summary.trace.title : trace.title));
    expect(titles).toEqual(["broken.qtr", "good.qtr", "side.qtr", "Head"]);
  });

  it("compares with the baseline", () => {
    const [comparison] = first.model.comparisons;
    expect(comparison?.slug).toBe("good..lv-head");
    expect(comparison?.diff.a.slug).toBe("good");
    expect(comparison?.figures.map(({ id }) => id)).toContain("difference-map");
  });

  it("gives the same from the cache, and adds nothing to it", async () => {
    const entries = () => Object.keys(contents(join(root, "cache"))).filter((name) => !MEMORIES.includes(name));
    const before = entries();
    expect(await build("cache")).toStrictEqual(first);
    expect(entries()).toEqual(before);
  });

  it("gives the same bytes with any number of workers", async () => {
    const other = await build("cache-of-three", { jobs: 3 });
    expect(bytes(other)).toEqual(bytes(first));
    expect(other.model).toEqual(first.model);
  }, 120_000);

  it("stops at the first broken trace when it is to be strict", async () => {
    await expect(build("cache", { strict: true })).rejects.toThrow(/side\.qtr\.json: unknown key "titel"/);
  });
});
