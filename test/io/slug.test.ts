import { describe, expect, it } from "vitest";
import { slugOf, uniqueSlugs } from "../../src/io/slug.ts";

describe("slugOf", () => {
  it.each([
    ["lv/a.qtr", "lv-a"],
    ["x/sda", "x-sda"],
    ["x/sda.blktrace.12", "x-sda"],
    ["01-mkfs/nbdkit.log", "01-mkfs-nbdkit"],
    ["a.qtr.gz", "a"],
    ["Boot A/Write  Hello!.LOG", "boot-a-write-hello"],
    ["fio v1.2/run.3.log", "fio-v1-2-run-3"],
    ["café/naïve.qtr", "cafe-naive"],
    ["_/--a--.qtr", "a"],
    ["日本.qtr", "trace"],
    ["x/.qtr", "x-qtr"],
  ])("%s is %s", (path, slug) => {
    expect(slugOf(path)).toBe(slug);
  });

  it("is short enough for two of them to name a folder, and never ends in a hyphen", () => {
    const slug = slugOf(`${"ab ".repeat(200)}.qtr`);
    expect(slug.length).toBeLessThanOrEqual(120);
    expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it("is the same for both ways to write an accent", () => {
    expect(slugOf("caf\u00e9.qtr")).toBe(slugOf("cafe\u0301.qtr"));
  });
});

describe("uniqueSlugs", () => {
  it("numbers those that collide in the order given, and says so", () => {
    const { slugs, notices } = uniqueSlugs(["a.log", "a.qtr", "a/2.qtr", "A.qtr"]);
    expect(slugs).toEqual(["a", "a-2", "a-2-2", "a-3"]);
    expect(notices).toEqual([
      "a.qtr is published as a-2: a.log is a already",
      "a/2.qtr is published as a-2-2: a.qtr is a-2 already",
      "A.qtr is published as a-3: a.log is a already",
    ]);
  });
});
