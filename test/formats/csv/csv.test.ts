import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { namedColumn } from "../../../src/formats/csv/columnNames.ts";
import { csv } from "../../../src/formats/csv/index.ts";
import { opOfWord } from "../../../src/formats/csv/opWords.ts";
import { detect } from "../../../src/formats/detect.ts";
import { word } from "../../../src/formats/text/cursor.ts";
import type { ReadHints } from "../../../src/model/format.ts";
import { FLAG, OPS } from "../../../src/model/ops.ts";
import { headOf, inputFromText, readAll } from "../../support/inputs.ts";

const CONVERTED = "op,offset_bytes,length_bytes,issue_ns,complete_ns,queue_ns,device,process,cpu,flags,error";

function read(text: string, hints: ReadHints = {}) {
  return readAll(csv, [inputFromText("table.csv", text)], {}, hints);
}

describe("names of columns", () => {
  it.each([
    ["time_us", { field: "time", time: "us" }],
    ["Time Stamp (microseconds)", { field: "time", time: "us" }],
    ["Time (µs)", { field: "time", time: "us" }],
    ["timestamp_unix_ns", { field: "time", time: "ns", unix: true }],
    ["timestamp", { field: "time" }],
    ["ResponseTime", { field: "latency" }],
    ["latency_ns", { field: "latency", time: "ns" }],
    ["offset", { field: "offset" }],
    ["Offset [bytes]", { field: "offset", bytes: 1 }],
    ["sector", { field: "offset", bytes: 512 }],
    ["lba", { field: "offset" }],
    ["nsectors", { field: "length", bytes: 512 }],
    ["size_kib", { field: "length", bytes: 1024 }],
    ["bytes", { field: "length", bytes: 1 }],
    ["DiskNumber", { field: "device" }],
    ["queue_ns", { field: "queue", time: "ns" }],
    ["queue", null],
    ["size_kb", null],
    ["time_of_day", null],
    ["", null],
  ])("%j", (name, expected) => expect(namedColumn(name)).toEqual(expected));
});

it("knows words for ops, and no codes", () => {
  for (const op of OPS) expect(opOfWord(op)).toBe(op);
  expect(["R", "w", "Write", "WRITE_ZEROES", "trim"].map(opOfWord)).toEqual([
    "read",
    "write",
    "write",
    "writeZeroes",
    "discard",
  ]);
  expect(["0", "1", "D", "WS", "", "constructor"].map(opOfWord)).toEqual(Array(6).fill(undefined));
});

describe("what convert writes", () => {
  it("is read without a hint", async () => {
    const rows = `read,1024,512,0,153000,-1000,sda,mkfs,1,sync|meta,0
write,4096,4096,180000,,,"a,""b""",'=sum,,fua|preflush|readAhead,
`;
    const { requests, completions, end } = await read(`${CONVERTED}\n${rows}`);
    expect(requests).toMatchObject([
      {
        op: "read",
        offsetBytes: 1024,
        lengthBytes: 512,
        issueNs: 0,
        queueNs: -1000,
        cpu: 1,
        flags: FLAG.sync | FLAG.meta,
      },
      { op: "write", issueNs: 180000, queueNs: Number.NaN, cpu: -1, flags: FLAG.fua | FLAG.preflush | FLAG.readAhead },
    ]);
    expect(completions).toMatchObject([{ row: 0, completeNs: 153000, error: 0 }]);
    expect(end.devices.map(({ name }) => name)).toEqual(["sda", 'a,"b"']);
    expect(end.processes.map(({ name }) => name)).toEqual(["not recorded", "mkfs", "=sum"]);
    expect(end.recorded).toEqual({
      clock: true,
      completion: true,
      queue: true,
      process: true,
      cgroup: false,
      merges: false,
      bios: false,
      plug: false,
      flags: true,
      error: true,
    });
  });

  it("has no clock where its times are empty, and records nothing that is empty", async () => {
    const { requests, end } = await read(`${CONVERTED}\nread,0,512,,,,,,,,\nwrite,512,512,,,,,,,,\n`);
    expect(requests.map(({ op, issueNs }) => [op, issueNs])).toEqual([
      ["read", 0],
      ["write", 1],
    ]);
    expect(Object.values(end.recorded)).not.toContain(true);
    expect(end.quality.notes).toEqual([]);
  });

  it("is in order of issue, whatever the order of its lines", async () => {
    const row = fc.tuple(fc.nat(1000), fc.option(fc.nat(1000), { nil: null }), fc.constantFrom(...OPS));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const lines = rows.map(([issue, latency, op]) =>
          [op, 0, 512, issue, latency === null ? "" : issue + latency, "", "sda", "", "", "", ""].join(","),
        );
        const { requests, completions } = await read(`${CONVERTED}\n${lines.join("\n")}\n`);
        const sorted = rows.toSorted(([a], [b]) => a - b);
        expect(requests.map(({ op, issueNs }) => [issueNs, op])).toEqual(
          sorted.map(([issue, , op]) => [issue - sorted[0]![0], op]),
        );
        const times = completions.map(({ completeNs }) => completeNs);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times.length).toBe(rows.filter(([, latency]) => latency !== null).length);
      }),
    );
  });
});

describe("a header that does not tell all", () => {
  const table = "time,rw,offset,size\n1,0,8,16\n";
  const units = { time: "us", offsetBytes: 512, lengthBytes: 1 } as const;

  it("asks for units and codes before anything is read", () => {
    const head = headOf("table.csv", word(table));
    expect(detect(head)).toMatchObject({
      format: csv,
      needs: ['"units": { "time": "us", "offsetBytes": 512, "lengthBytes": 512 }', '"ops": { "0": "…" }'],
    });
    expect(detect(head, { units, ops: { 0: "write" } })).toMatchObject({ needs: [] });
  });

  it("is an error with the words for the side file", async () => {
    await expect(read(table)).rejects.toThrow(
      'table.csv:1: missing unit of the time, offset and length; neither the header nor the side file tells it: say "read": { "units": { "time": "us", "offsetBytes": 512, "lengthBytes": 512 } } there',
    );
    await expect(read(table, { units })).rejects.toThrow('table.csv:2: missing meaning of "0" in the column of the op');
    const { requests } = await read(table, { units, ops: { 0: "write" } });
    expect(requests).toMatchObject([{ op: "write", offsetBytes: 4096, lengthBytes: 16 }]);
  });

  it("gives way to the hints", async () => {
    const hints: ReadHints = {
      columns: { offset: "where", length: 3, op: "Kind" },
      units: { offsetBytes: 4096, lengthBytes: 512 },
    };
    const { requests, end } = await read("kind,where,sectors,offset_bytes\nread,2,8,77\n", hints);
    expect(requests).toMatchObject([{ op: "read", offsetBytes: 8192, lengthBytes: 4096 }]);
    expect(end.recorded.clock).toBe(false);
    await expect(read("op,offset_bytes,bytes\n", { columns: { time: "clock" } })).rejects.toThrow(
      'missing column "clock", which the side file names',
    );
  });
});

it("takes the issue from the completion and the latency, where that is what there is", async () => {
  const { requests, completions } = await read("op,sector,nsectors,end_us,latency_us\nr,0,8,100,40\nw,8,8,110,90\n");
  expect(requests.map(({ op, issueNs }) => [op, issueNs])).toEqual([
    ["write", 0],
    ["read", 40_000],
  ]);
  expect(completions.map(({ completeNs }) => completeNs)).toEqual([80_000, 90_000]);
});

it("tells a table from what is none", () => {
  const text = "Dear all, the offset of the size is a type,\nof its own, and no table\n";
  expect(detect(headOf("mail", word(text))).format).toBeNull();
  expect(detect(headOf("names.csv", word("name,size,type\na,1,b\n"))).format).toBeNull();
});

it("counts wall-clock time only where the header says so", async () => {
  const unix = await read("op,offset_bytes,bytes,time_unix_s\nread,0,512,1577808000.5\n");
  expect(unix.end.startUnixNs).toBe("1577808000500000000");
  const plain = await read("op,offset_bytes,bytes,time_s\nread,0,512,1577808000.5\n");
  expect(plain.end.startUnixNs).toBeNull();
});
