import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Summary } from "../../src/analysis/summary.ts";
import { blkreport } from "../support/site.ts";
import { makeInputs } from "./inputs/make.mjs";

const KINDS = ["blktrace", "blkparse", "nbdkit", "qtr"] as const;
const folder = mkdtempSync(join(tmpdir(), "blkreport-inputs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const made = makeInputs({ folder, events: 20_000, kinds: KINDS });

async function summaryOf(path: string): Promise<Summary> {
  const { stdout, stderr } = await blkreport(["summary", path]);
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

function requestsIn({ scopes, defaultScope }: Summary) {
  const { requests } = scopes[defaultScope]!;
  if (!requests?.ok) throw new Error("no requests were counted");
  return Object.fromEntries(Object.entries(requests.value.byOp).map(([op, { count }]) => [op, count]));
}

function hasBlkparse(): boolean {
  try {
    execFileSync("blkparse", ["-V"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("the work has reads, writes, discards and flushes", () => {
  for (const count of Object.values(made.requests)) expect(count).toBeGreaterThan(0);
});

test.each(["blktrace", "blkparse", "nbdkit"] as const)("every request is found in %s", async (kind) => {
  expect(requestsIn(await summaryOf(made[kind].path))).toEqual(made.requests);
});

test("qtr holds the reads and writes", async () => {
  const { read, write } = made.requests;
  expect(requestsIn(await summaryOf(made.qtr.path))).toEqual({ read, write });
});

test.each(["blktrace", "blkparse"] as const)("nothing is doubtful in %s, and all is complete", async (kind) => {
  const { quality, trace } = await summaryOf(made[kind].path);
  expect(quality).toMatchObject({
    notUnderstood: 0,
    unmatchedIssues: 0,
    unmatchedCompletions: 0,
    clockSteps: 0,
    truncated: false,
  });
  expect(quality.sequenceGaps ?? 0).toBe(0);
  expect(trace.format).toBe(kind);
});

test("bios are merged behind and before others, and queues are plugged", () => {
  const actions = new Set(
    readFileSync(made.blkparse.path, "latin1")
      .split("\n")
      .map((line) => line.trim().split(/ +/)[5]),
  );
  expect([...actions].filter((action) => action !== undefined).sort()).toEqual([..."CDFGIMPQU"]);
});

test.skipIf(!hasBlkparse())("blkparse prints the files of the CPUs as our text of the same work", () => {
  const printed = execFileSync("blkparse", ["-i", made.blktrace.path], { maxBuffer: 1 << 28, encoding: "latin1" });
  const events = printed.split("\n").filter((line) => line.startsWith("  8,0 "));
  expect(events).toHaveLength(made.events);
  expect(`${events.join("\n")}\n`).toBe(readFileSync(made.blkparse.path, "latin1"));
});

test("the same seed gives the same bytes, another one gives others", () => {
  const hashOf = (seed: number) => {
    const other = join(folder, `seed-${seed}`);
    makeInputs({ folder: other, events: 2_000, kinds: KINDS, seed });
    const hash = createHash("sha256");
    for (const name of readdirSync(other).sort()) hash.update(readFileSync(join(other, name)));
    rmSync(other, { recursive: true });
    return hash.digest("hex");
  };
  expect(hashOf(1)).toBe(hashOf(1));
  expect(hashOf(2)).not.toBe(hashOf(1));
});
