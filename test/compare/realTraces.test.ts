import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compare } from "../../src/compare/index.ts";
import { verdictText } from "../../src/compare/sentence.ts";
import { summarizeTrace } from "../../src/report/summarizeTrace.ts";
import { inputFromBytes } from "../support/inputs.ts";

const TRACES = join(import.meta.dirname, "../../traces/guestfish");

function summaryOf(name: string) {
  const bytes = readFileSync(join(TRACES, name));
  const files = [{ name, bytes: bytes.length, sha256: "" }];
  const request = { slug: name, title: name, format: "nbdkitLog", files, side: {}, sideFileName: "a.json" };
  return summarizeTrace(request, () => [inputFromBytes(name, bytes)]);
}

it("says what moving the partition from sector 63 to 2 048 does to mkfs.ext2", async () => {
  const [part63, part2048] = await Promise.all([
    summaryOf("mkfs-ext2-part63.log"),
    summaryOf("mkfs-ext2-part2048.log"),
  ]);
  const diff = compare(part63, part2048);
  expect(verdictText(diff)).toBe(
    "B aligns 5 of its 5 writes to 4 KiB where A aligned none; 18\u202f440 sectors are touched by both, 1\u202f985 only by A.",
  );
  expect(diff.figures.find(({ metric }) => metric === "requests.byOp.read.count")).toMatchObject({ a: 65, b: 76 });
  expect(diff.findings.disappeared).toEqual(["unaligned-writes", "unaligned-reads", "shifted-requests"]);
});
