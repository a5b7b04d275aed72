import {
  appendFileSync,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Summary } from "../../src/analysis/summary.ts";
import { openCache } from "../../src/io/cache.ts";
import type { SourceFile } from "../../src/io/discover.ts";
import { openHashes } from "../../src/io/hashes.ts";
import { LostResult } from "../../src/io/lostResult.ts";
import { sha256 } from "../../src/io/sha256.ts";
import { layoutText } from "../../src/report/layoutFile.ts";
import type { Bench } from "../../src/work/bench.ts";
import { outcomeOf } from "../../src/work/outcome.ts";
import { readTrace, type TraceRead } from "../../src/work/readTrace.ts";
import { openShelf } from "../../src/work/shelf.ts";
import type { KnownSource } from "../../src/work/sources.ts";
import { type SummarizeJob, summarizeFiles } from "../../src/work/summarizeJob.ts";
import { folder } from "../support/folders.ts";

const TEXT = "S 2048\nR 0 8\nW 64 8\nW 72 16\n";

/** The jobs of workers, of all readings of a test. */
let jobs: SummarizeJob[] = [];
beforeEach(() => {
  jobs = [];
});

/** Reads a trace as a build does; something happens to its file before a worker begins. */
function reading(root: string, path: string, meanwhile: () => void = () => {}, layoutFile: SourceFile | null = null) {
  const summarize = (job: SummarizeJob) => {
    meanwhile();
    return summarizeFiles(job);
  };
  return summarizing(root, path, summarize, layoutFile);
}

function summarizing(
  root: string,
  path: string,
  summarize: (job: SummarizeJob) => Promise<Summary>,
  layoutFile: SourceFile | null = null,
) {
  const source = {
    slug: "a",
    path: "a.qtr",
    group: "",
    format: "qtr",
    side: {},
    sideFile: null,
    layoutFile,
    files: [{ name: "a.qtr", path }],
  } as KnownSource;
  const cacheDir = join(root, "cache");
  const run = async (_name: string, job: SummarizeJob) => {
    jobs.push(job);
    return outcomeOf(job.request.title, () => summarize(job));
  };
  const bench = {
    cache: openCache(cacheDir, { fingerprint: "1" }),
    cacheDir,
    hashes: openHashes(cacheDir),
    jobs: 1,
    pool: { run },
    progress: { expect: () => {}, done: () => {} },
    strict: false,
    hashInTurn: <T>(step: () => Promise<T>) => step(),
    verify: false,
    shelve: openShelf(1),
  } as unknown as Bench;
  return readTrace(bench, source);
}

function trace() {
  const root = folder({ "a.qtr": TEXT });
  return { root, path: join(root, "a.qtr") };
}

describe("a trace that changes after it was hashed", () => {
  it("and only grows gives the figures of what was hashed", async () => {
    const { root, path } = trace();
    const read = await reading(root, path, () => appendFileSync(path, "W 128 8\n".repeat(1000)));
    expect(read).toMatchObject({ ok: true });
    const { trace: info, scopeList } = read.ok ? read.summary : ({} as never);
    expect(info.files).toEqual([{ name: "a.qtr", bytes: TEXT.length, sha256: sha256(TEXT) }]);
    expect(scopeList[0]?.requests).toBe(3);
  });

  it("and only gets another time is what it was", async () => {
    const { root, path } = trace();
    expect((await reading(root, path, () => utimesSync(path, 1, 1))).ok).toBe(true);
  });

  it.each<[string, (path: string) => void]>([
    ["shrinks", (path) => truncateSync(path, 7)],
    ["is emptied", (path) => truncateSync(path, 0)],
    ["is written again", (path) => writeFileSync(path, TEXT.replace("64", "65"))],
    [
      "is replaced",
      (path) => {
        writeFileSync(`${path}.new`, TEXT.replace("64", "65"));
        renameSync(`${path}.new`, path);
      },
    ],
    ["is taken away", (path) => rmSync(path)],
  ])("and %s has no figures, says so, and leaves nothing in the cache", async (_how, change) => {
    const { root, path } = trace();
    const read = await reading(root, path, () => change(path));
    expect(read).toMatchObject({
      ok: false,
      message: "a.qtr: invalid file: it changed while it was read; build again when nothing writes to it",
    });
    expect(existsSync(join(root, "cache/summary"))).toBe(false);
    writeFileSync(path, TEXT);
    expect((await reading(root, path)).ok).toBe(true);
  });
});

describe("a layout that changes after it was hashed", () => {
  it("costs its trace the figures, and leaves nothing in the cache", async () => {
    const { root, path } = trace();
    const layout = { name: "a.qtr.layout.json", path: join(root, "a.qtr.layout.json") };
    const text = (name: string) => layoutText({ sources: [name], devices: [] });
    writeFileSync(layout.path, text("one"));
    expect(await reading(root, path, () => writeFileSync(layout.path, text("two")), layout)).toMatchObject({
      ok: false,
      message: "a.qtr.layout.json: invalid file: it changed while it was read; build again when nothing writes to it",
    });
    expect(existsSync(join(root, "cache/summary"))).toBe(false);
    const again = await reading(root, path, undefined, layout);
    expect(again.ok && again.summary.trace.layout?.sources).toEqual(["two"]);
  });
});

describe("a trace that the cache knows", () => {
  const summariesIn = (root: string) =>
    readdirSync(join(root, "cache/summary"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(root, "cache/summary", name));

  it("says what it is without its Summary, which is missed where it is asked for", async () => {
    const { root, path } = trace();
    const outline = (read: TraceRead) => read.ok && [read.trace, read.defaultScope, read.pageScopes];
    const first = await reading(root, path);
    for (const file of summariesIn(root)) truncateSync(file, 10);
    const again = await reading(root, path);
    expect(first.ok && first.pageScopes).toContain(first.ok && first.defaultScope);
    expect(outline(again)).toEqual(outline(first));
    expect(() => again.ok && again.summary).toThrow(LostResult);
    expect(jobs).toHaveLength(1);
  });

  it("is read again where its Summary is gone", async () => {
    const { root, path } = trace();
    const first = await reading(root, path);
    for (const file of summariesIn(root)) rmSync(file);
    expect(await reading(root, path)).toEqual(first);
    expect(jobs).toHaveLength(2);
  });
});

describe("a trace that cannot be read", () => {
  it.runIf(existsSync("/proc/self/mem"))("to its end costs only itself, and says why: the disk fails", async () => {
    const { root } = trace();
    expect(await reading(root, "/proc/self/mem")).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^a\.qtr: invalid file: EIO; it cannot be read to its end: copy it again/),
    });
  });

  it("since it is gone costs only itself", async () => {
    const { root } = trace();
    const read = await reading(root, join(root, "gone.qtr"));
    expect(read).toMatchObject({ ok: false, message: "a.qtr: missing file; check its name", files: [] });
  });

  it("since it is a folder now costs only itself", async () => {
    const { root } = trace();
    expect(await reading(root, root)).toMatchObject({ ok: false, message: expect.stringContaining("it is a folder") });
  });
});

describe("a large trace", () => {
  // A few requests with long numbers are read faster than many.
  const LINES = `S 2048\n${`W ${"64".padStart(20_000, "0")} 8\n`.repeat(1000)}`;
  const other = LINES.replace("64", "65");
  const hashesAsked = () => jobs.map(({ request }) => request.files[0]!.sha256);
  const large = () => {
    const root = folder({ "a.qtr": LINES });
    return { root, path: join(root, "a.qtr") };
  };

  it("that no cache can know is hashed while it is read, and known from then on", async () => {
    const { root, path } = large();
    const first = await reading(root, path);
    expect(first.ok && first.summary.trace.files[0]!.sha256).toBe(sha256(LINES));
    utimesSync(path, 1, 1);
    expect(await reading(root, path)).toEqual(first);
    expect(hashesAsked()).toEqual([null]);
  });

  it("is hashed first where one of its name and size was read before", async () => {
    const { root, path } = large();
    await reading(root, path);
    writeFileSync(path, other);
    const second = await reading(root, path);
    expect(second.ok && second.summary.trace.files[0]!.sha256).toBe(sha256(other));
    expect(hashesAsked()).toEqual([null, sha256(other)]);
  });

  it("has the Summary that it has when it is hashed first", async () => {
    const { root, path } = large();
    const meanwhile = await reading(root, path);
    rmSync(join(root, "cache/summary"), { recursive: true });
    expect(await reading(root, path)).toEqual(meanwhile);
    expect(hashesAsked()).toEqual([null, sha256(LINES)]);
  });

  it("that only grows while it is read gives the figures of what was there", async () => {
    const { root, path } = large();
    const read = await reading(root, path, () => appendFileSync(path, "W 128 8\n"));
    expect(read.ok && read.summary.trace.files).toEqual([
      { name: "a.qtr", bytes: LINES.length, sha256: sha256(LINES) },
    ]);
  });

  it.each<[string, (path: string) => void]>([
    ["shrinks", (path) => truncateSync(path, 7)],
    ["is taken away", (path) => rmSync(path)],
  ])("that %s while it is read has no figures, and leaves nothing in the cache", async (_how, change) => {
    const { root, path } = large();
    expect((await reading(root, path, () => existsSync(path) && change(path))).ok).toBe(false);
    expect(existsSync(join(root, "cache/summary"))).toBe(false);
  });

  it("that is written while it is read has no figures, and says so", async () => {
    const { root, path } = large();
    const read = summarizing(root, path, (job) => summarizeFiles(job).finally(() => writeFileSync(path, other)));
    expect(await read).toMatchObject({
      ok: false,
      message: "a.qtr: invalid file: it changed while it was read; build again when nothing writes to it",
    });
    expect(existsSync(join(root, "cache/summary"))).toBe(false);
  });

  it("that cannot be read is read once, and says where", async () => {
    const { root, path } = large();
    writeFileSync(path, LINES.slice("S 2048\n".length));
    expect(await reading(root, path)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^a\.qtr:1: missing/),
    });
    expect(jobs).toHaveLength(1);
  });
});
