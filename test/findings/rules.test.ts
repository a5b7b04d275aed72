import { describe, expect, it } from "vitest";
import { modesOf } from "../../src/findings/bimodalLatency.ts";
import { judge } from "../../src/findings/index.ts";
import { FLAG, OP_CODE } from "../../src/model/ops.ts";
import { alignment, evidence, type Facts, footprint, found, requests } from "./kit.ts";

type Metrics = NonNullable<Facts["metrics"]>;
type Targets = NonNullable<Metrics["targets"]>;

/** A row of the sequence. */
function row(op: keyof typeof OP_CODE, offsetBytes: number, lengthBytes: number, issueNs = 0, flags = 0): number[] {
  return [OP_CODE[op], offsetBytes, lengthBytes, issueNs, 1, 0, 0, flags];
}

function rows(count: number, make: (index: number) => number[]): number[][] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** [depth, ns] spent at it. */
function queueDepth(timeAtDepthNs: number[][]): NonNullable<Metrics["queueDepth"]> {
  const all = timeAtDepthNs.reduce((sum, [, ns]) => sum + ns!, 0);
  const idle = timeAtDepthNs.find(([depth]) => depth === 0)?.[1] ?? 0;
  const peak = Math.max(...timeAtDepthNs.map(([depth]) => depth!));
  return {
    startNs: 0,
    binNs: 1,
    bins: 1,
    mean: [1],
    max: [peak],
    overallMean: 1,
    peak,
    idleShare: idle / all,
    timeAtDepthNs,
  };
}

function latency(
  op: "read" | "write" | "flush",
  count: number,
  p50Ns: number,
  p99Ns: number,
): NonNullable<Metrics["latency"]> {
  const d2c = { count, minNs: p50Ns, meanNs: p50Ns, maxNs: p99Ns, p50Ns, p90Ns: p50Ns, p99Ns, p999Ns: p99Ns };
  return { phases: { d2c }, byOp: { [op]: { d2c } }, perBio: {}, d2cBuckets: {} };
}

function sizes(
  op: "write" | "discard" | "read",
  count: number,
  bytes: number,
  p99Bytes = bytes,
): NonNullable<Metrics["requestSizes"]> {
  const octaves = [[2 ** Math.floor(Math.log2(bytes)), count]];
  return {
    byOp: {
      [op]: {
        count,
        minBytes: bytes,
        meanBytes: bytes,
        p50Bytes: bytes,
        p90Bytes: bytes,
        p99Bytes,
        maxBytes: p99Bytes,
        octaves,
      },
    },
  };
}

describe("a partition that only remaps tell of", () => {
  const at = (startSector: number, physicalBlockBytes?: number) => ({
    seenPartitions: [{ id: "254,33", device: 0, startBytes: startSector * 512, bios: 9, bytes: 4096 }],
    ...(physicalBlockBytes === undefined ? {} : { physicalBlockBytes }),
  });

  it("is misaligned at sector 63, and the evidence says where that is from", () => {
    expect(found("misaligned-partition", at(63, 4096))).toMatchObject({
      severity: "high",
      title: "Partition 254,33 starts at sector 63, 3.5 KiB past a 4 KiB boundary",
    });
    expect(found("misaligned-partition", at(63))?.evidence).toMatch(/remap records tell/);
    expect(found("aligned-partition", at(63))).toBeUndefined();
  });

  it("is said to be aligned at sector 2 048", () => {
    expect(found("misaligned-partition", at(2048, 4096))).toBeUndefined();
    expect(found("aligned-partition", at(2048, 4096))).toMatchObject({ severity: "info" });
  });

  it("is no matter on a disk of 512 byte blocks", () => {
    expect(found("aligned-partition", at(2048, 512))).toBeUndefined();
  });

  it("gives way to the layout of the side file", () => {
    const layout = { partitions: [{ name: "vdc1", startSector: 2048, sectors: null }] };
    expect(found("misaligned-partition", { ...at(63), ...layout })).toBeUndefined();
  });
});

describe("requests that are shifted alike", () => {
  const shifted = (count: number, others = 0) => [
    ...rows(count, (i) => row("write", 63 * 512 + i * 8192, 4096)),
    ...rows(others, (i) => row("read", i * 4096, 4096)),
  ];

  it("are a hint only where no partition is known", () => {
    expect(found("shifted-requests", { sequence: shifted(20) })).toMatchObject({
      severity: "info",
      title: "Requests of whole blocks begin 3.5 KiB past a 4 KiB boundary",
    });
    const partitions = [{ name: "1", startSector: 63, sectors: null }];
    expect(found("shifted-requests", { sequence: shifted(20), partitions })).toBeUndefined();
  });

  it("are no hint where blocks of 1 KiB explain the shift", () => {
    const sequence = rows(40, (i) => row("write", 1024 + i * 8192, 4096));
    expect(found("shifted-requests", { sequence })).toBeUndefined();
  });

  it("are nothing where they are few, or mixed, or not shifted", () => {
    expect(found("shifted-requests", { sequence: shifted(19) })).toBeUndefined();
    expect(found("shifted-requests", { sequence: shifted(20, 3) })).toBeUndefined();
    expect(found("shifted-requests", { sequence: shifted(0, 50) })).toBeUndefined();
  });
});

describe("writes of a part of a physical block", () => {
  const judged = (unaligned: number, physicalBlockBytes?: number) =>
    found("partial-block-writes", {
      metrics: { alignment: alignment({ write: { aligned: 10 - unaligned, unaligned } }) },
      ...(physicalBlockBytes === undefined ? {} : { physicalBlockBytes }),
    });

  it("are judged at the disk's own block", () => {
    expect(judged(6, 4096)).toMatchObject({ severity: "high" });
    expect(judged(1, 4096)).toMatchObject({ severity: "medium" });
    expect(judged(0, 4096)).toBeUndefined();
    expect(judged(10, 2048)).toBeUndefined();
  });

  it("are not judged where the block is not recorded, or a sector", () => {
    expect(judged(10)).toBeUndefined();
    expect(judged(10, 512)).toBeUndefined();
  });
});

describe("small sequential writes", () => {
  const judged = (requestsInRuns: number, bytesOfEach: number, all = requestsInRuns) => {
    const ofRuns = {
      requests: all,
      bytes: 0,
      runs: 1,
      requestsInRuns,
      bytesInRuns: 0,
      lengthRequests: null,
      lengthBytes: null,
    };
    const strides = { count: 0, exact: true, commonest: [] };
    const octaves = [[8, 1, requestsInRuns, requestsInRuns * bytesOfEach]];
    return found("small-sequential-writes", {
      metrics: {
        runs: { openStreams: 1, byOp: { write: { ...ofRuns, octaves, interleaved: [], strides } } },
      } as Metrics,
    });
  };

  it("are many of 16 KiB or less in long runs", () => {
    expect(judged(64, 4096)?.title).toBe("64 small writes each begin where an earlier one ended");
    expect(judged(64, 16384)).toMatchObject({ severity: "low" });
  });

  it("are neither few, nor large, nor a small part of all", () => {
    expect(judged(63, 4096)).toBeUndefined();
    expect(judged(64, 16385)).toBeUndefined();
    expect(judged(64, 4096, 257)).toBeUndefined();
  });
});

describe("tiny synchronous writes", () => {
  const judged = (tiny: number, large: number, aloneShare: number) =>
    found("tiny-sync-writes", {
      metrics: {
        queueDepth: queueDepth([
          [1, aloneShare],
          [2, 100 - aloneShare],
        ]),
      },
      sequence: [
        ...rows(tiny, (i) => row("write", i * 4096, 4096, i, FLAG.sync)),
        ...rows(large, (i) => row("write", i * 65536, 65536, i, FLAG.sync)),
      ],
    });

  it("are those waited for one by one", () => {
    expect(judged(100, 0, 100)).toMatchObject({ severity: "medium" });
    expect(judged(60, 40, 80)).toMatchObject({ severity: "low" });
  });

  it("are none with others in flight, among large writes, or where few are written", () => {
    expect(judged(100, 0, 74)).toBeUndefined();
    expect(judged(40, 60, 100)).toBeUndefined();
    expect(judged(99, 0, 100)).toBeUndefined();
  });
});

describe("a flush storm", () => {
  const judged = (count: number, apartNs: number, meanNs: number) =>
    found("flush-storm", {
      metrics: { latency: latency("flush", count, meanNs, meanNs) },
      sequence: rows(count, (i) => row("flush", 0, 0, i * apartNs)),
    });

  it("is a hundred flushes within a second", () => {
    expect(judged(100, 10e6, 1e5)).toMatchObject({ severity: "low", title: "100 flushes within 990 ms" });
    expect(judged(99, 1e6, 1e5)).toBeUndefined();
    expect(judged(1000, 11e6, 1e5)).toBeUndefined();
  });

  it("is medium where the flushes take half of the time", () => {
    expect(judged(100, 10e6, 6e6)).toMatchObject({ severity: "medium" });
  });
});

describe("the queue", () => {
  const one = (idleNs: number, aloneNs: number, twoNs = 0, bytes = 4096 * 200, queue: number | null = null) =>
    found("queue-depth-one", {
      metrics: {
        requests: requests({ read: { count: 200, bytes } }),
        queueDepth: queueDepth([
          [0, idleNs],
          [1, aloneNs],
          [2, twoNs],
        ]),
      },
      device: { queueDepth: queue },
    });

  it("stays at one where requests come back to back, one after the other", () => {
    expect(one(10, 90)).toMatchObject({ severity: "low", title: "The queue depth stays at one for 200 requests" });
  });

  it("is no limit where the device mostly waits, has a deeper queue at times, moves large requests or takes one only", () => {
    expect(one(51, 49)).toBeUndefined();
    expect(one(10, 80, 10)).toBeUndefined();
    expect(one(10, 90, 0, 200 * 1024 * 1024)).toBeUndefined();
    expect(one(10, 90, 0, 4096 * 200, 1)).toBeUndefined();
  });

  const full = (deepNs: number, queue: number | null) =>
    found("queue-always-full", {
      metrics: {
        requests: requests({ read: { count: 200 } }),
        queueDepth: queueDepth([
          [1, 100 - deepNs],
          [31, deepNs],
        ]),
      },
      device: { queueDepth: queue },
    });

  it("is full at nine tenths of the device's depth for half of the busy time", () => {
    expect(full(50, 32)).toMatchObject({ severity: "low" });
    expect(full(90, 32)).toMatchObject({ severity: "medium" });
    expect(full(49, 32)).toBeUndefined();
    expect(full(100, 64)).toBeUndefined();
  });

  it("is not judged where the device's depth is not recorded", () => {
    expect(full(100, null)).toBeUndefined();
  });
});

describe("latency", () => {
  const outliers = (count: number, p99Ns: number, p99Bytes = 4096) =>
    found("latency-outliers", {
      metrics: { latency: latency("read", count, 1e6, p99Ns), requestSizes: sizes("read", count, 4096, p99Bytes) },
    });

  const hill = (centreNs: number, count: number) =>
    [0.9, 1, 1.1].map((part) => [centreNs * part * 0.99, centreNs * part, Math.round(count / 3)]);

  it("has outliers where a hundredth takes twenty times the median, and 10 ms at least", () => {
    expect(outliers(200, 20e6)?.title).toBe("One read in a hundred takes 20 times the median or longer");
    expect(outliers(200, 19e6)).toBeUndefined();
    expect(outliers(199, 20e6)).toBeUndefined();
  });

  it("is not compared between requests of very different sizes", () => {
    expect(outliers(200, 20e6, 1 << 20)).toBeUndefined();
  });

  it("has no outliers where the slow ones are a peak of their own", () => {
    const twoPeaks = {
      ...latency("read", 600, 1e5, 20e6),
      d2cBuckets: { read: [...hill(1e5, 300), ...hill(2e7, 300)] },
    };
    const metrics = { latency: twoPeaks, requestSizes: sizes("read", 600, 4096) };
    expect(found("latency-outliers", { metrics })).toBeUndefined();
    expect(found("bimodal-latency", { metrics })).toMatchObject({ severity: "info" });
    const onePeak = { ...twoPeaks, d2cBuckets: { read: hill(1e5, 600) } };
    expect(found("latency-outliers", { metrics: { ...metrics, latency: onePeak } })).toMatchObject({ severity: "low" });
  });

  it("has two peaks with a valley between, or one", () => {
    expect(modesOf([...hill(1e5, 300), ...hill(8e6, 300)])?.highShare).toBeCloseTo(0.5);
    expect(modesOf(hill(1e5, 600))).toBeNull();
    expect(modesOf([...hill(1e5, 300), ...hill(2e5, 300)])).toBeNull();
    expect(modesOf([...hill(1e5, 570), ...hill(8e6, 60)])).toBeNull();
    expect(modesOf([...hill(1e5, 60), ...hill(8e6, 60)])).toBeNull();
  });

  const devices = (slowNs: number) => {
    const base = evidence({});
    const scope = base.scopeList[0]!;
    const scopeOf = (index: number) => ({ ...scope, id: `device-${index}`, kind: "device" as const, devices: [index] });
    const disks = ["sda", "sdb"].map((name) => ({ ...base.trace.devices[0]!, id: name, name }));
    const ok = (ns: number) => ({ latency: { ok: true as const, value: latency("write", 100, ns, ns) } });
    return judge({
      ...base,
      trace: { ...base.trace, devices: disks },
      scopeList: [scope, scopeOf(0), scopeOf(1)],
      scopes: { ...base.scopes, "device-0": ok(1e6), "device-1": ok(slowNs) },
    }).find(({ id }) => id === "slow-device");
  };

  it("shows a device that is three times as slow as the others", () => {
    expect(devices(3e6)).toMatchObject({ severity: "medium", title: "sdb is 3 times as slow as sda" });
    expect(devices(2.9e6)).toBeUndefined();
  });
});

describe("seeks", () => {
  const judged = (busyNs: number, rotational: boolean | null, distance = 1 << 30) =>
    found("seeks-dominate", {
      metrics: {
        requests: requests({ read: { count: 101, bytes: 101 * 4096 } }),
        queueDepth: queueDepth([[1, busyNs * 100]]),
        seekDistances: {
          all: {
            count: 100,
            sequential: 10,
            meanAbsoluteBytes: distance,
            p50AbsoluteBytes: distance,
            p90AbsoluteBytes: distance,
            maxAbsoluteBytes: distance,
            backward: [],
            forward: [],
          },
          byOp: {},
        },
      },
      device: { rotational },
    });

  it("dominate on a rotating disk that takes as long as a seek does", () => {
    expect(judged(8e6, true)).toMatchObject({
      severity: "medium",
      title: "90 % of the requests make a rotating disk seek",
    });
  });

  it("do not on a disk without a head, an unknown one, one that answers faster, or close by", () => {
    expect(judged(8e6, false)).toBeUndefined();
    expect(judged(8e6, null)).toBeUndefined();
    expect(judged(1e6, true)).toBeUndefined();
    expect(judged(8e6, true, 4096)).toBeUndefined();
  });
});

describe("discards", () => {
  const judged = (count: number, bytes: number, discardGranularityBytes: number | null = null) => ({
    metrics: {
      requests: requests({ discard: { count, bytes: count * bytes } }),
      requestSizes: sizes("discard", count, bytes),
      footprint: footprint({ distinctDiscardedBytes: count * bytes }),
    },
    device: { discardGranularityBytes },
  });

  it("are tiny below the device's granularity", () => {
    expect(found("tiny-discards", judged(8, 4096, 65536))?.title).toBe("All 8 discards are smaller than 64 KiB");
    expect(found("tiny-discards", judged(8, 65536, 65536))).toBeUndefined();
    expect(found("tiny-discards", judged(8, 4096, 4096))).toBeUndefined();
  });

  it("are tiny below 64 KiB where it is not recorded and they are many", () => {
    expect(found("tiny-discards", judged(64, 4096))).toMatchObject({ severity: "low" });
    expect(found("tiny-discards", judged(63, 4096))).toBeUndefined();
  });

  it("are a neutral fact otherwise", () => {
    expect(found("discards", judged(1, 1 << 20))?.title).toBe("1 discard of 1 MiB");
    expect(found("discards", judged(2, 1 << 20))?.title).toBe("2 discards, 2 MiB in all");
    expect(found("discards", judged(64, 4096))).toBeUndefined();
  });
});

describe("places", () => {
  it("beyond the device's end are counted", () => {
    const facts = { quality: { requestsBeyondDevice: 2 }, device: { bytes: 1 << 20 } };
    expect(found("beyond-device", facts)).toMatchObject({
      title: "2 of 100 requests end past the end of the device",
      evidence: "As the trace or the side file says, sda has 1 MiB.",
    });
    expect(found("beyond-device", {})).toBeUndefined();
  });

  const written = (first: number, kind = 2, sectors: number | null = 4096, layout: Facts["layout"] = null) =>
    found("outside-partitions", {
      layout,
      metrics: {
        sectorMap: {
          cellSectors: 1,
          cells: { alignedRead: 0, unalignedRead: 0, alignedWrite: 0, unalignedWrite: 0 },
          runs: [[first, 8, kind]],
          discard: { cells: 0, runs: [] },
          writeZeroes: { cells: 0, runs: [] },
        },
      },
      partitions: [{ name: "1", startSector: 4096, sectors }],
      device: { bytes: 16384 * 512 },
    });

  it("outside every partition hold no write but the partition tables'", () => {
    expect(written(3000)?.title).toBe("4 KiB written outside every partition");
    expect(written(9000)).toMatchObject({ severity: "medium" });
    expect(written(8190)?.title).toBe("3 KiB written outside every partition");
    for (const place of [0, 1000, 4096, 8184, 16376]) expect(written(place), `${place}`).toBeUndefined();
  });

  it("outside every partition hold no write to what a layout has there", () => {
    const at = (name: string, kind: "partition" | "partitionTable", sector: number, sectors: number) => ({
      ...{ name, kind, within: null, device: 0 },
      ...{ fromBytes: sector * 512, lengthBytes: sectors * 512 },
    });
    const layout = {
      sources: [],
      bands: [at("partition 1", "partition", 4096, 4096), at("EBR", "partitionTable", 9000, 8)],
    };
    expect(written(9000, 2, 4096, layout)).toBeUndefined();
    expect(written(9008, 2, 4096, layout)).toBeDefined();
  });

  it("are not judged for reads, or where a partition's end is not known", () => {
    expect(written(3000, 1)).toBeUndefined();
    expect(written(3000, 2, null)).toBeUndefined();
  });
});

describe("neutral facts", () => {
  it("name a full scan in order", () => {
    const scan = (read: number, bytesInRuns: number) =>
      found("full-scan", {
        metrics: {
          footprint: footprint({ distinctReadBytes: read }),
          runs: { openStreams: 1, byOp: { read: { bytes: 1000, bytesInRuns } } } as unknown as NonNullable<
            Metrics["runs"]
          >,
        },
        device: { bytes: 1000 },
      });
    expect(scan(900, 800)).toMatchObject({ severity: "info", title: "90 % of the device is read, in order" });
    expect(scan(899, 800)).toBeUndefined();
    expect(scan(900, 799)).toBeUndefined();
  });

  const flagged = (flag: "meta" | "readAhead", count: number, all: number) => {
    const byFlag = { fua: 0, sync: 0, meta: 0, readAhead: 0, preflush: 0, [flag]: count };
    return { requests: { ...requests({ read: { count: all } }), byFlag } };
  };

  it("name metadata where it is half of the requests", () => {
    expect(found("metadata-share", { metrics: flagged("meta", 15, 30) })?.title).toBe(
      "50 % of the requests are for the filesystem's metadata",
    );
    expect(found("metadata-share", { metrics: flagged("meta", 14, 30) })).toBeUndefined();
    expect(found("metadata-share", { metrics: flagged("meta", 29, 29) })).toBeUndefined();
    expect(found("metadata-share", { metrics: { requests: requests({ read: { count: 30 } }) } })).toBeUndefined();
  });

  const amount = (count: number, bytes = count * 4096) => ({ count, bytes, unaligned: 0 });
  const written = (name: string, kind: "superblock" | "journal" | "file", within = "ext4 on sda1") => ({
    ...{ name, kind, within },
    byOp: { write: amount(1) },
  });
  const placed = (all: number, byKind: Targets["byKind"], more: Partial<Targets> = {}) => ({
    requests: requests({ write: { count: all, bytes: all * 4096 } }),
    targets: { structures: [written("superblock", "superblock")], otherStructures: 0, byKind, elsewhere: {}, ...more },
  });

  it("name metadata by its places where a layout tells them, counting for it only what touches nothing else", () => {
    const judged = (data: number, elsewhere = 0) =>
      found("metadata-share", {
        metrics: placed(
          40,
          { journal: { write: amount(25) }, inodeTable: { write: amount(9) }, file: { write: amount(data) } },
          { elsewhere: { write: amount(elsewhere) } },
        ),
      });
    expect(judged(10, 2)).toMatchObject({
      title: "At least 70 % of the reads and writes are for the filesystem's metadata",
      evidence:
        "28 of 40 touch nothing else, as the layout names the places: most often journals (25) and inode tables (9).",
    });
    expect(judged(0)?.title).toBe("All reads and writes are for the filesystem's metadata");
    expect(judged(15, 6)).toBeUndefined();
    const few = placed(29, { journal: { write: amount(29) } });
    expect(found("metadata-share", { metrics: few })).toBeUndefined();
  });

  it("name metadata by its flag where the places do not show it", () => {
    const metrics = { ...placed(30, { filesystem: { write: amount(30) } }), ...flagged("meta", 30, 30) };
    expect(found("metadata-share", { metrics })?.title).toBe("100 % of the requests are for the filesystem's metadata");
  });

  it("name the journal where it is half of what is written", () => {
    const judged = (count: number, all = 40) =>
      found("journal-share", { metrics: placed(all, { journal: { write: amount(count) } }) });
    expect(judged(20)).toMatchObject({
      severity: "info",
      title: "50 % of what is written goes to the journal",
      evidence: "80 KiB of 160 KiB, in 20 of 40 writes.",
    });
    expect(judged(19)).toBeUndefined();
    expect(judged(29, 29)).toBeUndefined();
    expect(found("journal-share", { metrics: { requests: requests({ write: { count: 40 } }) } })).toBeUndefined();
  });

  it("say nothing of metadata where a filesystem is made: its superblock's copies are written", () => {
    const structures = [written("superblock", "superblock"), written("superblock copy, group 1", "superblock")];
    const metrics = placed(40, { journal: { write: amount(40) } }, { structures });
    expect(found("metadata-share", { metrics })).toBeUndefined();
    expect(found("journal-share", { metrics })).toBeUndefined();
    const two = [written("superblock", "superblock"), written("superblock", "superblock", "ext4 on sda2")];
    const apart = placed(40, { journal: { write: amount(40) } }, { structures: two });
    expect(found("journal-share", { metrics: apart })).toBeDefined();
  });

  it("name read-ahead, and what of it is read again", () => {
    const sequence = [row("read", 0, 4096, 0, FLAG.readAhead), row("read", 2048, 4096), row("read", 0, 512)];
    expect(found("read-ahead", { metrics: flagged("readAhead", 50, 100), sequence })?.evidence).toBe(
      "50 of 100 reads. 4 KiB of the disk, of which later reads asked for 2.5 KiB again, each time counted.",
    );
    expect(found("read-ahead", { metrics: flagged("readAhead", 49, 100), sequence })).toBeUndefined();
  });

  it("tell requeues", () => {
    expect(found("requeues", { quality: { requeues: 1 } })).toMatchObject({ severity: "medium" });
    expect(found("requeues", {})).toBeUndefined();
  });

  it("tell blocks written again within a second", () => {
    const again = (withinSecond: number, accesses: number) =>
      found("rewritten-soon", {
        metrics: {
          reuse: {
            heat: { writes: { accesses } },
            again: { writeAfterWrite: { time: { withinSecond, p50Ns: 1e6 } } },
          } as unknown as NonNullable<Metrics["reuse"]>,
        },
      });
    expect(again(30, 120)).toMatchObject({ severity: "low" });
    expect(again(29, 30)).toBeUndefined();
    expect(again(30, 121)).toBeUndefined();
  });
});

describe("small requests behind large ones", () => {
  const read = (offsetBytes: number, lengthBytes: number, issueNs: number, latencyNs: number) => {
    const [op] = row("read", 0, 0);
    return [op!, offsetBytes, lengthBytes, issueNs, latencyNs, 0, 0, 0];
  };
  /** A large request of 10 ms each 20 ms, a small one in the middle of it and one after it. */
  const judged = (pairs: number, behindNs: number, largeBytes = 1 << 20) =>
    found("head-of-line", {
      sequence: Array.from({ length: pairs }, (_, i) => [
        read(i * (1 << 20), largeBytes, i * 20e6, 10e6),
        read(0, 4096, i * 20e6 + 5e6, behindNs),
        read(0, 4096, i * 20e6 + 15e6, 1e6),
      ]).flat(),
    });

  it("are found where they take four times as long as the others", () => {
    expect(judged(30, 4e6)).toMatchObject({
      severity: "low",
      title: "Small reads take 4 times as long behind a request of 256 KiB or more",
    });
    expect(judged(30, 3.9e6)).toBeUndefined();
  });

  it("are not where there are few, or the others are not large", () => {
    expect(judged(29, 4e6)).toBeUndefined();
    expect(judged(30, 4e6, 65536)).toBeUndefined();
  });
});
