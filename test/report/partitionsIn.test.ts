import { describe, expect, it } from "vitest";
import type { TraceLayout } from "../../src/analysis/summary.ts";
import { partitionsIn } from "../../src/report/partitionsIn.ts";

const band = (kind: "partition" | "journal", device: number, sector: number): TraceLayout["bands"][number] => ({
  ...{ name: `${kind} at ${sector}`, kind, within: null, device },
  ...{ fromBytes: sector * 512, lengthBytes: 1024 },
});
const partitionsOf = (...bands: TraceLayout["bands"]) => partitionsIn({ sources: [], bands });

describe("the partitions that a layout has", () => {
  it("are those of the one disk that is divided", () => {
    expect(partitionsOf(band("partition", 1, 63), band("journal", 0, 7))).toEqual([
      { name: "partition at 63", startSector: 63, sectors: 2 },
    ]);
  });

  it("are not known where several disks are divided, or none, or there is no layout", () => {
    expect(partitionsOf(band("partition", 0, 63), band("partition", 1, 63))).toBeNull();
    expect(partitionsOf(band("journal", 0, 63))).toBeNull();
    expect(partitionsIn(null)).toBeNull();
  });
});
