import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { blkreport, emptyFolder, ROOT } from "../support/site.ts";

const BROKEN = `S 2048\nR 0 8\n${"W 64 eight\n".repeat(5)}`;
const GOOD = "S 2048\nR 0 8\nW 64 8\n";

async function traces(files: Record<string, string>): Promise<string> {
  const folder = await emptyFolder("cli");
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, "traces", name, ".."), { recursive: true });
    await writeFile(join(folder, "traces", name), text);
  }
  return folder;
}

let cache: string;
beforeAll(async () => {
  cache = await emptyFolder("cache");
});

/** Builds the site of a folder's traces; what other builds drew is not drawn again. */
function build(folder: string, ...more: string[]) {
  return blkreport(["build", "--traces", "traces", "--output", "output", "--cache", cache, "--jobs", "1", ...more], {
    cwd: folder,
  });
}

/** Recordings of two formats, compared. */
async function copyRecordings(folder: string): Promise<void> {
  const isWanted = async (path: string) =>
    /\/(write-hello|xfs-fstrim)\.[^/]*$/.test(path) || (await stat(path)).isDirectory();
  await cp(join(ROOT, "traces"), folder, { recursive: true, filter: isWanted });
  await writeFile(
    join(folder, "blkreport.json"),
    '{ "comparisons": [["guestfish-write-hello", "filesystems-xfs-fstrim"]] }',
  );
}

/** Copies a folder's files, the last first. */
async function copyBackwards(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort().reverse()) await cp(file, join(to, relative(from, file)));
}

async function tree(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.map(async (file) => [file.slice(folder.length), await readFile(file, "latin1")] as const)),
  );
}

describe("blkreport build", () => {
  it("publishes the good traces beside a broken one, says file, place, fact and cure, and exits 1", async () => {
    const folder = await traces({ "good.qtr": GOOD, "bad.qtr": BROKEN });
    const { status, stderr } = await build(folder);
    expect(status).toBe(1);
    expect(stderr).toMatch(/bad\.qtr:3: invalid .*; .+/);
    expect(await readFile(join(folder, "output/traces/good/index.html"), "utf8")).toContain("<h1");
    const page = await readFile(join(folder, "output/traces/bad/index.html"), "utf8");
    expect(page).toContain("bad.qtr:3");
    expect(await readFile(join(folder, "output/index.html"), "utf8")).toContain("traces/bad/");
  });

  it("stops at the broken trace with --strict, and publishes nothing", async () => {
    const folder = await traces({ "good.qtr": GOOD, "bad.qtr": BROKEN });
    const { status, stderr } = await build(folder, "--strict");
    expect(status).toBe(1);
    expect(stderr).toContain("bad.qtr:3");
    await expect(stat(join(folder, "output/index.html"))).rejects.toThrow("ENOENT");
  });

  it("passes over what is no trace, with one notice", async () => {
    const folder = await traces({ "good.qtr": GOOD, "notes.txt": "buy milk\n" });
    const { status, stderr } = await build(folder);
    expect(status).toBe(0);
    expect(stderr).toContain("notes.txt");
  });

  it("says which key of a side file is unknown", async () => {
    const folder = await traces({ "good.qtr": GOOD, "good.qtr.json": '{ "titel": "x" }' });
    const { status, stderr } = await build(folder);
    expect(status).toBe(1);
    expect(stderr).toMatch(/good\.qtr\.json: unknown key "titel"; known keys: title, /);
  });

  it("makes markers that the side file expects and the trace lacks an error", async () => {
    const folder = await traces({ "good.qtr": GOOD, "good.qtr.json": '{ "expectSpans": ["qtrace"] }' });
    const { status, stderr } = await build(folder);
    expect(status).toBe(1);
    expect(stderr).toContain('good.qtr: missing span "qtrace"');
  });

  it("says that a trace cannot be compared with itself", async () => {
    const folder = await traces({ "good.qtr": GOOD, "good.qtr.json": '{ "baseline": "good" }' });
    const { status, stderr } = await build(folder);
    expect(status).toBe(1);
    expect(stderr).toContain('good.qtr.json: invalid comparison of "good" with itself; ');
  });

  it("says that spans in nanoseconds need a clock", async () => {
    const spans = '{ "spans": [{ "name": "x", "fromNs": 0, "toNs": 100 }] }';
    const { status, stderr } = await build(await traces({ "good.qtr": GOOD, "good.qtr.json": spans }));
    expect(status).toBe(1);
    expect(stderr).toContain('good.qtr.json: unsupported span "x"; ');
  });

  it("says without a stack where files cannot be written", async () => {
    const folder = await traces({ "good.qtr": GOOD, file: "in the way" });
    const { status, stderr } = await build(folder, "--cache", "traces/file/cache");
    expect(status).toBe(1);
    expect(stderr).toMatch(/traces\/file.*: invalid place for files: E\w+; /);
    expect(stderr).not.toContain("    at ");
  });

  it("compares the pairs that side files and blkreport.json declare", async () => {
    const folder = await traces({
      "a.qtr": GOOD,
      "b.qtr": "S 2048\nR 0 8\nW 63 8\n",
      "b.qtr.json": '{ "baseline": "a" }',
      "blkreport.json": '{ "comparisons": [["b", "a"]] }',
    });
    const { status, stderr } = await build(folder);
    expect(status, stderr).toBe(0);
    expect((await readdir(join(folder, "output/compare"))).sort()).toEqual(["a..b", "b..a"]);
    const diff = JSON.parse(await readFile(join(folder, "output/compare/a..b/diff.json"), "utf8"));
    expect(diff.figures).toContainEqual(
      expect.objectContaining({ metric: "alignment.byOp.write.unaligned", a: 0, b: 1, change: 1, verdict: "worse" }),
    );
  });

  it("refuses an output folder with files that are not its own", async () => {
    const folder = await traces({ "good.qtr": GOOD, "../output/thesis.tex": "years of work" });
    const { status, stderr } = await build(folder);
    expect(status).toBe(1);
    expect(stderr).toContain("thesis.tex");
    expect(await readFile(join(folder, "output/thesis.tex"), "utf8")).toBe("years of work");
  });

  it("removes the page of a trace that is gone, and leaves the others untouched", async () => {
    const folder = await traces({ "a.qtr": GOOD, "b.qtr": GOOD });
    await build(folder);
    const before = await stat(join(folder, "output/traces/a/summary.json"));
    await rm(join(folder, "traces/b.qtr"));
    expect((await build(folder)).status).toBe(0);
    expect(await readdir(join(folder, "output/traces"))).toEqual(["a"]);
    expect((await stat(join(folder, "output/traces/a/summary.json"))).mtimeMs).toBe(before.mtimeMs);
  });

  it("gives the same bytes in another folder, order of creation, time zone, locale and number of workers, cold and warm", async () => {
    const folders = [await emptyFolder("same"), await emptyFolder("other-name")] as const;
    await copyRecordings(join(folders[0], "traces"));
    await copyBackwards(join(folders[0], "traces"), join(folders[1], "traces"));
    const environments = [
      { TZ: "UTC", LANG: "C", jobs: "1" },
      { TZ: "Asia/Tokyo", LANG: "de_DE.UTF-8", jobs: "3" },
    ];
    await Promise.all(
      environments.map(async ({ jobs, ...env }, i) => {
        const args = ["build", "--traces", "traces", "--output", "output", "--jobs", jobs];
        const { status, stderr } = await blkreport(args, { cwd: folders[i]!, env });
        expect(status, stderr).toBe(0);
      }),
    );
    const [one, other] = await Promise.all(folders.map((folder) => tree(join(folder, "output"))));
    expect([...other!.keys()].sort()).toEqual([...one!.keys()].sort());
    expect([...one!.keys()]).toContain("/compare/guestfish-write-hello..filesystems-xfs-fstrim/index.html");
    for (const [name, bytes] of one!) expect(other!.get(name) === bytes, name).toBe(true);
    await blkreport(["build", "--traces", "traces", "--output", "output"], { cwd: folders[0]! });
    const warm = await tree(join(folders[0]!, "output"));
    for (const [name, bytes] of one!) expect(warm.get(name) === bytes, name).toBe(true);
  }, 120_000);
});
