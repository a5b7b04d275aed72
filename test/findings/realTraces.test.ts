import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { summarizeTrace } from "../../src/report/summarizeTrace.ts";
import { inputFromBytes } from "../support/inputs.ts";

const GOLDEN = join(import.meta.dirname, "../golden/formats");

async function findingsOf(name: string, side = {}): Promise<Record<string, string>> {
  const bytes = readFileSync(join(GOLDEN, name, "nbdkit.log"));
  const files = [{ name: "nbdkit.log", bytes: bytes.length, sha256: "" }];
  const request = { slug: name, title: name, format: "nbdkitLog", files, side, sideFileName: "nbdkit.log.json" };
  const { findings } = await summarizeTrace(request, () => [inputFromBytes("nbdkit.log", bytes)]);
  return Object.fromEntries(findings.map(({ id, severity, title }) => [id, `${severity}: ${title}`]));
}

describe("findings on real recordings", () => {
  it("are repetition and flushes, but no misalignment, for mkfs.ext2 on a partition at sector 2 048", async () => {
    expect(
      await findingsOf("nbdkit-mkfs-marked", { layout: { partitions: [{ name: "1", startSector: 2048 }] } }),
    ).toEqual({
      "repeated-reads": "low: 60 % of what is read was read before",
      "aligned-partition": "info: Partition 1 starts on a 4 KiB boundary, at sector 2\u202f048",
      flushes: "info: 6 flushes for 5 writes",
    });
  });

  it("are unaligned requests for rm -rf on an ext4 with blocks of 1 KiB", async () => {
    expect(await findingsOf("nbdkit-rm-rf")).toEqual({
      "unaligned-writes": "high: All 9 writes are unaligned to 4 KiB",
      "unaligned-reads": "medium: 15 of 16 reads are unaligned to 4 KiB",
      flushes: "info: 7 flushes for 9 writes",
    });
  });

  it("are failed requests for an export that injects errors", async () => {
    expect(await findingsOf("nbdkit-read-and-write-errors")).toEqual({
      "device-errors": "high: 12 of 124 requests failed",
      discards: "info: 1 discard of 1 MiB",
      flushes: "info: 2 flushes for 60 writes",
    });
  });
});
