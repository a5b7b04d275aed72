import { describe, expect, it } from "vitest";
import { analyse } from "../../src/analysis/analyse.ts";
import type { MetricId, MetricValues } from "../../src/analysis/summary.ts";
import type { Op } from "../../src/model/ops.ts";
import { type Happening, type SlowTrace, slowReader } from "../support/slowTrace.ts";

const RECORDED = {
  clock: true,
  completion: true,
  queue: true,
  process: true,
  cgroup: false,
  merges: true,
  bios: true,
  plug: false,
  flags: true,
  error: true,
};

/** An issue at its position in time, µs apart unless told. */
function issue(op: Op, sector: number, sectors: number, issueNs: number, more: object = {}): Happening {
  const base = { flags: 0, device: 0, queueNs: null, process: 0, mergedBios: 0 };
  return {
    what: "issue",
    issue: { op, offsetBytes: sector * 512, lengthBytes: sectors * 512, issueNs, ...base, ...more },
  };
}

function completion(row: number, completeNs: number, error = 0): Happening {
  const none = { getRequestNs: null, insertNs: null, bios: [] };
  return { what: "completion", completion: { row, completeNs, error, ...none } };
}

async function figuresOf<Id extends MetricId>(
  id: Id,
  history: readonly Happening[],
  trace: Partial<SlowTrace> = {},
): Promise<MetricValues[Id]> {
  const whole = { devices: [{ name: "sda", stacked: false }], processes: ["not recorded"], recorded: RECORDED };
  const { scopes } = await analyse(slowReader({ ...whole, history, ...trace }));
  const result = scopes["whole"]![id]!;
  if (!result.ok) throw new Error(`missing ${result.missing}`);
  return result.value;
}

describe("requests", () => {
  it("are sequential where the previous data request ended, with flushes in between", async () => {
    const history = [
      issue("write", 100, 8, 0),
      issue("flush", 0, 0, 1),
      issue("write", 108, 8, 2),
      issue("read", 116, 8, 3),
      issue("write", 116, 8, 4),
    ];
    const { total, sequential, byOp } = await figuresOf("requests", history);
    expect({ total, sequential }).toEqual({ total: 5, sequential: 2 });
    expect(byOp).toEqual({
      read: { count: 1, bytes: 4096, sequential: 0 },
      write: { count: 3, bytes: 12288, sequential: 2 },
      flush: { count: 1, bytes: 0, sequential: 0 },
    });
  });

  it("follow each other on their own device only", async () => {
    const devices = ["sda", "sdb"].map((name) => ({ name, stacked: false }));
    const history = [issue("read", 0, 8, 0), issue("read", 8, 8, 1, { device: 1 }), issue("read", 8, 8, 2)];
    expect((await figuresOf("requests", history, { devices })).sequential).toBe(1);
  });

  it("do not say how many flushes were requested where bios are not recorded, nor merges where they are not", async () => {
    const figures = (facts: Partial<typeof RECORDED>) =>
      figuresOf("requests", [issue("write", 0, 8, 0)], { recorded: { ...RECORDED, ...facts } });
    expect(await figures({ bios: false, flags: false })).toMatchObject({ flushesRequested: null, byFlag: null });
    expect(await figures({ bios: false, merges: true })).toMatchObject({ flushesRequested: null, mergedBios: 0 });
    expect(await figures({ bios: true, merges: false })).toMatchObject({ flushesRequested: 0, mergedBios: null });
  });
});

describe("alignment", () => {
  it("asks offset and length", async () => {
    const history = [
      issue("write", 8, 8, 0),
      issue("write", 63, 8, 1),
      issue("write", 8, 1, 2),
      issue("write", 2048, 2048, 3),
      issue("read", 0, 0, 4),
      issue("read", 2 ** 33 + 4, 4, 5),
    ];
    const { byOp, byBoundary } = await figuresOf("alignment", history);
    expect(byOp).toEqual({ read: { aligned: 0, unaligned: 1 }, write: { aligned: 2, unaligned: 2 } });
    const writes = byBoundary.map(({ boundaryBytes, byOp: { write } }) => [boundaryBytes, write?.aligned]);
    expect(writes).toEqual([
      [512, 4],
      [1024, 2],
      [2048, 2],
      [4096, 2],
      [8192, 1],
      [16384, 1],
      [32768, 1],
      [65536, 1],
      [131072, 1],
      [262144, 1],
      [524288, 1],
      [1048576, 1],
    ]);
    expect(byBoundary[2]!.byOp.read).toEqual({ aligned: 1, unaligned: 0 });
  });
});

describe("request sizes", () => {
  it("give powers of two as they are", async () => {
    const history = [8, 8, 8, 2048, 1].map((sectors, i) => issue("read", 0, sectors, i));
    expect((await figuresOf("requestSizes", history)).byOp.read).toEqual({
      count: 5,
      minBytes: 512,
      meanBytes: (3 * 4096 + 2 ** 20 + 512) / 5,
      p50Bytes: 4096,
      p90Bytes: 2 ** 20,
      p99Bytes: 2 ** 20,
      maxBytes: 2 ** 20,
      octaves: [
        [512, 1],
        [4096, 3],
        [1048576, 1],
      ],
    });
  });
});

describe("seek distances", () => {
  it("run from the end of one request to the start of the next", async () => {
    const history = [issue("read", 0, 8, 0), issue("read", 16, 8, 1), issue("read", 8, 8, 2), issue("read", 16, 1, 3)];
    const { all } = await figuresOf("seekDistances", history);
    expect(all).toMatchObject({ count: 3, sequential: 1, maxAbsoluteBytes: 8192, backward: [[8192, 1]] });
    expect(all.forward).toEqual([[4096, 1]]);
    expect(all.meanAbsoluteBytes).toBe(4096);
  });
});

describe("latency", () => {
  it("counts a flush for its op and not for the phases", async () => {
    const history = [issue("write", 0, 8, 0), issue("flush", 0, 0, 10), completion(0, 100), completion(1, 1010)];
    const { phases, byOp } = await figuresOf("latency", history);
    expect(phases.d2c).toMatchObject({ count: 1, minNs: 100, maxNs: 100, p50Ns: 100 });
    expect(byOp.flush?.d2c).toMatchObject({ count: 1, meanNs: 1000 });
    expect(phases.q2c).toBeUndefined();
  });

  it("has nothing but the times between requests where nothing completes", async () => {
    const { phases } = await figuresOf("latency", [issue("write", 0, 8, 0), issue("write", 0, 8, 70)]);
    expect(Object.keys(phases)).toEqual(["q2q"]);
    expect(phases.q2q).toMatchObject({ count: 1, minNs: 70, maxNs: 70 });
  });
});

describe("errors", () => {
  it("are counted by op and by errno", async () => {
    const history = [0, 1, 2].map((i) => issue("read", 8 * i, 8, i));
    const ends = [completion(0, 10, 5), completion(1, 11, 28), completion(2, 12, 5)];
    expect(await figuresOf("errors", [...history, ...ends])).toEqual({
      total: 3,
      byOp: { read: 3 },
      byErrno: [
        [5, 2],
        [28, 1],
      ],
    });
  });
});

describe("processes", () => {
  it("are the 32 names with the most bytes, and the others together", async () => {
    const names = Array.from({ length: 40 }, (_, i) => `p${i}`);
    const history = names.map((_, i) => issue("write", 0, i + 1, i, { process: i + 1 }));
    const figures = await figuresOf("processes", history, { processes: ["not recorded", ...names] });
    expect(figures.processes.map(({ name }) => name)).toEqual(names.slice(8).reverse());
    expect(figures.others).toMatchObject({ names: 8, requests: 8, writes: 8, writtenBytes: 36 * 512 });
  });

  it("of one name are one, and what is not recorded is one of its own", async () => {
    const history = [
      issue("read", 0, 8, 0, { process: 1 }),
      issue("discard", 0, 8, 1, { process: 2 }),
      issue("flush", 0, 0, 2),
    ];
    const { processes } = await figuresOf("processes", history, { processes: ["not recorded", "dd", "dd"] });
    expect(processes).toMatchObject([
      { name: "dd", pids: [101, 102], pidCount: 2, requests: 2, reads: 1, readBytes: 4096, discards: 1 },
      { name: "not recorded", pids: [], pidCount: 0, requests: 1, flushes: 1 },
    ]);
  });
});
