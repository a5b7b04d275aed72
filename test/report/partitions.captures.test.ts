import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { partitionTable } from "../../src/report/pages/partitions.ts";
import { summarizeTrace } from "../../src/report/summarizeTrace.ts";
import { inputFromBytes } from "../support/inputs.ts";

const ROOT = join(import.meta.dirname, "../..");
const CAPTURES = join(ROOT, "../shared/captures/vm/boot-B");

it.skipIf(!existsSync(CAPTURES)).each([
  ["part63", 63, 3584],
  ["part2048", 2048, 0],
])("counts of %s what blkparse prints as remaps from it", async (name, startSector, past) => {
  const remaps = readFileSync(join(CAPTURES, `40-4kphys-${name}`, "blkparse.txt"), "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => words[5] === "A" && words[11] === "(254,33)");
  const bytes = remaps.reduce((sum, words) => sum + Number(words[9]) * 512, 0);
  const paths = [0, 1].map((cpu) => join(ROOT, `traces/disk-4k/${name}.blktrace.${cpu}`));
  const files = paths.map((path) => ({ name: path, bytes: 0, sha256: "" }));
  const request = { slug: name, title: name, format: "blktrace", files, side: {}, sideFileName: "a.json" };
  const { trace } = await summarizeTrace(request, () => paths.map((path) => inputFromBytes(path, readFileSync(path))));
  expect(remaps.length).toBeGreaterThan(200);
  expect(partitionTable(trace)?.rows).toEqual([["254,33", "254,32", startSector, past, remaps.length, bytes]]);
});
