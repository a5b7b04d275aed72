import { readFileSync } from "node:fs";
import * as arrow from "apache-arrow";
import { tableToIPC, vectorFromArray } from "apache-arrow";
import fc from "fast-check";
import { parquetMetadataAsync } from "hyparquet";
import { Compression, Table, WriterPropertiesBuilder, WriterVersion, writeParquet } from "parquet-wasm";
import { describe, expect, it } from "vitest";
import { asyncBuffer } from "../../../src/formats/parquet/file.ts";
import { parquet } from "../../../src/formats/parquet/index.ts";
import { PlainColumnReader } from "../../../src/formats/parquet/plainColumns.ts";
import { tableOf } from "../../../src/formats/parquet/table.ts";
import { inputFromBytes, readAll } from "../../support/inputs.ts";

interface Row {
  readonly op: string | null;
  readonly offset: bigint;
  readonly length: bigint | null;
  readonly time: bigint | null;
  readonly completed: bigint | null;
  readonly isComplete: boolean | null;
  readonly error: number | null;
  readonly device: string | null;
  readonly process: string | null;
  readonly pid: bigint | null;
  readonly flags: string | null;
}

/** How a writer may choose to write a file. */
interface Choices {
  readonly compression: Compression;
  readonly version: WriterVersion;
  readonly dictionary: boolean;
  readonly pageRows: number;
  readonly groupRows: number;
}

const choices: fc.Arbitrary<Choices> = fc.record({
  compression: fc.constantFrom(Compression.SNAPPY, Compression.UNCOMPRESSED),
  version: fc.constantFrom(WriterVersion.V1, WriterVersion.V2),
  dictionary: fc.boolean(),
  pageRows: fc.constantFrom(3, 1000),
  groupRows: fc.constantFrom(7, 1000),
});

function mostly<T>(usual: fc.Arbitrary<T>, odd: T): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: usual, weight: 60 }, { arbitrary: fc.constant(odd), weight: 1 });
}

const row: fc.Arbitrary<Row> = fc.record({
  op: mostly<string | null>(fc.constantFrom("read", "write", "flush"), "verify"),
  offset: fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }),
  length: mostly<bigint | null>(fc.bigInt({ min: 0n, max: 2n ** 33n }), null),
  time: mostly<bigint | null>(fc.bigInt({ min: 0n, max: 1000n }), null),
  completed: fc.option(fc.bigInt({ min: 0n, max: 2000n })),
  isComplete: fc.option(fc.boolean()),
  error: fc.option(fc.integer({ min: -70000, max: 70000 })),
  device: fc.constantFrom("sda", "sdb", null),
  process: fc.constantFrom("dd", "mkfs.ext4", "größer", null),
  pid: fc.constantFrom(0n, 7n, 2n ** 40n, -1n, null),
  flags: mostly<string | null>(fc.constantFrom("", "fua", "sync|meta", null), "barrier"),
});

/** The rows as a writer that is not ours writes them. */
function written(rows: readonly Row[], offsets: arrow.Int64 | arrow.Uint64, how: Choices): Uint8Array {
  const column = <T extends arrow.DataType>(field: keyof Row, type: T) =>
    vectorFromArray(
      rows.map((one) => one[field]),
      type,
    );
  const table = new arrow.Table({
    op: column("op", new arrow.Utf8()),
    offset_bytes: column("offset", offsets),
    length_bytes: column("length", new arrow.Int64()),
    issue_ns: column("time", new arrow.Int64()),
    complete_ns: column("completed", new arrow.Int64()),
    is_complete: column("isComplete", new arrow.Bool()),
    error: column("error", new arrow.Int32()),
    device: column("device", new arrow.Utf8()),
    process: column("process", new arrow.Utf8()),
    pid: column("pid", new arrow.Int64()),
    flags: column("flags", new arrow.Utf8()),
  });
  const properties = new WriterPropertiesBuilder()
    .setCompression(how.compression)
    .setWriterVersion(how.version)
    .setDictionaryEnabled(how.dictionary)
    .setDataPageSizeLimit(1)
    .setWriteBatchSize(how.pageRows)
    .setMaxRowGroupSize(how.groupRows);
  return writeParquet(Table.fromIPCStream(tableToIPC(table, "stream")), properties.build());
}

/** What reading comes to, whether it is refused or not. */
async function outcome(bytes: Uint8Array): Promise<object> {
  try {
    return await readAll(parquet, [inputFromBytes("table.parquet", bytes)]);
  } catch (error) {
    return { refused: String(error) };
  }
}

// Offsets without a sign are a type that blkreport does not write: its rows are read in the way of other tables.
it("says the same of rows whether their columns are plain or not", async () => {
  const property = fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), choices, async (rows, how) => {
    const [signed, unsigned] = [written(rows, new arrow.Int64(), how), written(rows, new arrow.Uint64(), how)];
    expect(await outcome(signed)).toEqual(await outcome(unsigned));
  });
  await fc.assert(property, { numRuns: 100 });
});

/** The plain columns of every row group; null for one that is not plain. */
async function plainGroups(bytes: Uint8Array) {
  const file = await asyncBuffer(inputFromBytes("table.parquet", bytes));
  const metadata = await parquetMetadataAsync(file);
  const reader = new PlainColumnReader(file, metadata, tableOf(metadata, {}, "table.parquet"));
  const groups = [];
  for (const group of metadata.row_groups) {
    const columns = await reader.read(group);
    groups.push(columns && Object.fromEntries([...columns].map(([field, values]) => [field, [...values]])));
  }
  return { groups, texts: reader.texts };
}

describe("plain columns", () => {
  it("are all that blkreport writes", async () => {
    const bytes = readFileSync("test/golden/formats/parquet-converted/mkfs-xfs.parquet");
    const { groups } = await plainGroups(bytes);
    expect(groups.length).toBeGreaterThan(0);
    expect(groups).not.toContain(null);
  });

  it.each([
    ["pages of version 1, with dictionaries", WriterVersion.V1, true, Compression.SNAPPY],
    ["pages of version 1, without", WriterVersion.V1, false, Compression.SNAPPY],
    ["pages of version 2", WriterVersion.V2, true, Compression.SNAPPY],
    ["pages that are not compressed", WriterVersion.V1, true, Compression.UNCOMPRESSED],
  ])("are read from %s", async (_, version, dictionary, compression) => {
    const one: Row = {
      op: "read",
      offset: 2n ** 53n - 1n,
      length: 512n,
      time: 1n,
      completed: null,
      isComplete: true,
      error: -5,
      device: "sda",
      process: null,
      pid: 2n ** 40n,
      flags: "",
    };
    const rows = [one, { ...one, op: "write", offset: 0n, isComplete: null, device: null, process: "dd" }, one];
    const how = { compression, version, dictionary, pageRows: 2, groupRows: 2 };
    const { groups, texts } = await plainGroups(written(rows, new arrow.Int64(), how));
    expect(groups).toHaveLength(2);
    const nan = Number.NaN;
    expect(groups[0]).toMatchObject({
      offset: [2 ** 53 - 1, 0],
      length: [512, 512],
      completed: [nan, nan],
      isComplete: [1, nan],
      error: [-5, -5],
      pid: [2 ** 40, 2 ** 40],
    });
    expect(groups[0]!["op"]!.map((place) => texts[place])).toEqual(["read", "write"]);
    expect(groups[0]!["device"]!.map((place) => texts[place])).toEqual(["sda", undefined]);
    expect(groups[0]!["process"]!.map((place) => texts[place])).toEqual([undefined, "dd"]);
    expect(groups[1]).toMatchObject({ offset: [2 ** 53 - 1], op: [groups[0]!["op"]![0]] });
  });

  it("have no numbers that a double cannot hold", async () => {
    const beyond = { op: ["read"], offset_bytes: [2n ** 53n], length_bytes: [1n], issue_ns: [0n] };
    const columns = Object.entries(beyond).map(([name, values]) => [
      name,
      vectorFromArray<arrow.DataType>(values, name === "op" ? new arrow.Utf8() : new arrow.Int64()),
    ]);
    const table = new arrow.Table(Object.fromEntries(columns));
    const { groups } = await plainGroups(writeParquet(Table.fromIPCStream(tableToIPC(table, "stream"))));
    expect(groups).toEqual([null]);
  });
});
