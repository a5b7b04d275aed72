import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { beforeAll, describe, expect, it } from "vitest";
import { diffSchema } from "../../src/compare/schema.ts";
import { blkreport, emptyFolder, ROOT } from "../support/site.ts";

const PART63 = join(ROOT, "traces/guestfish/mkfs-ext2-part63.log");
const PART2048 = join(ROOT, "traces/guestfish/mkfs-ext2-part2048.log");
const QTR = join(ROOT, "../shared/captures/qtr");

let folder: string;
const path = (name: string) => join(folder, name);
const diff = (...words: string[]) => blkreport(["diff", ...words]);

beforeAll(async () => {
  folder = await emptyFolder("diff");
  await writeFile(path("a.qtr"), "S 20480\nR 0 8\nW 63 8\nR 100 1\n");
  await writeFile(path("b.qtr"), "S 20480\nR 0 8\nW 64 8\nR 100 1\nW 72 16\n");
  await writeFile(path("gates.json"), '{ "gates": [{ "metric": "alignment.byOp.write.unaligned", "max": "+0" }] }');
});

describe("blkreport diff", () => {
  it("says first who is A, who is B, and the verdict", async () => {
    const { status, stdout } = await diff(PART63, PART2048);
    expect(status).toBe(0);
    expect(stdout.split("\n").slice(0, 3)).toEqual([
      "A  mkfs.ext2 on a partition that starts at sector 63 (nbdkitLog, marked)",
      "B  mkfs.ext2 on a partition that starts at sector 2\u202f048 (nbdkitLog, marked)",
      expect.stringMatching(/^B aligns 5 of its 5 writes to 4 KiB where A aligned none; /),
    ]);
  });

  it("counts unaligned requests as awk does, and says where they lie", async () => {
    const unaligned = (file: string) =>
      execFileSync("awk", ['$1 == "W" && ($2 % 8 || $3 % 8) { n++ } END { print n + 0 }', file], {
        encoding: "utf8",
      }).trim();
    const { stdout } = await diff(path("a.qtr"), path("b.qtr"));
    const [a, b] = [unaligned(path("a.qtr")), unaligned(path("b.qtr"))];
    expect(stdout).toMatch(new RegExp(`Unaligned writes +${a} of 1 → ${b} of 2  better`));
    expect(stdout).toContain("in A in sectors 63–70 (1)");
  });

  it("lists the requests as diff lists lines", async () => {
    const { stdout } = await diff(path("a.qtr"), path("b.qtr"));
    expect(stdout).toContain("Requests: 2 requests the same, 1 added and 1 moved");
    expect(stdout).toContain("  ~ write 4 KiB at sector 63 → sector 64\n");
    expect(stdout).toContain("  + write 8 KiB at sector 72\n");
  });

  it("gives the comparison's page as one HTML file with its pictures inside", async () => {
    const { status, stdout } = await blkreport(["diff", PART63, PART2048, "--format", "html"], { cwd: folder });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^<!doctype html>/);
    expect(stdout).toContain("B aligns 5 of its 5 writes to 4\u00a0KiB");
    expect(stdout.match(/<svg class="plot"/g)!.length).toBeGreaterThanOrEqual(2);
    expect(stdout).not.toMatch(/<img|<script|<a href="(?!#)/);
    expect(stdout.length).toBeLessThan(2_000_000);
  });

  it("of a trace against itself finds no difference", async () => {
    const { status, stdout } = await diff(PART63, PART63, "--exit-code");
    expect(status).toBe(0);
    expect(stdout).toContain("No figure differs.");
    expect(stdout).toContain("both make the same 82 requests in the same order");
  });

  it("with --exit-code is 1 where anything differs", async () => {
    expect((await diff(path("a.qtr"), path("b.qtr"), "--exit-code")).status).toBe(1);
    expect((await diff(path("a.qtr"), path("b.qtr"))).status).toBe(0);
  });

  it("compares stored summaries as it compares traces", async () => {
    await writeFile(path("a.summary.json"), (await blkreport(["summary", path("a.qtr")])).stdout);
    expect((await diff(path("a.summary.json"), path("b.qtr"))).stdout).toBe(
      (await diff(path("a.qtr"), path("b.qtr"))).stdout,
    );
  });

  it("takes a folder, or a pattern in quotes, as runs of one side", async () => {
    for (const side of ["base", "head"]) {
      await mkdir(path(side));
      for (const run of [1, 2]) await writeFile(path(`${side}/${run}.qtr`), "S 8\nR 0 1\n");
    }
    const { stdout } = await diff(path("base"), path("head/*.qtr"));
    expect(stdout).toContain("A  1 (qtr, whole, 2 runs)\nB  1 (qtr, whole, 2 runs)");
  });

  it("gives JSON as its schema says, with the rules beside it", async () => {
    const { stdout } = await diff(path("a.qtr"), path("b.qtr"), "--format", "json", "--gate", path("gates.json"));
    const { gates, ...rest } = JSON.parse(stdout);
    expect(gates).toMatchObject([{ name: "alignment.byOp.write.unaligned", a: 1, b: 0, holds: true }]);
    const check = new Ajv({ strict: false }).compile(diffSchema());
    expect(check(rest), JSON.stringify(check.errors)).toBe(true);
  });
});

describe("a gate", () => {
  it("passes and fails as it is written, and says so first", async () => {
    const passed = await diff(path("a.qtr"), path("b.qtr"), "--gate", path("gates.json"));
    expect(passed.status).toBe(0);
    expect(passed.stdout).toContain("Gates: every rule holds\n  pass  alignment.byOp.write.unaligned ≤ +0: 1 → 0\n");
    const failed = await diff(path("b.qtr"), path("a.qtr"), "--gate", path("gates.json"));
    expect(failed.status).toBe(1);
    expect(failed.stdout).toContain("  fail  alignment.byOp.write.unaligned ≤ +0: 0 → 1: 1 is not ≤ 0\n");
  });

  it("on what is no metric is a wrong question, and the nearest are named", async () => {
    await writeFile(path("wrong.json"), '{ "gates": [{ "metric": "requests.totl", "max": 1 }] }');
    const { status, stdout, stderr } = await diff(path("a.qtr"), path("b.qtr"), "--gate", path("wrong.json"));
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('unknown metric "requests.totl"; the nearest are requests.total,');
  });

  it("with a limit that means nothing is a wrong question", async () => {
    await writeFile(path("limit.json"), '{ "gates": [{ "metric": "requests.total", "max": "5%" }] }');
    const { status, stderr } = await diff(path("a.qtr"), path("b.qtr"), "--gate", path("limit.json"));
    expect(status).toBe(2);
    expect(stderr).toMatch(/limit\.json: invalid gates\.0\.max "5%"; must be number or must match pattern/);
  });

  it("never lets a trace pass that cannot be read, or is empty", async () => {
    await writeFile(path("broken.qtr"), "S 8\nR 0 1\nR x y\nR 0 1\n");
    await writeFile(path("none.qtr"), "S 8\n");
    for (const name of ["broken.qtr", "none.qtr"])
      expect((await diff(path("a.qtr"), path(name), "--gate", path("gates.json"))).status).toBe(1);
  });

  it("is a test case of JUnit's XML", async () => {
    const { status, stdout } = await diff(
      path("b.qtr"),
      path("a.qtr"),
      "--gate",
      path("gates.json"),
      "--format",
      "junit",
    );
    expect(status).toBe(1);
    expect(stdout).toContain('<testsuite name="b..a" tests="1" failures="1" skipped="0">');
    expect(stdout).toContain('<failure message="1 is not ≤ 0"></failure>');
  });
});

describe("what is no trace", () => {
  it("is refused with the reason", async () => {
    await writeFile(
      path("btt.avg"),
      "==================== All Devices ====================\n\n            ALL           MIN           AVG           MAX           N\n",
    );
    await writeFile(path("fio.json"), '{ "fio version": "fio-3.33", "jobs": [] }');
    for (const [name, reason] of [
      ["btt.avg", "btt"],
      ["fio.json", '"schema": "blkreport/summary/1"'],
    ] as const) {
      const { status, stderr } = await diff(path("a.qtr"), path(name));
      expect(status).toBe(1);
      expect(stderr).toContain(reason);
    }
  });
});

describe("Markdown", () => {
  it("shows hostile names as they are, and mentions nobody", async () => {
    await writeFile(path("evil.qtr"), "S 8\nR 0 1\n");
    await writeFile(path("evil.qtr.json"), JSON.stringify({ title: "<img src=x> @root | `x`\n# y" }));
    const { stdout } = await diff(path("a.qtr"), path("evil.qtr"), "--format", "markdown");
    expect(stdout).toContain("### &lt;img src=x&gt; &#64;&#8203;root \\| \\`x\\` \\# y against a\n");
  });

  it("stays below what GitHub takes, whatever differs", async () => {
    const many = (op: string) =>
      `S 2000000\n${Array.from({ length: 4000 }, (_, i) => `${op} ${(i * 7919) % 100003} 1\n`).join("")}`;
    await writeFile(path("many-a.qtr"), many("R"));
    await writeFile(path("many-b.qtr"), many("W"));
    const { stdout } = await diff(path("many-a.qtr"), path("many-b.qtr"), "--format", "markdown");
    expect(stdout.length).toBeLessThan(65_536);
  });
});

describe.skipIf(!existsSync(QTR))("the ancestor's traces", () => {
  it("tell that unaligned reads went from 52 to 18, and back", async () => {
    const [misaligned, aligned] = ["guestfish-N-fs-10M.qtr", "guestfish-N-fs-10M-aligned-part-disk.qtr"].map((name) =>
      join(QTR, name),
    ) as [string, string];
    expect((await diff(misaligned, aligned)).stdout).toMatch(/Unaligned reads +52 of 111 → 18 of 110 +better/);
    expect((await diff(aligned, misaligned)).stdout).toMatch(/Unaligned reads +18 of 110 → 52 of 111 +worse/);
  });
});
