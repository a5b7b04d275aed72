import { describe, expect, it } from "vitest";
import { blktrace } from "../../../src/formats/blktrace/index.ts";
import { inputFromBytes, type PlainTrace, readAll } from "../../support/inputs.ts";
import { ascii, type Written, writeTrace } from "./writeTrace.ts";

function readFiles(files: Readonly<Record<string, readonly Written[]>>): Promise<PlainTrace> {
  const inputs = Object.entries(files).map(([name, records]) => inputFromBytes(name, writeTrace(records), 4096));
  return readAll(blktrace, inputs, { batchRows: 64 });
}

const read = (timeNs: number, sector: number, more: Written = {}): Written => ({
  action: "D",
  is: "R",
  bytes: 512,
  timeNs,
  sector,
  ...more,
});

describe("per-CPU files", () => {
  it("merge by time, and ties by CPU", async () => {
    const { requests } = await readFiles({
      "sda.blktrace.10": [read(100, 3), read(200, 5)],
      "sda.blktrace.2": [read(50, 1), read(100, 2), read(150, 4)],
    });
    expect(requests.map(({ offsetBytes }) => offsetBytes / 512)).toEqual([1, 2, 3, 4, 5]);
  });

  it("name the device of a set that is called like a disk", async () => {
    const { end } = await readFiles({
      "sda.blktrace.0": [read(0, 0)],
      "dm-3.blktrace.0": [read(5, 0, { major: 253, minor: 3 })],
      "mine.blktrace.0": [read(9, 0, { minor: 16 })],
    });
    expect(end.devices.map(({ id, name }) => [id, name])).toEqual([
      ["8,0", "sda"],
      ["253,3", "dm-3"],
      ["8,16", "8,16"],
    ]);
  });

  it("do not name a device of a set that holds two", async () => {
    const { end } = await readFiles({ "sda.blktrace.0": [read(0, 0), read(5, 0, { minor: 16 })] });
    expect(end.devices.map(({ name }) => name)).toEqual(["8,0", "8,16"]);
  });

  it("are said to be missing where the numbers have holes", async () => {
    const { end } = await readFiles({ "sda.blktrace.1": [read(0, 0)], "sda.blktrace.3": [read(5, 0)] });
    expect(end.quality.notes).toContainEqual({
      code: "cpu-files-missing",
      text: '"sda" has no file for CPU 0, 2: nothing happened there, or it is missing',
    });
  });
});

describe("what blktrace pipes into one file", () => {
  const bothCpus = (from: number, count: number) =>
    [0, 1].flatMap((cpu) =>
      Array.from({ length: count }, (_, i): Written => {
        const number = from + i;
        const [action, timeNs] = cpu === 0 ? (["D", number * 100] as const) : (["C", number * 100 + 50] as const);
        return { action, is: "W", bytes: 512, sector: number, timeNs, cpu };
      }),
    );

  it("is put in order of time: a CPU's buffer comes after another's", async () => {
    const rounds = [0, 50_000, 100_000].flatMap((from) => bothCpus(from, 50_000));
    const { completions, end } = await readFiles({ "pipe.bin": rounds });
    expect(completions).toHaveLength(150_000);
    expect(completions.every(({ issueNs, completeNs }) => completeNs - issueNs === 50)).toBe(true);
    expect(end.quality).toMatchObject({ clockSteps: 0, unmatchedCompletions: 0, unmatchedIssues: 0 });
  });
});

describe("a dump of blkparse", () => {
  const clockNs = 2n ** 60n;
  const named = (pid: number, timeNs: bigint): Written => ({ notify: 0, pid, timeNs, payload: ascii("dd\0") });
  const message = (text: string, timeNs: bigint): Written => ({ notify: 2, timeNs, payload: ascii(text) });

  it("has its messages placed among the requests, though they stand ahead of them", async () => {
    const { end } = await readFiles({
      "t.bin": [
        named(7, clockNs - 2000n),
        named(8, clockNs + 299_000n),
        message("end copy\n", clockNs + 400_000n),
        message("begin copy\n", clockNs + 150_000n),
        read(0, 0, { pid: 7 }),
        read(100_000, 8, { pid: 7 }),
        read(200_000, 16, { pid: 7 }),
        read(300_000, 24, { pid: 8 }),
        read(500_000, 32, { pid: 8 }),
      ],
    });
    expect(end.spans).toMatchObject([{ name: "copy", fromRow: 2, toRow: 4 }]);
    expect(end.quality.notes.map(({ code }) => code)).toContain("dump-clock");
  });

  it("says so where nothing tells the messages' times", async () => {
    const { end } = await readFiles({ "t.bin": [message("begin copy\n", clockNs), read(0, 0), read(5, 8)] });
    expect(end.spans).toEqual([]);
    expect(end.quality.notes.map(({ code }) => code)).toContain("messages-without-time");
  });

  it("takes several devices on one CPU for what they are", async () => {
    const { end } = await readFiles({
      "t.bin": [
        read(0, 0, { sequence: 1 }),
        read(1, 0, { sequence: 1, minor: 16 }),
        read(2, 0, { sequence: 2 }),
        read(3, 0, { sequence: 2, minor: 16 }),
      ],
    });
    expect(end.quality.sequenceGaps).toBe(0);
  });
});
