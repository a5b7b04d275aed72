import { describe, expect, it } from "vitest";
import { blktrace } from "../../../src/formats/blktrace/index.ts";
import { FLAG } from "../../../src/model/ops.ts";
import { inputFromBytes, type PlainTrace, readAll } from "../../support/inputs.ts";
import { ascii, joined, remapFrom, type Shape, splitAt, type Written, writeTrace } from "./writeTrace.ts";

function readBytes(bytes: Uint8Array, name = "t.blktrace.0", chunkBytes = 100): Promise<PlainTrace> {
  return readAll(blktrace, [inputFromBytes(name, bytes, chunkBytes)], { batchRows: 64 });
}

function read(records: readonly Written[], shape: Shape = {}): Promise<PlainTrace> {
  return readBytes(writeTrace(records, shape));
}

/** A write of 4 KiB: issued, and complete 500 ns later. */
function write(timeNs: number, sector: number, more: Written = {}): Written[] {
  return [
    { action: "D", is: "W", timeNs, sector, bytes: 4096, pid: 7, ...more },
    { action: "C", is: "W", timeNs: timeNs + 500, sector, bytes: 4096, ...more },
  ];
}

const shapes: Shape[] = [
  { version: 7, bigEndian: false },
  { version: 7, bigEndian: true },
  { version: 8, bigEndian: false },
  { version: 8, bigEndian: true },
];

describe.each(shapes)("a file of version $version, big-endian $bigEndian", (shape) => {
  it("gives the fields of a request", async () => {
    const { requests, completions, end } = await read(
      [
        { notify: 0, pid: 4242, payload: ascii("mkfs.ext4\0\0\0\0\0\0\0"), timeNs: 5_000_000_000n },
        { action: "Q", is: "WSU", timeNs: 5_000_000_100n, sector: 2n ** 33n + 8n, bytes: 8192, pid: 4242, cpu: 3 },
        { action: "G", is: "WSU", timeNs: 5_000_000_200n, sector: 2n ** 33n + 8n, bytes: 8192, pid: 4242, cpu: 3 },
        { action: "I", is: "WS", timeNs: 5_000_000_300n, sector: 2n ** 33n + 8n, bytes: 8192, pid: 4242, cpu: 3 },
        { action: "D", is: "WS", timeNs: 5_000_000_400n, sector: 2n ** 33n + 8n, bytes: 8192, pid: 4242, cpu: 3 },
        { action: "C", is: "WS", timeNs: 5_000_001_400n, sector: 2n ** 33n + 8n, bytes: 8192, error: 65531, cpu: 3 },
      ],
      shape,
    );
    expect(requests).toMatchObject([
      { op: "write", flags: FLAG.sync | FLAG.fua, offsetBytes: (2 ** 33 + 8) * 512, lengthBytes: 8192, cpu: 3 },
    ]);
    expect(requests[0]).toMatchObject({ issueNs: 0, queueNs: -300, mergedBios: 0 });
    expect(end.processes[requests[0]!.process]).toEqual({ pid: 4242, name: "mkfs.ext4" });
    expect(end.devices[0]).toMatchObject({ id: "8,0", name: "8,0", stacked: false });
    expect(completions).toMatchObject([{ getRequestNs: -200, insertNs: -100, completeNs: 1000, error: 5 }]);
    expect(end.quality).toMatchObject({ records: 6, notUnderstood: 0, sequenceGaps: 0, droppedEvents: null });
  });

  it("tells the wall clock of the first request", async () => {
    const seconds = new DataView(new ArrayBuffer(8));
    seconds.setUint32(0, 1_700_000_000, !shape.bigEndian);
    seconds.setUint32(4, 999_999_999, !shape.bigEndian);
    const payload = new Uint8Array(seconds.buffer);
    const { end } = await read([{ notify: 1, timeNs: 1000, payload }, ...write(3001, 0)], shape);
    expect(end.startUnixNs).toBe("1700000001000002000");
  });

  it("takes begin and end messages as a span, with and without a cgroup id before the text", async () => {
    const message = (text: string, timeNs: number) => ({ notify: 2 as const, timeNs, payload: ascii(text) });
    const { end } = await read(
      [
        ...write(1000, 0),
        { ...message("begin copy\n", 2000), cgroup: 1n },
        ...write(3000, 8),
        message("end copy", 4000),
        message("odd\n", 4100),
        ...write(5000, 16),
      ],
      shape,
    );
    expect(end.spans).toMatchObject([{ name: "copy", source: "message", fromRow: 1, toRow: 2 }]);
    expect(end.messages).toEqual([{ text: "odd", timeNs: 3100, row: 2 }]);
  });

  it("reads requests whose records carry a cgroup id, splits and remaps among them", async () => {
    const cgroup = 2n ** 40n + 7n;
    const { requests, events, end } = await read(
      [
        { action: "A", is: "W", sector: 100, bytes: 8192, payload: remapFrom(8, 1, 0), cgroup },
        { action: "Q", is: "W", timeNs: 10, sector: 100, bytes: 8192, cgroup },
        { action: "X", is: "W", timeNs: 20, sector: 100, bytes: 4096, payload: splitAt(108), cgroup },
        ...write(30, 100, { cgroup }),
        ...write(40, 108, { cgroup }),
      ],
      shape,
    );
    expect(requests.map(({ queueNs, issueNs }) => issueNs - queueNs)).toEqual([20, 30]);
    expect(events.map(({ kind }) => kind)).toEqual(["bioQueued", "split"]);
    expect(end.devices.map(({ id }) => id)).toEqual(["8,0"]);
  });

  it.each([1, 3, 47, 48, 49, 64, 1000])("reads the same from chunks of %d bytes", async (chunkBytes) => {
    const records = [
      ...write(0, 0),
      { notify: 2 as const, payload: ascii("seven!!") },
      ...write(5000, 8),
      ...write(9000, 2 ** 30),
    ];
    const bytes = writeTrace(records, shape);
    const whole = await readBytes(bytes, "t", bytes.length);
    expect(await readBytes(bytes, "t", chunkBytes)).toEqual(whole);
    expect(whole.requests).toHaveLength(3);
  });
});

describe("what version 8 adds", () => {
  const ops = [
    ["Wz", 4096, "writeZeroes"],
    ["Wa", 4096, "zoneAppend"],
    ["Wr", 0, "zoneReset"],
    ["Wl", 0, "zoneReset"],
    ["Wf", 0, "zoneOther"],
    ["Wo", 0, "zoneOther"],
    ["Wc", 0, "zoneOther"],
    ["WD", 4096, "discard"],
    ["F", 0, "flush"],
  ] as const;

  it.each(ops)("tells %s with %d bytes as %s", async (is, bytes, op) => {
    const { requests, completions } = await read(
      [
        { action: "D", is, sector: 524288, bytes, timeNs: 10 },
        { action: "C", is, sector: 524288, bytes, timeNs: 30 },
      ],
      { version: 8 },
    );
    expect(requests).toMatchObject([{ op, lengthBytes: bytes }]);
    expect(completions).toMatchObject([{ op, completeNs: 20 }]);
  });

  it("pairs a zone append, which completes where it was written", async () => {
    const { completions, end } = await read(
      [
        { action: "D", is: "Wa", sector: 524288, bytes: 4096, timeNs: 10 },
        { action: "C", is: "Wa", sector: 524888, bytes: 4096, timeNs: 30 },
      ],
      { version: 8 },
    );
    expect(completions).toMatchObject([{ offsetBytes: 524288 * 512, completeNs: 20 }]);
    expect(end.quality.unmatchedCompletions).toBe(0);
  });

  it("has write-zeroes apart, where version 7 says that it cannot tell them", async () => {
    const notes = async (version: number) =>
      (await read(write(0, 0), { version })).end.quality.notes.map(({ code }) => code);
    expect(await notes(7)).toEqual(["write-zeroes-not-told"]);
    expect(await notes(8)).toEqual([]);
  });
});

describe("passthrough", () => {
  it("is counted apart and is no request", async () => {
    const { requests, events, end } = await read([
      { action: "D", is: "Rp", bytes: 20, timeNs: 0, payload: new Uint8Array(6) },
      { action: "C", is: "Rp", bytes: 20, timeNs: 9 },
      ...write(100, 0),
    ]);
    expect(requests).toHaveLength(1);
    expect(events).toMatchObject([{ kind: "passthrough", lengthBytes: 20 }]);
    expect(end.quality).toMatchObject({ unmatchedIssues: 0, unmatchedCompletions: 0 });
  });
});

describe("places beyond 2^53 bytes", () => {
  it("reads up to the last exact one", async () => {
    const { requests } = await read([{ action: "D", is: "R", sector: 2n ** 44n - 9n, bytes: 4096 }]);
    expect(requests[0]!.offsetBytes + 4096).toBe(2 ** 53 - 512);
  });

  it("stops at the first one beyond, and says where", async () => {
    const records: Written[] = [...write(0, 0), { action: "D", is: "R", sector: 2n ** 44n, bytes: 512 }];
    await expect(read(records)).rejects.toThrow(
      "t.blktrace.0, byte 96: unsupported sector 17592186044416; offsets and lengths are exact up to 2^53 bytes",
    );
  });

  it("does not take a flush's sector 2^64-1 for a place", async () => {
    const sector = 2n ** 64n - 1n;
    const { requests, completions } = await read([
      { action: "D", is: "F", timeNs: 5 },
      { action: "C", is: "F", sector, timeNs: 9 },
      { action: "C", is: "WS", sector, timeNs: 10 },
    ]);
    expect(requests).toMatchObject([{ op: "flush", offsetBytes: 0, lengthBytes: 0 }]);
    expect(completions).toMatchObject([{ completeNs: 4 }]);
  });
});

describe("64-bit times", () => {
  it("keep their nanoseconds on a host that has been up for years", async () => {
    const start = 2n ** 62n + 1n;
    const { requests } = await read([
      { notify: 0, pid: 1, payload: ascii("init\0"), timeNs: start - 5n },
      { action: "D", is: "R", bytes: 512, timeNs: start },
      { action: "D", is: "R", bytes: 512, sector: 1, timeNs: start + 1n },
    ]);
    expect(requests.map(({ issueNs }) => issueNs)).toEqual([0, 1]);
  });
});

describe("lost records", () => {
  it("shows as gaps for each device and CPU", async () => {
    const { end } = await read([
      ...write(0, 0).map((record, i) => ({ ...record, sequence: i + 1 })),
      ...write(10, 0, { minor: 16 }).map((record, i) => ({ ...record, sequence: i + 1 })),
      ...write(20, 0, { cpu: 70 }).map((record, i) => ({ ...record, sequence: i + 8 })),
      ...write(30, 0).map((record, i) => ({ ...record, sequence: i + 9 })),
    ]);
    expect(end.quality.sequenceGaps).toBe(1);
    expect(end.quality.notes).toContainEqual({
      code: "records-missing",
      text: "6 records missing in 1 place, as the sequence numbers tell",
    });
  });

  it("leaves requests without a completion, and completions without a request", async () => {
    const { end } = await read([
      { action: "C", is: "R", sector: 64, bytes: 512, timeNs: 1 },
      { action: "D", is: "R", sector: 0, bytes: 512, timeNs: 2 },
      ...write(10, 0),
    ]);
    expect(end.quality).toMatchObject({ unmatchedIssues: 1, unmatchedCompletions: 1 });
  });
});

describe("a cut file", () => {
  const bytes = writeTrace([
    ...write(0, 0),
    { action: "D", is: "R", sector: 8, bytes: 512, timeNs: 700 },
    { action: "C", is: "R", sector: 8, bytes: 512, timeNs: 900, payload: new Uint8Array(5) },
  ]);
  const lastTwo = Array.from({ length: 48 + 53 }, (_, i) => 96 + i);

  it.each(lastTwo)("keeps what is whole before byte %d", async (cut) => {
    const { requests, completions, end } = await readBytes(bytes.subarray(0, cut), "t", 50);
    expect(requests).toHaveLength(cut < 144 ? 1 : 2);
    expect(completions).toHaveLength(1);
    expect(end.quality).toMatchObject({ truncated: cut !== 96 && cut !== 144, notUnderstood: 0 });
  });

  it("is no harm to the other files of its set", async () => {
    const { requests, end } = await readAll(blktrace, [
      inputFromBytes("t.blktrace.0", bytes),
      inputFromBytes("t.blktrace.1", bytes.subarray(0, 20)),
    ]);
    expect(requests).toHaveLength(2);
    expect(end.quality.truncated).toBe(true);
  });
});

describe("bytes that are no record", () => {
  const garbage = new Uint8Array(101).fill(0x74);
  const many = Array.from({ length: 400 }, (_, i) => write(i * 1000, i * 8)).flat();

  it.each([7, 40, 4096])("are skipped and counted with chunks of %d bytes", async (chunkBytes) => {
    const bytes = joined([writeTrace(many.slice(0, 4)), garbage, writeTrace(many.slice(4))]);
    const { requests, end } = await readBytes(bytes, "t", chunkBytes);
    expect(requests).toHaveLength(400);
    expect(end.quality).toMatchObject({
      notUnderstood: 3,
      records: 803,
      firstNotUnderstood: { file: "t", byte: 192, what: "bytes where a record should begin" },
      truncated: false,
    });
  });

  it("are counted at the end of the file", async () => {
    const { requests, end } = await readBytes(joined([writeTrace(many), garbage]), "t", 1000);
    expect(requests).toHaveLength(400);
    expect(end.quality).toMatchObject({ notUnderstood: 3, truncated: false });
  });

  it("are found by a record behind them that is cut", async () => {
    const { end } = await readBytes(joined([writeTrace(many), garbage, writeTrace(many.slice(0, 1)).subarray(0, 30)]));
    expect(end.quality).toMatchObject({ notUnderstood: 3, truncated: true });
  });

  it("make a broken trace when they are more than 1 %", async () => {
    await expect(readBytes(joined([writeTrace(many.slice(0, 4)), garbage]))).rejects.toThrow(
      "t.blktrace.0, byte 192: invalid bytes where a record should begin; ",
    );
  });

  it("are told from actions that nobody knows", async () => {
    const { end } = await read([...many, { actionNumber: 77, timeNs: 999_999 }]);
    expect(end.quality).toMatchObject({ notUnderstood: 1, firstNotUnderstood: { byte: 800 * 48, what: "action 77" } });
  });
});

describe("the head of a file", () => {
  it("is recognised in both byte orders", () => {
    const head = (shape: Shape) => ({ name: "x", bytes: writeTrace(write(0, 0), shape), complete: true });
    expect(shapes.map((shape) => blktrace.detect(head(shape), {}).reason)).toEqual([
      "starts with a blktrace record, version 7, little-endian",
      "starts with a blktrace record, version 7, big-endian",
      "starts with a blktrace record, version 8, little-endian",
      "starts with a blktrace record, version 8, big-endian",
    ]);
  });

  it("is not recognised without the magic", () => {
    expect(blktrace.detect({ name: "x", bytes: ascii("S 20480\n"), complete: true }, {}).match).toBe(false);
    expect(blktrace.detect({ name: "x", bytes: new Uint8Array(3), complete: true }, {}).match).toBe(false);
  });

  it("of another version is refused", async () => {
    await expect(read(write(0, 0), { version: 6 })).rejects.toThrow(
      "t.blktrace.0, byte 0: unsupported blktrace version 6; this reader knows versions 7 and 8",
    );
  });

  it("without the magic is refused", async () => {
    await expect(readBytes(ascii("hello"))).rejects.toThrow("t.blktrace.0, byte 0: invalid record magic 0x68656c6c;");
  });

  it("may be all there is of a CPU without events", async () => {
    const { requests } = await readAll(blktrace, [
      inputFromBytes("t.blktrace.0", new Uint8Array(0)),
      inputFromBytes("t.blktrace.1", writeTrace(write(0, 0))),
    ]);
    expect(requests).toHaveLength(1);
  });
});
