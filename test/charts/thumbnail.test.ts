import { describe, expect, it } from "vitest";
import { thumbnail } from "../../src/charts/thumbnail.ts";
import { summaryOf, withMetrics } from "./cases.ts";
import { outside, warningsOf } from "./drawn.ts";

describe("the thumbnail", () => {
  it("is 160 × 48 and stays inside", async () => {
    const drawing = thumbnail(summaryOf("mkfs-part63"))!;
    expect([drawing.widthPx, drawing.heightPx]).toEqual([160, 48]);
    expect(outside(drawing)).toEqual([]);
    expect(await warningsOf(drawing)).toEqual([]);
  });

  it("has no lane of marks for an op that does not occur", () => {
    const tokens = JSON.stringify(thumbnail(summaryOf("sqlite-wal"))!.spec["layer"]);
    expect(tokens).toContain("var(--write)");
    expect(tokens).not.toContain("var(--read)");
  });

  it("is not there for several devices, nor where no data moved", () => {
    expect(thumbnail(summaryOf("raid1"))).toBeNull();
    const summary = summaryOf("sqlite-wal");
    const accesses = {
      timeStartNs: 0,
      timeBinNs: 1,
      timeBins: 0,
      addressStartBytes: 0,
      addressBinBytes: 512,
      addressBins: 0,
      byOp: {},
    };
    expect(thumbnail(withMetrics(summary, { accesses }))).toBeNull();
  });
});
