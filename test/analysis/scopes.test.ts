import { describe, expect, it } from "vitest";
import { analyse } from "../../src/analysis/analyse.ts";
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

function write(device: number, sector: number, issueNs: number, lengthBytes = 4096): Happening {
  const issue = { op: "write", flags: 0, device, offsetBytes: sector * 512, lengthBytes, issueNs } as const;
  return { what: "issue", issue: { ...issue, queueNs: null, process: 0, mergedBios: 0 } };
}

function flushRequested(device: number, timeNs: number): Happening {
  return { what: "event", event: { kind: "flushRequested", op: "flush", device, timeNs, lengthBytes: 0 } };
}

const begin = (span: string, timeNs: number): Happening => ({ what: "begin", span, timeNs });
const end = (span: string, timeNs: number): Happening => ({ what: "end", span, timeNs });

function traceOf(history: readonly Happening[], devices = [{ name: "sda", stacked: false }]): SlowTrace {
  return { devices, processes: ["not recorded"], recorded: RECORDED, history };
}

/** Counts how often the trace was read. */
function counting(trace: SlowTrace, batchRows?: number) {
  const read = slowReader(trace, batchRows);
  const counter = {
    readings: 0,
    read: (consume: Parameters<typeof read>[0]) => {
      counter.readings++;
      return read(consume);
    },
  };
  return counter;
}

const ids = (analysis: { scopeList: readonly { id: string }[] }): string[] => analysis.scopeList.map(({ id }) => id);

describe("the scopes of a trace", () => {
  it("are only the whole trace where there is one device and no span", async () => {
    const analysis = await analyse(slowReader(traceOf([write(0, 8, 0)])));
    expect(ids(analysis)).toEqual(["whole"]);
    expect(analysis.defaultScope).toBe("whole");
  });

  it("add one for each span, and one for all of them together", async () => {
    const history = [
      write(0, 100, 0),
      begin("mkfs.ext4 /dev/sda1", 5),
      write(0, 200, 10),
      begin("Journal!", 11),
      write(0, 300, 20),
      end("Journal!", 21),
      end("mkfs.ext4 /dev/sda1", 22),
      write(0, 400, 30),
    ];
    const analysis = await analyse(slowReader(traceOf(history)));
    expect(ids(analysis)).toEqual(["whole", "marked", "span-1-mkfs-ext4-dev-sda1", "span-2-journal"]);
    expect(analysis.scopeList.map(({ requests }) => requests)).toEqual([4, 2, 2, 1]);
    expect(analysis.scopeList.map(({ rows }) => rows)).toEqual([null, [[1, 3]], [[1, 3]], [[2, 3]]]);
    expect(analysis.defaultScope).toBe("marked");
  });

  it("open on the whole trace where no marked span holds a request", async () => {
    const analysis = await analyse(slowReader(traceOf([write(0, 8, 0), begin("idle", 1), end("idle", 2)])));
    expect(ids(analysis)).toEqual(["whole", "marked", "span-1-idle"]);
    expect(analysis.defaultScope).toBe("whole");
  });

  it("open on the scope that the side file names, which then has heavy metrics", async () => {
    const trace = traceOf([begin("a", 0), write(0, 8, 1), end("a", 2), begin("b", 3), write(0, 8, 4)]);
    const analysis = await analyse(slowReader(trace), { defaultScope: "span-2-b" });
    expect(analysis.defaultScope).toBe("span-2-b");
    expect(Object.keys(analysis.scopes["span-2-b"]!)).toEqual(Object.keys(analysis.scopes["whole"]!));
    expect(analysis.scopes["span-1-a"]!.sectorMap).toBeUndefined();
    expect((await analyse(slowReader(trace), { defaultScope: "span-9" })).defaultScope).toBe("marked");
  });

  it("keep a stacked device out of everything but its own scope", async () => {
    const devices = [
      { name: "vda", stacked: false },
      { name: "dm-0", stacked: true },
    ];
    const history = [begin("lv", 0), write(1, 0, 1), write(0, 2048, 2), end("lv", 3), write(1, 8, 4)];
    const analysis = await analyse(slowReader(traceOf(history, devices)));
    const requests = Object.fromEntries(analysis.scopeList.map((scope) => [scope.id, scope.requests]));
    expect(requests).toEqual({ whole: 1, marked: 1, "span-1-lv": 1, "device-dm-0": 2, "device-vda": 1 });
  });

  it("have no address metrics where several devices share a scope", async () => {
    const devices = ["sda", "sdb"].map((name) => ({ name, stacked: false }));
    const { scopes } = await analyse(slowReader(traceOf([write(0, 8, 0), write(1, 8, 1)], devices)));
    expect(scopes["whole"]!.sectorMap).toEqual({ ok: false, missing: ["single device"] });
    expect(scopes["device-sda"]!.sectorMap).toMatchObject({ ok: true });
    expect(scopes["whole"]!.seekDistances).toMatchObject({ ok: true });
  });

  it("tell devices apart whose names differ only in what an id cannot hold", async () => {
    const devices = ["disk 1", "disk-1", "é"].map((name) => ({ name, stacked: false }));
    const history = [write(0, 8, 0), write(1, 8, 1), write(2, 8, 2)];
    const analysis = await analyse(slowReader(traceOf(history, devices)));
    expect(ids(analysis)).toEqual(["whole", "device-disk-1", "device-disk-1-2", "device-3"]);
  });

  it("have no device scope for a device without requests", async () => {
    const devices = ["sda", "sdb"].map((name) => ({ name, stacked: false }));
    const analysis = await analyse(slowReader(traceOf([flushRequested(1, 0), write(0, 8, 1)], devices)));
    expect(ids(analysis)).toEqual(["whole"]);
  });

  it("read the trace once where two devices are there from the start", async () => {
    const devices = ["sda", "sdb"].map((name) => ({ name, stacked: false }));
    const counter = counting(traceOf([write(0, 8, 0), write(1, 8, 1)], devices));
    await analyse(counter.read);
    expect(counter.readings).toBe(1);
  });
});

describe("what happened between requests", () => {
  it("belongs to a span by its time", async () => {
    const history = [
      write(0, 8, 0),
      flushRequested(0, 5),
      begin("sync", 10),
      flushRequested(0, 11),
      write(0, 16, 12),
      flushRequested(0, 13),
      end("sync", 14),
      flushRequested(0, 20),
      write(0, 24, 30),
    ];
    for (const batchRows of [1, 2, 100]) {
      const { scopes } = await analyse(slowReader(traceOf(history), batchRows));
      expect(scopes["span-1-sync"]!.requests).toMatchObject({ value: { total: 1, flushesRequested: 2 } });
      expect(scopes["whole"]!.requests).toMatchObject({ value: { total: 3, flushesRequested: 4 } });
    }
  });
});

describe("a second reading", () => {
  it("is needed where a second device comes late", async () => {
    const devices = ["sda", "sdb"].map((name) => ({ name, stacked: false }));
    const history = [...Array.from({ length: 50 }, (_, i) => write(0, 8 * i, i)), write(1, 8, 60)];
    const counter = counting(traceOf(history, devices), 4);
    const analysis = await analyse(counter.read);
    expect(counter.readings).toBe(2);
    const requests = Object.fromEntries(analysis.scopeList.map((scope) => [scope.id, scope.requests]));
    expect(requests).toEqual({ whole: 51, "device-sda": 50, "device-sdb": 1 });
  });

  it("gives the 16 devices with the most bytes their own scopes, and the rest one", async () => {
    const devices = Array.from({ length: 20 }, (_, i) => ({ name: `sd${i}`, stacked: false }));
    const history = devices.map((_, i) => write(i, 8, i, 512 * (i + 1)));
    const counter = counting(traceOf(history, devices));
    const analysis = await analyse(counter.read);
    expect(counter.readings).toBe(2);
    const own = Array.from({ length: 16 }, (_, i) => `device-sd${i + 4}`);
    expect(ids(analysis)).toEqual(["whole", ...own, "other-devices"]);
    expect(analysis.scopeList.at(-1)).toMatchObject({ kind: "other", requests: 4, devices: [0, 1, 2, 3] });
  });

  it("gives the 16 spans with the most bytes their own scopes, and the rest one", async () => {
    const spans = Array.from({ length: 18 }, (_, i) => [
      begin(`s${i}`, 10 * i),
      write(0, 8, 10 * i + 1, 512 * (i + 1)),
      end(`s${i}`, 10 * i + 2),
    ]);
    const counter = counting(traceOf(spans.flat()), 3);
    const analysis = await analyse(counter.read);
    expect(counter.readings).toBe(2);
    const own = Array.from({ length: 16 }, (_, i) => `span-${i + 3}-s${i + 2}`);
    expect(ids(analysis)).toEqual(["whole", "marked", ...own, "other-spans"]);
    expect(analysis.scopeList.at(-1)).toMatchObject({ kind: "other", requests: 2, rows: [[0, 2]] });
  });

  it("is not needed where the first 16 spans are the ones with the most bytes", async () => {
    const spans = Array.from({ length: 18 }, (_, i) => [
      begin(`s${i}`, 10 * i),
      write(0, 8, 10 * i + 1, 512 * (20 - i)),
      end(`s${i}`, 10 * i + 2),
    ]);
    const counter = counting(traceOf(spans.flat()), 3);
    expect(ids(await analyse(counter.read))).toHaveLength(19);
    expect(counter.readings).toBe(1);
  });
});
