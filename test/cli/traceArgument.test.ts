import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Summary } from "../../src/analysis/summary.ts";
import { withTrace } from "../../src/cli/traceArgument.ts";
import { summarizeFiles } from "../../src/work/summarizeJob.ts";
import { COMPRESSORS, isInstalled, through } from "../support/compressed.ts";
import { folder } from "../support/folders.ts";
import { blkreport, ROOT } from "../support/site.ts";

const TRACES = join(ROOT, "traces");
const SET = join(TRACES, "filesystems/xfs-fstrim");
const LOG = join(TRACES, "guestfish/btrfs-snapshot.log");
const LARGE = join(TRACES, "devices/nvme-randrw.blktrace.0");

const summaryOf = (word: string) => withTrace(word, summarizeFiles);

/** A Summary without what is said of the files themselves. */
function figuresOf({ trace: { files: _, slug: __, title: ___, ...trace }, ...rest }: Summary) {
  return { trace, ...rest };
}

/** A file without a side file. */
function bare(path: string, bytes: Uint8Array = readFileSync(path)): string {
  const copy = join(folder(), basename(path));
  writeFileSync(copy, bytes);
  return copy;
}

describe.each(COMPRESSORS)("a trace compressed with $program", ({ suffix, compression, program, args }) => {
  const compress = (path: string) => through(readFileSync(path), program, ...args);
  const named = (path: string) => `${basename(path)}.${suffix}`;

  it.runIf(isInstalled(program))("gives the same Summary, but for its files", async () => {
    const path = bare(named(LOG), compress(LOG));
    const summary = await summaryOf(path);
    expect(figuresOf(summary)).toEqual(figuresOf(await summaryOf(bare(LOG))));
    expect(summary.trace.files).toMatchObject([{ name: named(LOG), bytes: readFileSync(path).length }]);
  });

  it.runIf(isInstalled(program))("gives the same Summary of a per-CPU set", async () => {
    const set = join(folder(), basename(SET));
    for (const cpu of [0, 1]) writeFileSync(`${set}.blktrace.${cpu}.${suffix}`, compress(`${SET}.blktrace.${cpu}`));
    for (const beside of ["json", "layout.json"]) writeFileSync(`${set}.${beside}`, readFileSync(`${SET}.${beside}`));
    const summary = await summaryOf(set);
    expect(figuresOf(summary)).toEqual(figuresOf(await summaryOf(SET)));
    expect(summary.trace.files).toHaveLength(2);
  });

  it.runIf(isInstalled(program))("is read as far as it goes where it was cut, and says so", async () => {
    const compressed = compress(LARGE);
    const { quality } = await summaryOf(bare(`nvme.bin.${suffix}`, compressed.subarray(0, compressed.length / 2)));
    expect(quality.truncated).toBe(true);
    expect(quality.notes.map(({ code }) => code)).toContain("compressed-file-cut");
    const whole = (await summaryOf(bare(LARGE))).quality;
    expect(quality.records).toBeGreaterThan(whole.records / 4);
    expect(quality.records).toBeLessThan(whole.records);
  });

  it.runIf(isInstalled(program))("says so where it was cut before anything came out", async () => {
    const path = bare(named(LOG), compress(LOG).subarray(0, 20));
    await expect(summaryOf(path)).rejects.toThrow(`unknown format; its ${compression} data is cut off before it gives`);
  });
});

it("says which bytes its figures are of: the size and SHA-256 of each file", async () => {
  const { trace } = await summaryOf(SET);
  const files = [0, 1].map((cpu) => `${SET}.blktrace.${cpu}`);
  expect(trace.files).toEqual(
    files.map((path) => {
      const bytes = readFileSync(path);
      return { name: basename(path), bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
    }),
  );
});

it("a CPU's file counts once where it lies compressed beside itself", async () => {
  const set = join(folder(), basename(SET));
  for (const cpu of [0, 1]) {
    const bytes = readFileSync(`${SET}.blktrace.${cpu}`);
    writeFileSync(`${set}.blktrace.${cpu}`, bytes);
    writeFileSync(`${set}.blktrace.${cpu}.gz`, gzipSync(bytes));
  }
  const { scopes, trace } = await summaryOf(set);
  expect(trace.files.map(({ name }) => name)).toEqual(["xfs-fstrim.blktrace.0", "xfs-fstrim.blktrace.1"]);
  expect(scopes["whole"]!.requests).toEqual((await summaryOf(SET)).scopes["whole"]!.requests);
});

describe("the sets of a side file", () => {
  const RAID = join(TRACES, "devices/raid1");

  it("are joined as on the site, also for show", async () => {
    const { trace } = await summaryOf(RAID);
    const files = ["raid1", "raid1-vdb"].flatMap((set) => [0, 1].map((cpu) => `${set}.blktrace.${cpu}`));
    expect(trace.files.map(({ name }) => name)).toEqual(files);
    expect(await withTrace(RAID, async ({ paths }) => paths)).toEqual(
      files.map((name) => join(TRACES, "devices", name)),
    );
  });

  it("that are not there are named, and the rest is read", async () => {
    const root = folder({ "a.qtr": "S 8\nR 0 1\n", "a.qtr.json": '{ "sets": ["b"] }' });
    const { status, stdout, stderr } = await blkreport(["summary", join(root, "a.qtr")]);
    expect([status, stderr]).toEqual([0, expect.stringContaining("a.qtr.json joins b, which is not beside it")]);
    expect(JSON.parse(stdout).scopes.whole.requests.value.total).toBe(1);
  });
});
