import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dmLogWrites } from "../../../src/formats/dmLogWrites/index.ts";
import { FLAG } from "../../../src/model/ops.ts";
import { type DmLogEntry, dmLog } from "../../support/dmLog.ts";
import { inputFromBytes, readAll } from "../../support/inputs.ts";

const MOUNT = "test/golden/formats/dmLogWrites-ext4-marked/log.bin";

const read = (bytes: Uint8Array, chunkBytes?: number) =>
  readAll(dmLogWrites, [inputFromBytes("log", bytes, chunkBytes)]);
const requestsOf = async (entries: readonly DmLogEntry[], sectorBytes = 512) =>
  (await read(dmLog(entries, sectorBytes))).requests.map(({ op, flags, offsetBytes, lengthBytes }) => [
    op,
    flags,
    offsetBytes,
    lengthBytes,
  ]);

describe("an entry of a log", () => {
  it("is a write, a discard or a flush, with its flags", async () => {
    const entries = [
      { sector: 8, sectors: 2, flags: 0 },
      { sector: 16, sectors: 1, flags: 2 | 16 },
      { sector: 2048, sectors: 64, flags: 4 },
      { sector: 0, sectors: 0, flags: 1 },
      { sector: 24, sectors: 1, flags: 1 },
    ];
    expect(await requestsOf(entries)).toEqual([
      ["write", 0, 4096, 1024],
      ["write", FLAG.fua | FLAG.meta, 8192, 512],
      ["discard", 0, 2048 * 512, 64 * 512],
      ["flush", 0, 0, 0],
      ["write", FLAG.preflush, 24 * 512, 512],
    ]);
  });

  it("counts in the log's own sectors", async () => {
    expect(await requestsOf([{ sector: 3, sectors: 2, flags: 0 }], 4096)).toEqual([["write", 0, 12288, 8192]]);
  });

  it("is a flush alone where device-mapper sent a write's preflush ahead", async () => {
    expect(await requestsOf([{ sector: 54, sectors: 0, flags: 1 | 2 | 16 }])).toEqual([["flush", 0, 0, 0]]);
  });

  it("may be a mark: a message, or the beginning and end of a span", async () => {
    const mark = (text: string) => ({ sector: 0, sectors: 0, flags: 8, mark: text });
    const write = { sector: 0, sectors: 1, flags: 0 };
    const { end } = await read(dmLog([mark("mounted"), write, mark("begin a"), write, write, mark("end a"), write]));
    expect(end.messages.map(({ row, text }) => [row, text])).toEqual([[0, "mounted"]]);
    expect(end.spans).toMatchObject([{ name: "a", fromRow: 1, toRow: 3 }]);
    expect(end.rows).toBe(4);
  });
});

describe("a log", () => {
  it("has no clock, and knows flags alone", async () => {
    const { end } = await read(dmLog([{ sector: 0, sectors: 1, flags: 0 }]));
    expect(end.recorded).toEqual({
      clock: false,
      completion: false,
      queue: false,
      process: false,
      cgroup: false,
      merges: false,
      bios: false,
      plug: false,
      flags: true,
      error: false,
    });
  });

  it("ends with the entries that its superblock counts, whatever is behind them", async () => {
    const log = dmLog([{ sector: 0, sectors: 1, flags: 0 }]);
    const { end } = await read(Buffer.concat([log, Buffer.alloc(5000, 0xee)]));
    expect([end.rows, end.quality.truncated]).toEqual([1, false]);
  });

  it("that was cut anywhere gives the entries that are whole, and says so", async () => {
    const log = dmLog([
      { sector: 0, sectors: 2, flags: 0 },
      { sector: 4, sectors: 1, flags: 2 },
    ]);
    for (let length = 28; length < log.length; length += 64) {
      const { end } = await read(log.subarray(0, length));
      expect(end.quality.truncated).toBe(true);
      expect(end.rows).toBe(length < 1024 ? 0 : length < 2560 ? 1 : 2);
    }
  });

  it("is the same whatever the pieces in which its bytes come", async () => {
    const entry = fc.record({
      sector: fc.nat(2 ** 40),
      sectors: fc.nat(5),
      flags: fc.nat(31).filter((flags) => !(flags & 8)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 8 }), fc.integer({ min: 1, max: 700 }), async (entries, size) => {
        const log = dmLog(entries);
        expect(await read(log, size)).toEqual(await read(log));
      }),
      { numRuns: 40 },
    );
  });
});

/** The log that a kernel wrote while ext4 was mounted, as the structures say, read at once. */
describe("the log of a real mount", () => {
  const log = readFileSync(MOUNT);
  const entries: { sector: bigint; sectors: bigint; flags: bigint }[] = [];
  for (let at = 512; entries.length < Number(log.readBigUInt64LE(16)); ) {
    const [sector, sectors, flags] = [0, 8, 16].map((field) => log.readBigUInt64LE(at + field)) as [
      bigint,
      bigint,
      bigint,
    ];
    entries.push({ sector, sectors, flags });
    at += 512 + (flags & 4n ? 0 : Number(sectors) * 512);
  }

  it("gives each entry that is no mark, in its order", async () => {
    const { requests } = await read(log);
    expect(requests.map(({ op, lengthBytes }) => [op, lengthBytes])).toEqual(
      entries
        .filter(({ flags }) => !(flags & 8n))
        .map(({ sectors, flags }) => {
          const op = flags & 4n ? "discard" : sectors === 0n ? "flush" : "write";
          return [op, Number(sectors) * 512];
        }),
    );
    expect(requests.filter(({ flags }) => flags & FLAG.fua)).toHaveLength(
      entries.filter(({ sectors, flags }) => sectors > 0n && flags & 2n).length,
    );
  });
});
