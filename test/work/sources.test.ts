import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { findSources } from "../../src/work/sources.ts";
import { folder } from "../support/folders.ts";

const QTR = gzipSync("S 2048\nR 0 8\nW 63 8\n");

describe("findSources", () => {
  it("recognises compressed traces, and a set by a file of it that is not empty", async () => {
    const root = folder();
    writeFileSync(join(root, "a.qtr.gz"), QTR);
    writeFileSync(join(root, "b.blktrace.0.gz"), gzipSync(""));
    writeFileSync(join(root, "b.blktrace.1.gz"), gzipSync("\x07tae".padEnd(48, "\0")));
    const { traces, passedOver } = await findSources(root);
    expect(traces.map((source) => [source.slug, "format" in source && source.format])).toEqual([
      ["a", "qtr"],
      ["b", "blktrace"],
    ]);
    expect(passedOver).toEqual([]);
  });

  it("keeps a file that cannot be decompressed as a trace with what is wrong", async () => {
    const root = folder();
    writeFileSync(join(root, "a.qtr.gz"), Buffer.concat([QTR.subarray(0, -4), Buffer.from("oops")]));
    const { traces } = await findSources(root);
    expect(traces.map((source) => [source.slug, "failure" in source && source.failure.message])).toEqual([
      ["a", expect.stringMatching(/^a\.qtr\.gz, byte \d+: invalid gzip data: incorrect length check; /)],
    ]);
  });

  it("gives a slug to traces alone: what is no trace takes none away", async () => {
    const { traces, renamed } = await findSources(folder({ "a.csv": "buy milk\n", "a.qtr": "S 8\nR 0 8\n" }));
    expect([traces.map(({ slug }) => slug), renamed]).toEqual([["a"], []]);
  });
});
