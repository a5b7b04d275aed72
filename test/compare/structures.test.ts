import { describe, expect, it } from "vitest";
import { METRICS } from "../../src/analysis/metrics/index.ts";
import type { MetricValues } from "../../src/analysis/summary.ts";
import { checkGates } from "../../src/compare/gates/check.ts";
import { evaluateGates } from "../../src/compare/gates/index.ts";
import { compare } from "../../src/compare/index.ts";
import { leavesOf } from "../../src/compare/leaves.ts";
import { verdictText } from "../../src/compare/sentence.ts";
import { diffLines } from "../../src/report/diff/lines.ts";
import { diffMarkdown } from "../../src/report/diff/markdown.ts";
import { structuresView } from "../../src/report/pages/structuresView.ts";
import { summaryOf, withMetrics } from "./kit.ts";

type Structure = MetricValues["targets"]["structures"][number];

const written = (name: string, count: number, within: string | null = "ext4 on sda1"): Structure => ({
  ...{ name, kind: name.startsWith("/") ? "file" : "journal", within },
  byOp: { write: { count, bytes: count * 4096, unaligned: 0 } },
});

async function summaryWith(structures: readonly Structure[], otherStructures = 0) {
  const targets = { structures: [...structures], otherStructures, byKind: {}, elsewhere: {} };
  return withMetrics(await summaryOf("a", ["W 0 8"]), { targets });
}

async function diffOf(a: readonly Structure[], b: readonly Structure[], othersOfA = 0) {
  return compare(await summaryWith(a, othersOfA), await summaryWith(b));
}

const JOURNAL = [written("journal", 2), written("superblock", 1), written("inode bitmap", 1)];
const MORE = [written("journal", 5), written("superblock", 3), written("inode bitmap", 1), written("/hello", 1)];

describe("structures compared", () => {
  it("are those that differ, the largest change first, and how many do not", async () => {
    const { structures } = await diffOf(JOURNAL, MORE);
    expect(structures?.same).toBe(1);
    expect(structures?.changed.map(({ name, byOp }) => [name, byOp.write?.a?.count, byOp.write?.b?.count])).toEqual([
      ["journal", 2, 5],
      ["superblock", 1, 3],
      ["/hello", 0, 1],
    ]);
  });

  it("are the same by name and holder, and by name alone where the holder is called something else", async () => {
    const two = [written("journal", 2, "ext4 on sda1"), written("journal", 7, "ext4 on sda2")];
    const swapped = [written("journal", 7, "ext4 on sda2"), written("journal", 2, "ext4 on sda1")];
    expect((await diffOf(two, swapped)).structures).toEqual({ same: 2, changed: [] });
    const [a, b] = [written("journal", 2, "ext4 on sda1"), written("journal", 2, "ext4 on vda1")];
    expect((await diffOf([a], [b])).structures).toEqual({ same: 1, changed: [] });
  });

  it("are not known where a Summary lists only the most touched", async () => {
    const { structures } = await diffOf([], [written("journal", 5)], 12);
    expect(structures?.changed[0]?.byOp.write).toEqual({ a: null, b: { count: 5, bytes: 20480 } });
  });

  it("are nothing where a side has no layout", async () => {
    const bare = await summaryOf("a", ["W 0 8"]);
    const diff = compare(bare, await summaryWith(JOURNAL));
    expect(diff.structures).toBeNull();
    expect(structuresView(diff)).toBeNull();
  });

  it("do not stand a second time among the numbers that differ", async () => {
    const { metrics } = await diffOf(JOURNAL, MORE);
    expect(metrics.changed.filter(({ metric }) => metric.startsWith("targets.structures"))).toEqual([]);
  });
});

describe("what is said of structures", () => {
  it("stands in the sentence: the two that changed most", async () => {
    expect(verdictText(await diffOf(JOURNAL, MORE))).toContain(
      "; in B 5 writes go to the journal instead of 2, 3 to the superblock instead of 1; ",
    );
    expect(verdictText(await diffOf([written("/hello", 2)], []))).toContain("in B no writes go to /hello instead of 2");
    expect(verdictText(await diffOf([], [written("/hello", 1)]))).toContain(
      "in B 1 write goes to /hello instead of none",
    );
    expect(verdictText(await diffOf([], [written("inode table, group 0", 1)]))).toContain(
      "in B 1 write goes to the inode table of group 0 instead of none",
    );
    expect(verdictText(await diffOf(JOURNAL, JOURNAL))).not.toContain("in B");
  });

  it("stands in the terminal, the comment and the page with counts and bytes", async () => {
    const diff = await diffOf(JOURNAL, MORE);
    const words = "journal in ext4 on sda1: writes 2 → 5 (8 KiB → 20 KiB)";
    expect(diffLines({ diff, gates: [] })).toContain(`  ${words}`);
    expect(diffMarkdown({ diff, gates: [] }, { page: null, picture: null })).toContain(`- ${words}`);
    const view = structuresView(diff)!;
    expect(view.answer).toBe("3 structures differ, 1 structure is the same.");
    expect(view.table?.rows[0]).toEqual(["journal", "ext4 on sda1", "Writes", 2, 5, 8192, 20480]);
  });
});

describe("figures of structures", () => {
  it("are known by their names; where several have one, with what holds them", async () => {
    const { scopes, defaultScope } = await summaryWith([
      written("journal", 2, "ext4 on sda1"),
      written("journal", 7, "ext4 on sda2"),
      written("/a.txt", 1),
    ]);
    const counts = leavesOf(scopes[defaultScope]).filter(({ metric }) => /^targets\.structures\..*count$/.test(metric));
    expect(counts).toEqual([
      { metric: "targets.structures.journal in ext4 on sda1.byOp.write.count", value: 2 },
      { metric: "targets.structures.journal in ext4 on sda2.byOp.write.count", value: 7 },
      { metric: "targets.structures./a.txt.byOp.write.count", value: 1 },
    ]);
  });

  it("may be limited; a structure that no request touched has none, one that is not listed is not known", async () => {
    const gates = [{ metric: "targets.structures.journal.byOp.write.count", max: 4 }];
    const judgedOf = async (b: readonly Structure[], others = 0) =>
      evaluateGates(gates, [await summaryWith(JOURNAL)], [await summaryWith(b, others)])[0]!;
    expect(await judgedOf(MORE)).toMatchObject({ a: 2, b: 5, holds: false });
    expect(await judgedOf([])).toMatchObject({ b: 0, holds: true });
    expect(await judgedOf([], 3)).toMatchObject({ b: null, holds: false });
  });

  it("have names with anything in them; what is counted must be known", () => {
    const metrics = Object.fromEntries(METRICS.map(({ id, schema }) => [id, schema]));
    const check = (metric: string) => () => checkGates([{ metric, max: 1 }], "gates.json", { metrics, findings: [] });
    expect(check("targets.structures./etc/a.b.conf.byOp.write.bytes")).not.toThrow();
    expect(check("targets.structures.inode table, group 0.byOp.read.count")).not.toThrow();
    expect(check("targets.structures.journal.byOp.write.total")).toThrow(/unknown metric/);
    expect(check("targets.structures.journal.byOp.writes.count")).toThrow(/unknown metric/);
  });
});
