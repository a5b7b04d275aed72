import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as arrow from "apache-arrow";
import { tableFromArrays, tableToIPC, vectorFromArray } from "apache-arrow";
import { Compression, readParquet, Table, WriterPropertiesBuilder, writeParquet } from "parquet-wasm";
import { describe, expect, it } from "vitest";
import { parquet } from "../../../src/formats/parquet/index.ts";
import type { ReadHints, TraceInput } from "../../../src/model/format.ts";
import { inputFromBytes, type PlainTrace, readAll } from "../../support/inputs.ts";

type Columns = Readonly<Record<string, unknown>>;

/** A table as pandas or DuckDB would write it, by a writer that is not ours. */
function written(columns: Columns, compression = Compression.SNAPPY): Uint8Array {
  const table = Table.fromIPCStream(
    tableToIPC(tableFromArrays(columns as Parameters<typeof tableFromArrays>[0]), "stream"),
  );
  return writeParquet(table, new WriterPropertiesBuilder().setCompression(compression).build());
}

function read(bytes: Uint8Array, hints: ReadHints = {}): Promise<PlainTrace> {
  return readAll(parquet, [inputFromBytes("table.parquet", bytes)], {}, hints);
}

const OWN = {
  op: ["read", "write"],
  offset_bytes: BigInt64Array.of(4096n, 512n),
  length_bytes: Int32Array.of(4096, 512),
  issue_ns: BigInt64Array.of(100n, 2000n),
};
const FOREIGN = {
  ts: BigInt64Array.of(1767225600000100n, 1767225600000350n),
  kind: ["R", "W"],
  lba: Int32Array.of(8, 1),
  blocks: Int32Array.of(8, 1),
};
const NAMED: ReadHints = {
  columns: { time: "ts", op: 2, offset: "lba", length: "blocks" },
  units: { time: "us", offsetBytes: 512, lengthBytes: 512 },
  ops: { R: "read", W: "write" },
};
const EXPECTED = [
  { op: "read", offsetBytes: 4096, lengthBytes: 4096 },
  { op: "write", offsetBytes: 512, lengthBytes: 512 },
];

describe("a table of requests that somebody else wrote", () => {
  it("is read by the names that blkreport writes, and records what it has", async () => {
    const { requests, end } = await read(written(OWN));
    expect(requests).toMatchObject(EXPECTED);
    expect(requests.map(({ issueNs }) => issueNs)).toEqual([0, 1900]);
    expect(end.recorded).toEqual({
      clock: true,
      completion: false,
      queue: false,
      process: false,
      cgroup: false,
      merges: false,
      bios: false,
      plug: false,
      flags: false,
      error: false,
    });
    expect(end.devices.map(({ name }) => name)).toEqual(["disk"]);
  });

  it("takes completions, flags, names and errors where there are columns of them, and null as not recorded", async () => {
    const { requests, completions, end } = await read(
      written({
        ...OWN,
        complete_ns: vectorFromArray([900n, null], new arrow.Int64()),
        error: vectorFromArray([-5, null], new arrow.Int32()),
        flags: ["sync|meta", ""],
        process: ["dd", "dd"],
        pid: Int32Array.of(7, 8),
        cpu: Int32Array.of(3, -1),
        device: ["sda", "sdb"],
      }),
    );
    expect(completions).toMatchObject([{ row: 0, issueNs: 0, completeNs: 800, error: 5, flags: 6 }]);
    expect(requests.map(({ flags, cpu, device }) => [flags, cpu, device])).toEqual([
      [6, 3, 0],
      [0, -1, 1],
    ]);
    expect(end.processes.slice(1)).toEqual([
      { pid: 7, name: "dd" },
      { pid: 8, name: "dd" },
    ]);
    expect(end.recorded).toMatchObject({
      completion: true,
      queue: false,
      process: true,
      cgroup: false,
      merges: false,
      bios: false,
      plug: false,
      flags: true,
      error: true,
    });
    expect(end.quality.unmatchedIssues).toBe(1);
  });

  it("is read by the names and units that the side file gives", async () => {
    const { requests, end } = await read(written(FOREIGN), NAMED);
    expect(requests).toMatchObject(EXPECTED);
    expect(requests.map(({ issueNs }) => issueNs)).toEqual([0, 250_000]);
    expect(end.startUnixNs).toBeNull();
  });

  it("needs no unit for a column of the type TIMESTAMP, and takes the time of day from it", async () => {
    const ts = vectorFromArray([1767225600000n, 1767225600001n].map(Number), new arrow.TimestampMicrosecond());
    const { requests, end } = await read(written({ ...FOREIGN, ts }), {
      ...NAMED,
      units: { offsetBytes: 512, lengthBytes: 512 },
    });
    expect(requests.map(({ issueNs }) => issueNs)).toEqual([0, 1_000_000]);
    expect(end.startUnixNs).toBe("1767225600000000000");
  });

  it("counts completions from latencies", async () => {
    const columns = { ...NAMED.columns, latency: "ms" };
    const table = written({ ...FOREIGN, ms: Float64Array.of(0.5, 2) });
    const { completions } = await read(table, { ...NAMED, columns, units: { ...NAMED.units, latency: "ms" } });
    expect(completions.map(({ issueNs, completeNs }) => completeNs - issueNs)).toEqual([500_000, 2_000_000]);
  });

  it("tells completions in the order of their times, each after its request", async () => {
    const rows = 3000;
    const table = written({
      op: Array.from({ length: rows }, () => "read"),
      offset_bytes: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i) * 512n),
      length_bytes: Int32Array.from({ length: rows }, () => 512),
      issue_ns: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i) * 10n),
      complete_ns: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i * 10 + 1 + ((i * 7919) % 500))),
    });
    const { completions } = await read(table);
    const times = completions.map(({ completeNs }) => completeNs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(completions).toHaveLength(rows);
  });
});

describe.each([
  ["parquet-converted/mkfs-xfs.parquet", "op", "length_bytes", 1],
  ["parquet-named-columns/table.parquet", "kind", "blocks", 512],
])("%s", (path, op, length, unitBytes) => {
  it("has the bytes of each operation that another reader finds", async () => {
    const bytes = readFileSync(join("test/golden/formats", path));
    const hintsPath = join("test/golden/formats", dirname(path), "read.json");
    const hints = (existsSync(hintsPath) ? JSON.parse(readFileSync(hintsPath, "utf8")) : {}) as ReadHints;
    const table = arrow.tableFromIPC(readParquet(bytes).intoIPCStream());
    const expected: Record<string, number> = {};
    for (const row of table) {
      const word = String(row[op]);
      const name = hints.ops?.[word] ?? word;
      expected[name] = (expected[name] ?? 0) + Number(row[length]) * unitBytes;
    }
    const actual: Record<string, number> = {};
    for (const { op: name, lengthBytes } of (await read(bytes, hints)).requests)
      actual[name] = (actual[name] ?? 0) + lengthBytes;
    expect(actual).toEqual(expected);
  });
});

describe("a table that cannot be read", () => {
  it.each<[string, Columns, ReadHints, string]>([
    [
      "names the columns that are missing, and those there are",
      { kind: ["R"], issue_ns: BigInt64Array.of(1n) },
      {},
      'missing column op, offset_bytes, length_bytes; name them in the side file, "read": { "columns": { "op": "…", "offset": "…", "length": "…" } }, and their units; the columns are "kind", "issue_ns"',
    ],
    ["names a column that the side file invents", OWN, { columns: { time: "when" } }, 'missing column "when"'],
    [
      "asks for the unit of a column that was named",
      FOREIGN,
      { ...NAMED, units: {} },
      'missing unit of column "ts"; say "units": { "time": "us" }',
    ],
    [
      "asks for the meaning of ops",
      FOREIGN,
      { ...NAMED, ops: { R: "read" } },
      'missing meaning of "W" in column "kind"; say in its side file which ops they are: "read": { "ops": { "W": "write" } }',
    ],
    [
      "refuses offsets that are not exact",
      { ...OWN, offset_bytes: BigInt64Array.of(0n, 2n ** 60n) },
      {},
      "unsupported offset or length 1152921504606846976 × 1 bytes in row 1",
    ],
  ])("%s", async (_, columns, hints, message) => {
    await expect(read(written(columns), hints)).rejects.toThrow(message);
  });

  it("says which compression is not known", async () => {
    await expect(read(written(OWN, Compression.ZSTD))).rejects.toThrow(
      "table.parquet: unsupported compression ZSTD; write the file again with snappy compression",
    );
  });
});

describe("where the bytes come from", () => {
  /** Counts what is read of a file that can be read in any order. */
  function randomInput(bytes: Uint8Array) {
    const reads: [number, number][] = [];
    const input: TraceInput = {
      name: "table.parquet",
      next: () => Promise.reject(new Error("read from its start")),
      random: async () => ({
        bytes: bytes.length,
        read: async (from, to) => {
          reads.push([from, to]);
          return bytes.slice(from, to);
        },
      }),
    };
    return { input, reads };
  }

  it("is in any order where the input has it", async () => {
    const { input, reads } = randomInput(written(OWN));
    expect((await readAll(parquet, [input])).requests).toMatchObject(EXPECTED);
    expect(reads.length).toBeGreaterThan(1);
  });

  it("is memory where the bytes come one after the other, whatever their pieces", async () => {
    const bytes = written(OWN);
    for (const pieceBytes of [1, 7, bytes.length])
      expect((await readAll(parquet, [inputFromBytes("x", bytes, pieceBytes)])).requests).toMatchObject(EXPECTED);
  });
});
