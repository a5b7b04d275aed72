import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { openCache } from "../../src/io/cache.ts";
import { vegaSvg } from "../../src/render/compile.ts";
import { shareDataflows } from "../../src/work/dataflows.ts";

const cachePlace = { cacheDir: mkdtempSync(join(tmpdir(), "dataflows-")), fingerprint: "one" };
afterAll(() => rmSync(cachePlace.cacheDir, { recursive: true }));

const bars = (values: readonly object[], more: object = {}) => ({
  width: 100,
  height: 50,
  data: { values },
  mark: "bar",
  encoding: { x: { field: "x", type: "quantitative" }, ...more },
});
const kept = () =>
  readdirSync(cachePlace.cacheDir, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));

it("keeps what a spec was compiled to, once for all data, but not where vega complains", async () => {
  shareDataflows(cachePlace);
  await vegaSvg(bars([{ x: 1 }]));
  await vegaSvg(bars([{ x: 2 }]));
  expect(kept()).toHaveLength(1);
  await expect(vegaSvg(bars([{ x: 1 }], { shape: { field: "x" } }))).rejects.toThrow(/makes vega complain/);
  expect(kept()).toHaveLength(1);
});

it("draws the same from what another thread has compiled", async () => {
  const drawn = await vegaSvg(bars([{ x: 1 }]));
  vi.resetModules();
  const fresh = await import("../../src/render/compile.ts");
  const cache = openCache(cachePlace.cacheDir, cachePlace);
  const compileNothing = () => Promise.reject(new Error("it was compiled again"));
  fresh.keepDataflows((spec) => cache.json("dataflow", spec, compileNothing));
  expect(await fresh.vegaSvg(bars([{ x: 1 }]))).toBe(drawn);
  await expect(fresh.vegaSvg(bars([{ x: 1 }], { y: { field: "y" } }))).rejects.toThrow("it was compiled again");
});
