import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { blkreport, emptyFolder, ROOT } from "../support/site.ts";

const GOOD = "S 2048\nR 0 8\nW 64 8\n";
const UNALIGNED = "S 2048\nR 0 8\nW 63 8\nW 71 2\n";
const BROKEN = `S 2048\nR 0 8\n${"W 64 eight\n".repeat(5)}`;
const HOSTILE = 'q"><script>alert(1)<script> $(reboot) ..%2f.qtr';
const MORE_UNALIGNED = { metric: "alignment.byOp.write.unaligned", max: "+0" };

/** Traces that meet every way into a site: groups, slugs that are taken, a broken one, a foreign file, hostile names. */
const TRACES = {
  "a.qtr": GOOD,
  "a.log": GOOD.replace("W 64", "W 128"),
  "bad.qtr": BROKEN,
  "lv/b.qtr": UNALIGNED,
  "lv/b.qtr.json": '{ "title": "B", "baseline": "a", "tags": ["x"] }',
  "lv/empty.qtr": "S 2048\n",
  "notes.txt": "buy milk\n",
  [HOSTILE]: GOOD,
  "blkreport.json": JSON.stringify({ url: "https://example.org/x", comparisons: [["lv-b", "a"]] }),
};

let cache: string;
beforeAll(async () => {
  cache = await emptyFolder("cache");
});

async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await emptyFolder("shards");
  await mkdir(join(folder, "traces"));
  await put(folder, Object.fromEntries(Object.entries(files).map(([name, text]) => [`traces/${name}`, text])));
  return folder;
}

async function put(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

const run = (cwd: string, ...words: string[]) => blkreport([...words, "--cache", cache, "--jobs", "1"], { cwd });
const build = (cwd: string, output: string, ...words: string[]) => run(cwd, "build", "--output", output, ...words);
const summarize = (cwd: string, output: string, shard = "1/1") =>
  run(cwd, "summary", "--traces", "traces", "--shard", shard, "-o", output);

async function tree(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, "latin1")] as const);
  return new Map((await Promise.all(contents)).toSorted());
}

async function json(...path: string[]): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(...path), "utf8")) as Record<string, unknown>;
}

describe("summary --traces", () => {
  it("divides the traces among the shards: each goes to one, whatever the others do", async () => {
    const folder = await folderOf(TRACES);
    for (const shard of ["1/3", "2/3", "3/3"]) await summarize(folder, `s${shard[0]}`, shard);
    const slugs = await Promise.all(["s1", "s2", "s3"].map((name) => readdir(join(folder, name))));
    const traces = slugs.map((names) => names.filter((name) => name !== "sources.json"));
    expect(traces.map(({ length }) => length)).toEqual([2, 2, 2]);
    expect(traces.flat().sort()).toEqual(["a", "a-2", "bad", "lv-b", "lv-empty", "q-script-alert-1-script-reboot-2f"]);
    await summarize(folder, "all");
    for (const [i, names] of traces.entries())
      for (const name of names)
        expect(await tree(join(folder, `s${i + 1}`, name))).toEqual(await tree(join(folder, "all", name)));
  });

  it("exits 1 where a trace of its share is broken, and says in its place why", async () => {
    const folder = await folderOf({ "bad.qtr": BROKEN, "good.qtr": GOOD });
    const { status, stderr } = await summarize(folder, "s", "1/2");
    expect([status, stderr]).toEqual([1, expect.stringContaining("bad.qtr:3: invalid")]);
    expect(await readdir(join(folder, "s/bad"))).toEqual(["broken.json"]);
    expect((await summarize(folder, "t", "2/2")).status).toBe(0);
  });

  it("takes back what it said when the trace is mended", async () => {
    const folder = await folderOf({ "bad.qtr": BROKEN });
    await summarize(folder, "s");
    await put(folder, { "traces/bad.qtr": GOOD });
    expect((await summarize(folder, "s")).status).toBe(0);
    expect(await readdir(join(folder, "s/bad"))).toEqual(["summary.json"]);
  });

  it.each([
    [["--traces", "traces"], "missing -o DIR"],
    [["--traces", "traces", "-o", "s", "--shard", "3/2"], 'invalid --shard "3/2"; expected K/N'],
    [["--traces", "traces", "-o", "s", "--shard", "0/2"], 'invalid --shard "0/2"'],
    [["--traces", "traces", "-o", "s", "--text"], "invalid --text beside --traces"],
    [["--traces", "traces", "-o", "s", "a.qtr"], 'invalid TRACE "a.qtr" beside --traces'],
    [["-o", "s", "a.qtr"], "invalid --output without --traces"],
  ])("refuses %j", async (words, message) => {
    const { status, stderr } = await blkreport(["summary", ...words], { cwd: await folderOf({}) });
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("build --from", () => {
  it("gives the same bytes as a build from the traces, whatever the order of the shards", async () => {
    const folder = await folderOf(TRACES);
    for (const name of ["write-hello.log", "write-hello.log.json"])
      await cp(join(ROOT, "traces/guestfish", name), join(folder, "traces/guestfish", name), { recursive: true });
    const direct = await build(folder, "direct");
    await summarize(folder, "s1", "1/2");
    await summarize(folder, "s2", "2/2");
    const stored = await build(folder, "stored", "--from", "s2", "s1", "s2");
    expect([stored.status, stored.stderr]).toEqual([1, direct.stderr.replace("direct", "stored")]);
    const published = await tree(join(folder, "direct"));
    expect(published.size).toBeGreaterThan(100);
    expect(await tree(join(folder, "stored"))).toEqual(published);
    await build(folder, "again", "--from", "direct");
    expect(await tree(join(folder, "again"))).toEqual(published);
  });

  it("finds the folders of shards below one folder, as a job downloads them", async () => {
    const folder = await folderOf({ "a.qtr": GOOD, "b.qtr": UNALIGNED });
    await summarize(folder, "got/one", "1/2");
    await summarize(folder, "got/two", "2/2");
    const { status, stderr } = await build(folder, "output", "--from", "got");
    expect([status, stderr]).toEqual([0, expect.stringContaining("2 traces")]);
  });

  it("publishes in place of what a stopped shard did not write a page that says so, and exits 1", async () => {
    const folder = await folderOf({ "a.qtr": GOOD, "b.qtr": UNALIGNED });
    await summarize(folder, "s");
    await rm(join(folder, "s/b"), { recursive: true });
    await put(folder, { "s/b/summary.json.1-ab.tmp": '{ "schema": "blkrep' });
    const { status, stderr } = await build(folder, "output", "--from", "s");
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("b.qtr: missing summary; run the shard that has it again"),
    ]);
    expect(await readFile(join(folder, "output/traces/b/index.html"), "utf8")).toContain("run the shard");
    expect(await readFile(join(folder, "output/index.html"), "utf8")).toContain("traces/a/index.html");
  });

  it("passes over the Summary of a trace that is gone", async () => {
    const folder = await folderOf({ "a.qtr": GOOD, "b.qtr": UNALIGNED });
    await summarize(folder, "s");
    await rm(join(folder, "traces/b.qtr"));
    await summarize(folder, "s");
    const { status, stderr } = await build(folder, "output", "--from", "s");
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining("s/b/summary.json is passed over: its trace is gone"),
    ]);
    expect(await readdir(join(folder, "output/traces"))).toEqual(["a"]);
  });

  it("publishes a folder with nothing but Summaries of named traces", async () => {
    const folder = await folderOf({ "a.qtr": GOOD });
    const { stdout } = await blkreport(["summary", "traces/a.qtr"], { cwd: folder });
    await put(folder, { "s/any/summary.json": stdout });
    expect((await build(folder, "output", "--from", "s")).status).toBe(0);
    expect(await readdir(join(folder, "output/traces"))).toEqual(["a"]);
  });

  it("says of two Summaries of one path that differ which they are", async () => {
    const one = await folderOf({ "a.qtr": GOOD });
    const other = await folderOf({ "a.qtr": UNALIGNED });
    await summarize(one, "s");
    await summarize(other, "s");
    const { status, stderr } = await build(one, "output", "--from", "s", join(other, "s"));
    expect(status).toBe(1);
    expect(stderr).toContain('invalid second summary of "a.qtr": it differs from s/a/summary.json; keep the one');
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ["an empty folder", {}, /^blkreport: s: missing summary\.json; /m],
    ["what is no JSON", { "s/a/summary.json": "milk" }, /s\/a\/summary\.json: unknown kind of JSON/],
    [
      "JSON that is cut",
      { "s/a/summary.json": '{ "schema": "blkreport/summary/1",' },
      /s\/a\/summary\.json:1: invalid JSON/,
    ],
    ["a Summary that lacks parts", { "s/a/summary.json": '{ "schema": "blkreport/summary/1" }' }, /invalid content/],
    ["a wrong sources.json", { "s/sources.json": "[]" }, /s\/sources\.json: invalid content/],
    ["a wrong broken.json", { "s/a/broken.json": "{}" }, /s\/a\/broken\.json: invalid content/],
  ])("refuses %s", async (_, files, message) => {
    const folder = await folderOf({});
    await mkdir(join(folder, "s"));
    await put(folder, files);
    const { status, stderr } = await build(folder, "output", "--from", "s");
    expect([status, stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(stderr).not.toContain("    at ");
    expect(await readdir(folder)).not.toContain("output");
  });

  it("says of a folder that is not there, and of questions that contradict each other", async () => {
    const folder = await folderOf({});
    expect(await build(folder, "output", "--from", "nowhere")).toMatchObject({
      status: 1,
      stderr: /nowhere: missing folder/,
    });
    expect(await build(folder, "output", "--from", "s", "--traces", "t")).toMatchObject({ status: 2 });
    expect(await build(folder, "output", "s")).toMatchObject({ status: 2 });
  });

  it("publishes an empty site from the Summaries of no trace", async () => {
    const folder = await folderOf({ "blkreport.json": '{ "title": "None yet" }' });
    await summarize(folder, "s");
    expect((await build(folder, "output", "--from", "s")).status).toBe(0);
    expect(await readFile(join(folder, "output/index.html"), "utf8")).toContain("None yet");
  });
});

describe("build --base", () => {
  /** A base and, in traces/, what became of it. */
  async function changed(config: object = {}): Promise<string> {
    const folder = await folderOf({ "a.qtr": GOOD, "lv/b.qtr": GOOD, "old.qtr": GOOD, "was-bad.qtr": BROKEN });
    await summarize(folder, "base");
    await rm(join(folder, "traces/old.qtr"));
    await put(folder, {
      "traces/lv/b.qtr": UNALIGNED,
      "traces/new.qtr": GOOD,
      "traces/was-bad.qtr": GOOD,
      "traces/blkreport.json": JSON.stringify(config),
    });
    return folder;
  }

  it("compares each trace with the base's of its slug, which has a page in a group of its own", async () => {
    const folder = await changed({ url: "https://example.org/x/" });
    const { status, stderr } = await build(folder, "output", "--base", "base");
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining("2 traces without a base to compare with: new, was-bad"),
    ]);
    expect(stderr).toContain("1 trace of the base no longer here: old");
    expect(await readdir(join(folder, "output/compare"))).toEqual(["base-a..a", "base-lv-b..lv-b"]);
    const { traces } = await json(folder, "output/index.json");
    expect(traces).toContainEqual(
      expect.objectContaining({ slug: "base-lv-b", group: "base", title: "lv/b.qtr (base)" }),
    );
    expect(await readFile(join(folder, "output/compare/base-a..a/index.html"), "utf8")).toContain(
      "../../traces/base-a/index.html",
    );
    const comment = await readFile(join(folder, "output/diff.md"), "utf8");
    expect(comment).toContain("1 of 2 traces changed");
    expect(comment).toContain("[lv/b.qtr](https://example.org/x/compare/base-lv-b..lv-b/index.html)");
    expect(comment).toContain("(https://example.org/x/compare/base-lv-b..lv-b/charts/difference-map.png)");
    expect(comment).toContain("- 1 trace as before.\n- Without a base: new, was-bad.\n- No longer here: old.\n");
  });

  it("gives the same bytes from Summaries, and takes the output of another build as a base, without that one's bases", async () => {
    const folder = await changed();
    await build(folder, "first", "--base", "base");
    await summarize(folder, "s");
    await build(folder, "stored", "--from", "s", "--base", "base");
    expect(await tree(join(folder, "stored"))).toEqual(await tree(join(folder, "first")));
    const { stderr } = await build(folder, "second", "--from", "s", "--base", "first");
    expect(await readdir(join(folder, "second/compare"))).toEqual([
      "base-a..a",
      "base-lv-b..lv-b",
      "base-new..new",
      "base-was-bad..was-bad",
    ]);
    expect(stderr).not.toContain("no longer here");
  });

  it("gives a base another slug where a trace has it", async () => {
    const folder = await folderOf({ "a.qtr": GOOD, "base/a.qtr": UNALIGNED });
    await summarize(folder, "before");
    await build(folder, "output", "--base", "before");
    expect(await readdir(join(folder, "output/compare"))).toEqual(["base-a-2..a", "base-base-a..base-a"]);
  });

  it("publishes the rest and exits 1 where the base makes no sense", async () => {
    const folder = await folderOf({ "a.qtr": GOOD });
    await put(folder, { "base/a/summary.json": "milk" });
    const { status, stderr } = await build(folder, "output", "--base", "base");
    expect([status, stderr]).toEqual([1, expect.stringContaining("base/a/summary.json: unknown kind of JSON")]);
    expect(await readdir(join(folder, "output/traces"))).toEqual(["a"]);
  });

  it("holds every comparison to the gates of the site and of --gate, and exits 1 when one fails", async () => {
    const folder = await changed({ gates: [{ ...MORE_UNALIGNED, level: "warn" }] });
    const warned = await build(folder, "output", "--base", "base");
    expect(warned.status).toBe(0);
    expect(warned.stderr).toContain("base-lv-b..lv-b: warn: alignment.byOp.write.unaligned ≤ +0: 0 → 2: 2 is not ≤ 0");
    expect(warned.stderr).toContain("gates of 2 comparisons: every rule holds, 1 warning");
    await put(folder, { "gates.json": JSON.stringify({ gates: [MORE_UNALIGNED] }) });
    const failed = await build(folder, "output", "--base", "base", "--gate", "gates.json");
    expect([failed.status, failed.stderr]).toEqual([1, expect.stringContaining("1 rule fails, 1 warning")]);
    expect((await json(folder, "output/compare/base-lv-b..lv-b/diff.json"))["gates"]).toMatchObject([
      { level: "warn", holds: false },
      { level: "error", holds: false, a: 0, b: 2 },
    ]);
    for (const file of ["diff.md", "compare/base-lv-b..lv-b/diff.md", "compare/base-lv-b..lv-b/index.html"])
      expect(await readFile(join(folder, "output", file), "utf8"), file).toContain("2 is not ≤ 0");
  });

  it("says of a rule that means nothing which it is, and does nothing", async () => {
    const folder = await changed({ gates: [{ metric: "requests.totl", max: 1 }] });
    const { status, stderr } = await build(folder, "output", "--base", "base");
    expect([status, stderr]).toEqual([1, expect.stringContaining('blkreport.json: unknown metric "requests.totl"')]);
    await put(folder, { "gates.json": '{ "gates": [{ "metric": "requests.totl", "max": 1 }] }' });
    expect(await build(folder, "output", "--gate", "gates.json")).toMatchObject({ status: 2 });
  });
});
