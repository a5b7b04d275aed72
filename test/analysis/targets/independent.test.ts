import { existsSync, readFileSync } from "node:fs";
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { MetricValues, Summary } from "../../../src/analysis/summary.ts";
import { withTrace } from "../../../src/cli/traceArgument.ts";
import { layoutText } from "../../../src/report/layoutFile.ts";
import { summarizeFiles } from "../../../src/work/summarizeJob.ts";
import { emptyFolder } from "../../support/site.ts";

type Structures = MetricValues["targets"]["structures"];
type Extents = Readonly<Record<string, readonly (readonly [firstSector: number, sectors: number])[]>>;

/** A request as a tracer's text has it. */
interface Line {
  readonly op: "read" | "write";
  readonly sector: number;
  readonly sectors: number;
}

/** Requests and bytes by structure, sector by sector: slow, and plain to see. */
function counted(lines: readonly Line[], extents: Extents) {
  const found: Record<string, { count: number; bytes: number }> = {};
  for (const { op, sector, sectors } of lines)
    for (const [name, stretches] of Object.entries(extents)) {
      let inside = 0;
      for (let at = sector; at < sector + sectors; at++)
        if (stretches.some(([first, count]) => first <= at && at < first + count)) inside++;
      if (inside === 0) continue;
      const before = found[`${name}: ${op}`] ?? { count: 0, bytes: 0 };
      found[`${name}: ${op}`] = { count: before.count + 1, bytes: before.bytes + inside * 512 };
    }
  return found;
}

function ofSummary(summary: Summary, names: readonly string[]) {
  const result = summary.scopes["whole"]!.targets;
  const structures: Structures = result?.ok ? result.value.structures : [];
  return Object.fromEntries(
    structures
      .filter(({ name }) => names.includes(name))
      .flatMap(({ name, byOp }) =>
        (["read", "write"] as const).flatMap((op) => {
          const amount = byOp[op];
          return amount === undefined ? [] : [[`${name}: ${op}`, { count: amount.count, bytes: amount.bytes }]];
        }),
      ),
  );
}

const JOURNAL = join(import.meta.dirname, "../../golden/findings/journal-share/loop1.ftrace.txt.gz");

describe("what requests touched, counted from the tracer's text", () => {
  it("is the journal where only it is written: its blocks as debugfs printed them", async () => {
    const text = gunzipSync(readFileSync(JOURNAL)).toString();
    const lines = [...text.matchAll(/block_rq_issue: 7,1 W\w* \d+ \(\) (\d+) \+ (\d+)/g)].map(
      ([, sector, sectors]): Line => ({ op: "write", sector: Number(sector), sectors: Number(sectors) }),
    );
    const blocks = "(0-9):15-24, (10-24):26-40, (25-1023):1066-2064";
    const journal = [...blocks.matchAll(/:(\d+)-(\d+)/g)].map(
      ([, first, last]) => [Number(first) * 8, (Number(last) - Number(first) + 1) * 8] as const,
    );
    const expected = counted(lines, { journal });
    expect(expected["journal: write"]?.count).toBe(81);
    expect(ofSummary(await withTrace(JOURNAL, summarizeFiles), ["journal"])).toEqual(expected);
  });
});

const HELLO = join(import.meta.dirname, "../../../../shared/captures/vm/boot-A/03-write-hello");

describe.skipIf(!existsSync(HELLO))("what requests touched, counted from what blkparse printed", () => {
  it("is each structure that dumpe2fs and filefrag name", async () => {
    const [START, BLOCK] = [2048, 2];
    const sectors = (first: string, last = first): [number, number] => [
      START + Number(first) * BLOCK,
      (Number(last) - Number(first) + 1) * BLOCK,
    ];
    const dump = readFileSync(join(HELLO, "dumpe2fs-vda1.txt"), "utf8");
    const extents: Record<string, [number, number][]> = {};
    for (const [, group, rest] of dump.matchAll(/^Group (\d+):([\s\S]*?)(?=^Group |$(?![\s\S]))/gm)) {
      const [, block] = /Block bitmap at (\d+)/.exec(rest!)!;
      const [, inode] = /Inode bitmap at (\d+)/.exec(rest!)!;
      const [, first, last] = /Inode table at (\d+)-(\d+)/.exec(rest!)!;
      extents[`block bitmap, group ${group}`] = [sectors(block!)];
      extents[`inode bitmap, group ${group}`] = [sectors(inode!)];
      extents[`inode table, group ${group}`] = [sectors(first!, last)];
    }
    const [, superblock, from, to] = /Primary superblock at (\d+), Group descriptors at (\d+)-(\d+)/.exec(dump)!;
    extents["superblock"] = [sectors(superblock!)];
    extents["group descriptors"] = [sectors(from!, to)];
    const [, file] = /0:\s+0\.\.\s+0:\s+(\d+)\.\./.exec(readFileSync(join(HELLO, "filefrag.txt"), "utf8"))!;
    extents["/hello"] = [sectors(file!)];
    const issued = readFileSync(join(HELLO, "blkparse.txt"), "utf8").matchAll(/ D +([RW])\w* (\d+) \+ (\d+) /g);
    const lines = [...issued].map(
      ([, op, sector, count]): Line => ({
        op: op === "R" ? "read" : "write",
        sector: Number(sector),
        sectors: Number(count),
      }),
    );
    const expected = counted(lines, extents);
    expect(Object.keys(expected)).toContain("/hello: write");
    const folder = await emptyFolder("targets");
    for (const cpu of [0, 1]) await copyFile(join(HELLO, `vda.blktrace.${cpu}`), join(folder, `vda.blktrace.${cpu}`));
    const structures = Object.entries(extents).map(([name, stretches]) => ({
      ...{ name, kind: "metadata" as const, within: null },
      extents: stretches.map(([first, count]) => [first * 512, count * 512] as const),
    }));
    await writeFile(
      join(folder, "vda.layout.json"),
      layoutText({ sources: [], devices: [{ device: null, bytes: null, structures }] }),
    );
    const summary = await withTrace(join(folder, "vda"), summarizeFiles);
    expect(ofSummary(summary, Object.keys(extents))).toEqual(expected);
  });
});
