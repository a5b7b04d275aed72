import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { ContentKeys } from "../../src/report/contentKeys.ts";
import { pageKeys } from "../../src/report/pages/pageKeys.ts";
import { sitePages } from "../../src/report/pages/sitePages.ts";
import type { SiteModel, TraceEntry } from "../../src/report/siteModel.ts";
import { filesBesidePages, pageFiles } from "../../src/site/sitePlan.ts";
import { figureOf, HELLO, modelOf, summaryOf, traceOf } from "../report/fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "blkreport-stored-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const figures = [figureOf("sizes")];

/** Two traces in a folder and one alone; of the first its title is given. */
function siteOf(title: string): { model: SiteModel; keys: ContentKeys; files: [] } {
  const entries = ["a", "b", "c"].map((slug) => {
    const summary = summaryOf(HELLO, { trace: { slug, title: slug === "a" ? title : slug } });
    return { ...traceOf(summary, figures), group: slug === "c" ? "" : "folder" };
  });
  const keys = new Map(entries.map((entry) => [entry.slug, JSON.stringify(entry)]));
  const model = modelOf({ traces: entries });
  return { model, keys: { traces: keys, comparisons: new Map(), histories: new Map() }, files: [] };
}

/** What a site would publish, by path. */
async function published(title: string): Promise<ReadonlyMap<string, string>> {
  const site = siteOf(title);
  const places = { cacheDir: join(folder, "cache"), verify: false };
  const files = [...(await pageFiles(site, places)), ...(await filesBesidePages(site, places))];
  return new Map(files.map(({ path, source }) => [path, "file" in source ? source.sha256 : source.text]));
}

test("a trace that has changed changes its own files, its folder's and the catalogue, and no others", async () => {
  const before = await published("before");
  const after = await published("after");
  expect([...after.keys()]).toEqual([...before.keys()]);
  const changed = [...after.keys()].filter((path) => after.get(path) !== before.get(path)).sort();
  expect(changed).toEqual([
    "groups/folder/index.html",
    "groups/folder/matrix.json",
    "index.html",
    "index.json",
    "traces/a/index.html",
    "traces/a/report.html",
    "traces/a/summary.json",
  ]);
});

test("a Summary is read once for the catalogue and index.json, and not at all where nothing changed", async () => {
  const reads: string[] = [];
  const readsOf = async (title: string) => {
    const { model, ...site } = siteOf(title);
    const traces = model.traces.map((entry) => watched(entry, () => reads.push(entry.slug)));
    const places = { cacheDir: join(folder, "watched"), verify: false };
    const watchedSite = { ...site, model: { ...model, traces } };
    reads.length = 0;
    await pageFiles(watchedSite, places);
    await filesBesidePages(watchedSite, places);
    return [...reads];
  };
  await readsOf("before");
  expect(await readsOf("before")).toEqual([]);
  const after = await readsOf("after");
  expect(after.filter((slug) => slug === "c")).toHaveLength(1);
});

/** An entry that says when its Summary is asked for. */
function watched(entry: TraceEntry, note: () => void): TraceEntry {
  if (!entry.ok) return entry;
  const { summary } = entry;
  return Object.defineProperty({ ...entry }, "summary", {
    get() {
      note();
      return summary;
    },
  });
}

test("a new comparison changes what the pages of its traces depend on, and no other trace's", () => {
  const { model, keys } = siteOf("a");
  const [a, b] = model.traces.map((trace) => (trace.ok ? trace.summary : null));
  const compared = { slug: "a..b", a: a!, b: b!, figures: [], gates: [], isWithBase: false };
  const after = { ...model, comparisons: [{ ...compared, diff: {} as never }] };
  const keysOf = (of: SiteModel) =>
    sitePages(of).addresses.traces.map((address) => pageKeys(of, keys).page("traces", address));
  expect(keysOf(after).map((key, i) => key === keysOf(model)[i])).toEqual([false, false, true]);
});
