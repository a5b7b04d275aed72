import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { rowSegments } from "../../src/analysis/scopes/segments.ts";
import { openStreams } from "../../src/formats/blktrace/openStreams.ts";
import { Sequences } from "../../src/formats/blktrace/sequences.ts";
import { nbdkitLog } from "../../src/formats/nbdkit/index.ts";
import { LineSplitter } from "../../src/formats/text/lineSplitter.ts";
import { SpanList } from "../../src/model/spans.ts";
import { checkedJson } from "../../src/report/checkedJson.ts";
import { SideFile } from "../../src/report/sideFile.ts";
import { storedSummary } from "../../src/report/storedSummary.ts";
import { formatOf } from "../../src/work/formatOf.ts";
import { pairsOf } from "../../src/work/pairs.ts";
import { HELLO, summaryOf } from "../report/fixture.ts";
import { folder } from "../support/folders.ts";
import { inputFromText, readAll } from "../support/inputs.ts";

/** Seconds of CPU that a step takes. */
function cpuSecondsOf(step: () => unknown): number {
  const before = process.cpuUsage();
  step();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe("JSON that is nested without end", () => {
  it.each([
    ["[".repeat(1_000_000), 1],
    [`{"lsblk":\n${'{"a":'.repeat(1_000_000)}`, 2],
    [`{"title": ${"[".repeat(101)}${"]".repeat(101)}}`, 1],
  ])("is refused with its line", (text, line) => {
    expect(() => checkedJson(SideFile, text, "a.qtr.json")).toThrow(
      `a.qtr.json:${line}: unsupported JSON: it is nested more than 100 levels deep; make it flatter`,
    );
  });

  it("is no text with many brackets in it, and none beside each other", () => {
    const side = { title: '"[\\"'.repeat(40), tags: ["[".repeat(60)], lsblk: { blockdevices: [] } };
    expect(checkedJson(SideFile, JSON.stringify(side), "a.json")).toEqual(side);
  });
});

describe("a stored Summary", () => {
  const summary = summaryOf(HELLO);
  const scope = summary.scopeList[0]!;
  const history = (of: string) => ({
    ...summary,
    trace: { ...summary.trace, history: { of, commit: null, date: null, label: null } },
  });

  it.each<[string, unknown]>([
    ["trace.history", history("../../../etc/cron.d/x")],
    ["trace.history", history("x".repeat(300))],
    ["scopeList.0.id", { ...summary, scopeList: [{ ...scope, id: "../.." }] }],
    ["scopeList.0.id", { ...summary, scopeList: [{ ...scope, id: "x".repeat(300) }] }],
    ["scopeList", { ...summary, scopeList: Array.from({ length: 100_000 }, () => scope) }],
  ])("names no folder elsewhere, of too long a name, or too many: %s", (key, value) => {
    expect(() => storedSummary(JSON.stringify(value), "s.json")).toThrow(`s.json: invalid ${key}`);
  });

  it("of a history that a side file may have is taken", () => {
    expect(storedSummary(JSON.stringify(history("mkfs-ext4")), "s.json").trace.history?.of).toBe("mkfs-ext4");
  });
});

it("a line of 256 MiB is looked through once, also by who reads plain lines", () => {
  const plain = { lines: 0, read: (_: Uint8Array, from: number) => from };
  const splitter = new LineSplitter(plain);
  const piece = Buffer.alloc(1 << 20, "x");
  const lines: boolean[] = [];
  const give = (bytes: Uint8Array) => {
    splitter.feed(bytes);
    while (splitter.next()) lines.push(splitter.cut);
  };
  const seconds = cpuSecondsOf(() => {
    give(Buffer.from("first\n"));
    for (let i = 0; i < 256; i++) give(piece);
    give(Buffer.from("\nlast\n"));
  });
  expect(lines).toEqual([false, true, false]);
  expect(splitter.bytes.length).toBeLessThan(1 << 22);
  expect(seconds).toBeLessThan(4);
});

it("two hundred thousand spans of a side file begin and end in time", () => {
  const notes: string[] = [];
  const declared = Array.from({ length: 200_000 }, (_, i) => ({ name: `s${i}`, fromNs: i, toNs: i + 1 }));
  const list = new SpanList(declared, (code) => notes.push(code));
  expect(cpuSecondsOf(() => list.crossBoundaries(1, 300_000))).toBeLessThan(4);
  list.finish(2);
  expect(list.spans).toHaveLength(1000);
  expect(new Set(notes)).toEqual(new Set(["too-many-spans"]));
});

it("a thousand open spans divide a chunk in time that grows with them, not with their square", () => {
  const span = (i: number) =>
    ({ name: "", source: "message", fromRow: i, toRow: 1e6 + i, fromNs: 0, toNs: 0 }) as const;
  const spans = Array.from({ length: 4000 }, (_, i) => span(i));
  let segments = rowSegments([], () => [""]);
  const seconds = cpuSecondsOf(() => {
    segments = rowSegments(spans, (i) => ["marked", i < 2 ? "own" : "other"]);
  });
  expect(seconds).toBeLessThan(0.5);
  expect(segments.takers[1]).toEqual(["marked", "own"]);
  expect(segments.takers[3]).toEqual(["marked", "own", "other"]);
  expect(segments.takers[4000]).toEqual(["marked", "own", "other"]);
  expect(segments.takers.at(-1)).toEqual([]);
});

it("sequence numbers of four thousand devices on sixty thousand CPUs take bounded room", () => {
  const sequences = new Sequences();
  const before = process.memoryUsage().arrayBuffers;
  for (let device = 0; device < 4096; device++) for (const number of [1, 3]) sequences.see(device, 60_000, number);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 << 20);
  expect(sequences.gaps).toBeGreaterThan(0);
});

it("a set of more files than Linux has CPUs is refused before any is opened", async () => {
  const input = { name: "sda.blktrace.0", next: () => Promise.reject(new Error("opened")) };
  const inputs = Array.from({ length: 8193 }, () => input);
  await expect(openStreams(inputs, () => {})).rejects.toThrow(
    "sda.blktrace.0: unsupported set of 8193 files: Linux has at most 8192 CPUs; keep the files of one recording",
  );
});

it("a slug that nobody has is answered with a hundred that somebody has, not with a million", () => {
  const read = (slug: string) => ({ ok: false, slug }) as never;
  const reads = Array.from({ length: 5000 }, (_, i) => read(`t${i}`));
  const [failure] = pairsOf({ comparisons: [["gone", "t1"]] }, reads).failures;
  expect(failure?.message).toMatch(/^blkreport\.json: unknown trace "gone"; the traces are t0, .*, t99 and 4900 more$/);
});

it("a hundred and fifty thousand clients of nbdkit that never leave are forgotten in the order in which they came", async () => {
  const line = (i: number) =>
    `2024-01-01 00:00:00.000000 connection=${i} Connect export="e" tls=0 size=0x40000000 write=1 flush=1 rotational=0 trim=1 zero=2 fua=2 extents=1 cache=2 fast_zero=1 block_size_minimum=1 block_size_preferred=1 block_size_maximum=4294967295 ...\n`;
  const text = Array.from({ length: 150_000 }, (_, i) => line(i + 1)).join("");
  const before = process.cpuUsage().user;
  const { end } = await readAll(nbdkitLog, [inputFromText("nbdkit.log", text, 1 << 20)]);
  expect(end.quality.notUnderstood).toBe(0);
  expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(10);
});

it("gzip within gzip is not unpacked any further", async () => {
  const root = folder();
  writeFileSync(join(root, "a.gz"), gzipSync(gzipSync(Buffer.alloc(1 << 20))));
  const { format, reason } = await formatOf([{ name: "a.gz", path: join(root, "a.gz") }]);
  expect(format).toBeNull();
  expect(reason).toContain("gzip");
});
