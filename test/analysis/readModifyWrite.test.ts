import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readModifyWrite } from "../../src/analysis/metrics/readModifyWrite.ts";
import type { Op } from "../../src/model/ops.ts";
import { figuresOf, type Row } from "./heavy/kit.ts";

const KIB = 1024;
const SIZES = Array.from({ length: 13 }, (_, i) => 4 * KIB * 2 ** i);

interface Extent {
  readonly from: number;
  readonly to: number;
}

/** The blocks that an extent touches, one after the other. */
function slowCost(extents: readonly Extent[], block: number) {
  const cost = { partialWrites: 0, partialBlocks: 0, readBytes: 0, extraWrittenBytes: 0 };
  for (const { from, to } of extents) {
    let partial = 0;
    for (let start = Math.floor(from / block) * block; start < to; start += block) {
      const covered = Math.min(to, start + block) - Math.max(from, start);
      if (covered === block) continue;
      partial++;
      cost.extraWrittenBytes += block - covered;
    }
    cost.partialWrites += Number(partial > 0);
    cost.partialBlocks += partial;
    cost.readBytes += partial * block;
  }
  return cost;
}

function slowFigures(rows: readonly Row[]) {
  const writes = rows.filter(({ op, length }) => length > 0 && (op === "write" || op === "zoneAppend"));
  const alone = writes.map(({ offset, length }) => ({ from: offset, to: offset + length }));
  const devices = [...new Set(writes.map(({ device = 0 }) => device))];
  const joined = devices.flatMap((device) => {
    const stretches: { from: number; to: number }[] = [];
    for (const { offset, length } of writes.filter((each) => (each.device ?? 0) === device)) {
      if (stretches.at(-1)?.to === offset) stretches.at(-1)!.to += length;
      else stretches.push({ from: offset, to: offset + length });
    }
    return stretches;
  });
  return {
    writes: writes.length,
    bytes: writes.reduce((sum, { length }) => sum + length, 0),
    joinedWrites: joined.length,
    byBlock: SIZES.map((blockBytes) => ({
      blockBytes,
      alone: slowCost(alone, blockBytes),
      joined: slowCost(joined, blockBytes),
    })),
  };
}

const anyRow = fc.record({
  op: fc.constantFrom<Op>("write", "write", "write", "zoneAppend", "read", "flush"),
  device: fc.constantFrom(0, 0, 1),
  /** null: where the row before ends. */
  sector: fc.option(
    fc.oneof(
      fc.nat(2 ** 17),
      fc.nat(2 ** 10).map((n) => 2 ** 35 + 8 * n),
    ),
    { freq: 2 },
  ),
  sectors: fc.oneof(fc.constant(8), fc.integer({ min: 1, max: 40_000 })),
});
const anyRows = fc.array(anyRow, { minLength: 1, maxLength: 60, size: "max" }).map((made) => {
  let end = 0;
  return made.map(({ op, device, sector, sectors }): Row => {
    const offset = sector === null ? end : sector * 512;
    const length = op === "flush" ? 0 : sectors * 512;
    end = offset + length;
    return { op, device, offset, length, at: 0 };
  });
});

const write = (offset: number, length: number): Row => ({ op: "write", offset, length, at: 0 });

describe("what devices of larger blocks have to move", () => {
  it("equals going through the blocks of every write, whatever the size of the batches", () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 9 }), (rows, chunk) => {
        const figures = figuresOf(readModifyWrite, rows, chunk);
        expect(figures).toEqual(figuresOf(readModifyWrite, rows));
        expect(figures).toEqual(slowFigures(rows));
      }),
      { numRuns: 60 },
    );
  });

  it("is nothing for whole blocks, and two blocks for one that lies across", () => {
    const [at4] = figuresOf(readModifyWrite, [write(0, 8 * KIB)]).byBlock;
    expect(at4!.alone).toEqual({ partialWrites: 0, partialBlocks: 0, readBytes: 0, extraWrittenBytes: 0 });
    const [across] = figuresOf(readModifyWrite, [write(512, 4 * KIB)]).byBlock;
    expect(across!.alone).toEqual({
      partialWrites: 1,
      partialBlocks: 2,
      readBytes: 8 * KIB,
      extraWrittenBytes: 4 * KIB,
    });
  });

  it("is less where small writes that follow each other are joined", () => {
    const rows = Array.from({ length: 8 }, (_, i) => write(i * 512, 512));
    const { joinedWrites, byBlock } = figuresOf(readModifyWrite, rows);
    expect(joinedWrites).toBe(1);
    expect(byBlock[0]!.alone).toMatchObject({ partialWrites: 8, readBytes: 32 * KIB, extraWrittenBytes: 28 * KIB });
    expect(byBlock[0]!.joined.partialWrites).toBe(0);
  });
});
