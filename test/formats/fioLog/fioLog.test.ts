import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detect } from "../../../src/formats/detect.ts";
import { fioLog } from "../../../src/formats/fioLog/index.ts";
import { shapeOf } from "../../../src/formats/fioLog/shape.ts";
import type { FioLogValue } from "../../../src/model/format.ts";
import { headOf, inputFromText, type PlainTrace, readAll } from "../../support/inputs.ts";

function read(text: string, value: FioLogValue = "clat"): Promise<PlainTrace> {
  return readAll(fioLog, [inputFromText("job_clat.1.log", text)], {}, { fioLog: value });
}

function rowsOf(text: string): number[][] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.split(", ").map(Number));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe.each([
  "fio-log-clat/mix_clat.1.log",
  "fio-log-sequential/seq_lat.1.log",
  "fio-log-wall-clock/prio_clat.1.log",
])("%s", (path) => {
  const text = readFileSync(`test/golden/formats/${path}`, "utf8");
  const rows = rowsOf(text);

  it("holds the requests and latencies that its text holds", async () => {
    const { requests, completions } = await read(text);
    const key = (op: string, offset: number, length: number) => `${op} ${offset} ${length}`;
    const byText = rows.map(([, , direction, length, offset]) =>
      key(["read", "write", "discard"][direction!]!, offset!, length!),
    );
    expect(requests.map(({ op, offsetBytes, lengthBytes }) => key(op, offsetBytes, lengthBytes)).sort()).toEqual(
      byText.sort(),
    );
    expect(sum(completions.map(({ issueNs, completeNs }) => completeNs - issueNs))).toBe(
      sum(rows.map(([, value]) => value!)),
    );
  });

  it("completes each in the millisecond that its line says", async () => {
    const { completions } = await read(text);
    const latencies = completions.map(
      ({ issueNs, completeNs, offsetBytes }) => `${completeNs - issueNs} ${offsetBytes}`,
    );
    const logged = new Map(rows.map(([time, value, , , offset]) => [`${value} ${offset}`, time!]));
    const shifts = completions.map(({ completeNs }, i) => logged.get(latencies[i]!)! - Math.floor(completeNs / 1e6));
    expect(new Set(shifts).size).toBe(1);
  });
});

it("keeps the order of a sequential job, though its times are whole milliseconds", async () => {
  const text = readFileSync("test/golden/formats/fio-log-sequential/seq_lat.1.log", "utf8");
  const { requests, end } = await read(text, "lat");
  expect(requests.map(({ offsetBytes }) => offsetBytes)).toEqual(requests.map(({ row }) => row * 4096));
  expect(end.quality.clockSteps).toBe(0);
});

describe("a log", () => {
  it("is read by its issue times where it has them, to the nanosecond", async () => {
    const { requests, completions } = await read(
      "3, 900000, 0, 512, 8192, 0, 2900123\n3, 250000, 1, 512, 512, 0, 3100456\n",
    );
    expect(requests.map(({ offsetBytes, issueNs }) => [offsetBytes, issueNs])).toEqual([
      [8192, 0],
      [512, 200_333],
    ]);
    expect(completions.map(({ completeNs, issueNs }) => completeNs - issueNs)).toEqual([250_000, 900_000]);
  });

  it("places a request that completed late where it was issued", async () => {
    const { requests } = await read("5, 100000, 0, 512, 512, 0\n9, 8900000, 1, 512, 1024, 0\n");
    expect(requests.map(({ op, issueNs }) => [op, issueNs])).toEqual([
      ["write", 0],
      ["read", 4e6],
    ]);
  });

  it.each(["bw", "iops", "slat"] as const)("of %s has no latencies", async (value) => {
    const { requests, completions, end } = await read("0, 90185, 0, 512, 512, 0\n2, 10618, 2, 512, 1024, 0\n", value);
    expect(requests.map(({ op, issueNs }) => [op, issueNs])).toEqual([
      ["read", 0],
      ["discard", 2e6],
    ]);
    expect([completions.length, end.recorded.completion]).toEqual([0, false]);
  });

  it("knows the wall clock where fio logged it", async () => {
    const { end } = await read("1795406986835, 256880, 1, 4096, 61440, 0x0000\n1795406986835, 1, 1, 4096, 0, 0x0000\n");
    expect(end.startUnixNs).toBe("1795406986835000000");
    const issued = await read(
      "1795406986835, 256880, 1, 4096, 61440, 0x0000, 4500000\n1795406986836, 1, 1, 4096, 0, 0x0000, 6000000\n",
    );
    expect(issued.end.startUnixNs).toBe("1795406986835500000");
  });
});

describe("detection", () => {
  const lines = (...columns: string[]): string[] => ["", "", ""].map((_, i) => `${i}, ${columns.join(", ")}`);

  it.each([
    ["requests", lines("900", "0", "4096", "8192", "0")],
    ["requests", lines("900", "0", "4096", "8192", "0x0001")],
    ["requests", lines("900", "2", "4096", "8192", "0", "123456")],
    ["requests", lines("900", "1", "4096", "8192")],
    ["maybe requests", lines("900", "1", "4096", "0", "0")],
    ["maybe requests", lines("900", "0", "4096", "8192", "0").slice(0, 1)],
    ["no offsets", lines("900", "1", "4096")],
    ["no offsets", lines("900", "1", "4096", "0")],
    ["no offsets", lines("900", "1", "4096", "0x0000")],
    ["no offsets", lines("900", "1", "4096", "0", "123456")],
    ["windows", lines("900", "1", "0", "0", "0")],
    ["windows", lines("900", "1", "0", "0")],
    ["windows", lines("900", "1200", "1", "0", "0", "0")],
    ["histograms", lines("1", "4096", ...Array.from({ length: 38 }, () => "0"))],
    ["other", lines("900", "3", "4096", "8192", "0")],
    ["other", lines("900", "1", "4096", "8192", "0", "1", "1")],
    ["other", ["0, 900, 0, 4096, 8192, 0", "0, 900, 0, 4096, 0"]],
    ["other", ["1538323200,12910952,128,0,1063"]],
    ["other", []],
  ] as const)("finds %s", (shape, text) => expect(shapeOf(text)).toBe(shape));

  it("asks for what the values are, as its name suggests", () => {
    const bytes = new TextEncoder().encode(lines("900", "0", "4096", "8192", "0").join("\n"));
    expect(detect(headOf("db_lat.2.log", bytes))).toMatchObject({ format: fioLog, needs: ['"fioLog": "lat"'] });
    expect(detect(headOf("db.log", bytes))).toMatchObject({ needs: ['"fioLog": "clat"'] });
    expect(detect(headOf("db.log", bytes), { fioLog: "bw" })).toMatchObject({ needs: [] });
  });
});

const line = fc.record({
  gap: fc.integer({ min: 0, max: 3 }),
  value: fc.integer({ min: 0, max: 20e6 }),
  direction: fc.integer({ min: 0, max: 2 }),
  length: fc.integer({ min: 1, max: 2 ** 31 }),
  offset: fc.integer({ min: 0, max: 2 ** 50 }),
});

it("gives back the requests of a generated log, each right to a millisecond", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1 }), async (made) => {
      let time = 0;
      const logged = made.map((one) => {
        time += one.gap;
        return { ...one, time };
      });
      const text = logged.map((l) => `${l.time}, ${l.value}, ${l.direction}, ${l.length}, ${l.offset}, 0\n`).join("");
      const { requests, completions, end } = await read(text);
      expect(end.quality.clockSteps).toBe(0);
      expect(requests.length).toBe(made.length);
      const first = Math.min(...logged.map((l) => Math.ceil(l.time - l.value / 1e6)));
      const found = completions.map(({ issueNs, completeNs, offsetBytes }) => [
        offsetBytes,
        completeNs - issueNs,
        Math.floor(completeNs / 1e6) + first,
      ]);
      const expected = logged.map((l) => [l.offset, l.value, l.time]);
      expect(found.map(String).sort()).toEqual(expected.map(String).sort());
    }),
  );
});
