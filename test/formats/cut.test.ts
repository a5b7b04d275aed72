import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { Summary } from "../../src/analysis/summary.ts";
import { withTrace } from "../../src/cli/traceArgument.ts";
import { detect } from "../../src/formats/detect.ts";
import { TraceError } from "../../src/model/errors.ts";
import type { Format, ReadHints } from "../../src/model/format.ts";
import { summarizeFiles } from "../../src/work/summarizeJob.ts";
import { headOf, inputFromBytes, type PlainTrace, readAll } from "../support/inputs.ts";

/*
 * A recorder that was killed, a full disk, a download that broke off: a trace that ends at any byte gives the figures of
 * what is there and says that it is cut off, or nothing is left to be read and the message says so.
 */
const CASES = "test/golden/formats";
const BESIDE = ["expected.json", "read.json"];
const BINARY = /^(?:dmLogWrites|vscsi|qemu-simple$)/;
/** Which of the layers that it records counts, is chosen by all that is there: the requests of another one are others. */
const WITH_LAYERS = /^(?:qemu|blkparse|blkTracer|ftrace|trace-cmd|perf)-/;
/** What is told at its end is nothing without it. */
const WHOLE_ONLY = /^parquet/;

interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly hints: ReadHints;
  readonly format: Format;
}

function caseIn(folder: string): Case {
  const files = readdirSync(join(CASES, folder));
  const name = files.find((file) => !BESIDE.includes(file))!;
  const bytes = readFileSync(join(CASES, folder, name));
  const hints = files.includes("read.json") ? readFileSync(join(CASES, folder, "read.json"), "utf8") : "{}";
  const parsed = JSON.parse(hints) as ReadHints;
  return { name, bytes, hints: parsed, format: detect(headOf(name, bytes), parsed).format! };
}

/** What is read of the first bytes; null where nothing can be, in words. */
async function readUpTo({ name, bytes, hints, format }: Case, end: number): Promise<PlainTrace | null> {
  try {
    return await readAll(format, [inputFromBytes(name, bytes.subarray(0, end))], { batchRows: 256 }, hints);
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    expect(error.message).toMatch(
      new RegExp(`^${name}(?::\\d+|, byte \\d+)?: (?:missing|unknown|invalid|unsupported) `),
    );
    return null;
  }
}

function isMarked({ end: { quality } }: PlainTrace): boolean {
  return quality.truncated || quality.notes.some(({ code }) => code === "last-line-open");
}

/** Requests of the second that the first does not have. */
function foreign({ requests, end }: PlainTrace, part: PlainTrace): number {
  const keyIn =
    ({ devices }: PlainTrace["end"]) =>
    (one: PlainTrace["requests"][number]) =>
      [one.op, one.offsetBytes, one.lengthBytes, devices[one.device]!.name].join();
  const left = new Map<string, number>();
  for (const key of requests.map(keyIn(end))) left.set(key, (left.get(key) ?? 0) + 1);
  return part.requests.map(keyIn(part.end)).filter((key) => {
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  }).length;
}

const folders = readdirSync(CASES);
const runs = { numRuns: 8 };

describe.each(folders.filter((folder) => !WHOLE_ONLY.test(folder)))("%s, cut at any byte,", (folder) => {
  const one = caseIn(folder);
  const anywhere = fc.nat({ max: one.bytes.length - 1 });

  it("has no requests or completions that the whole does not have", async () => {
    const whole = (await readUpTo(one, one.bytes.length))!;
    await fc.assert(
      fc.asyncProperty(anywhere, async (end) => {
        const part = await readUpTo(one, end);
        if (part === null) return;
        expect(part.end.quality.records).toBeLessThanOrEqual(whole.end.quality.records);
        if (WITH_LAYERS.test(folder)) return;
        const open = part.end.quality.truncated ? 0 : 1;
        expect(foreign(whole, part)).toBeLessThanOrEqual(open);
        expect(part.requests.length).toBeLessThanOrEqual(whole.requests.length);
        expect(part.completions.length).toBeLessThanOrEqual(whole.completions.length + open);
      }),
      runs,
    );
  });

  if (BINARY.test(folder))
    it("is marked, except where a record ends", async () => {
      await fc.assert(
        fc.asyncProperty(anywhere, async (end) => {
          const part = await readUpTo(one, end);
          if (part === null || isMarked(part) || end === 0) return;
          const before = await readUpTo(one, end - 1);
          if (before === null || isMarked(before)) return;
          // What lies behind the last record is not of the trace.
          expect(part.requests).toEqual((await readUpTo(one, one.bytes.length))!.requests);
        }),
        runs,
      );
    });
  else
    it("is marked within a line, and gives what the lines before it give", async () => {
      await fc.assert(
        fc.asyncProperty(anywhere, async (end) => {
          const lineStart = one.bytes.lastIndexOf(10, end - 1) + 1;
          const isBlank = one.bytes.subarray(lineStart, end).every((byte) => byte <= 32);
          const part = await readUpTo(one, end);
          if (part === null || isBlank) return;
          expect(isMarked(part)).toBe(true);
          if (!part.end.quality.truncated) return;
          const lines = await readUpTo(one, lineStart);
          expect(part.requests).toEqual(lines?.requests ?? []);
          expect(part.completions).toEqual(lines?.completions ?? []);
        }),
        runs,
      );
    });
});

describe.each(folders.filter((folder) => WHOLE_ONLY.test(folder)))("%s, cut at any byte,", (folder) => {
  it("is refused", async () => {
    const one = caseIn(folder);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: one.bytes.length - 1 }), async (end) => {
        expect(await readUpTo(one, end)).toBeNull();
      }),
      runs,
    );
  });
});

/** Real traces of every way in which they are kept: per-CPU sets, logs, compressed. */
const KEPT = [
  ["lvm", ["mkfs-ext4-dm-0.blktrace.0", "mkfs-ext4-dm-0.blktrace.1"]],
  ["filesystems", ["xfs-fstrim.blktrace.0", "xfs-fstrim.blktrace.1"]],
  ["guestfish", ["add-mount.log"]],
  ["recorders", ["ext4-life.ftrace.txt.gz"]],
  ["recorders", ["write-hello-tar.simple.xz"]],
] as const;

describe.each(KEPT)("a trace of traces/%s, of which %j is cut at any byte,", (group, names) => {
  const folder = mkdtempSync(join(tmpdir(), "blkreport-cut-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const files = names.map((name) => ({ name, bytes: readFileSync(join("traces", group, name)) }));
  const last = files.at(-1)!;

  const summary = async (end: number): Promise<Summary | null> => {
    for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
    writeFileSync(join(folder, last.name), last.bytes.subarray(0, end));
    try {
      return await withTrace(join(folder, names[0]), summarizeFiles);
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      return null;
    }
  };
  const total = (one: Summary): number => {
    const { requests } = one.scopes["whole"]!;
    return requests?.ok ? requests.value.total : Number.NaN;
  };

  it("says that it is truncated, except where a record ends, and counts no more than the whole", async () => {
    const whole = (await summary(last.bytes.length))!;
    expect(whole.quality.truncated).toBe(false);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: last.bytes.length - 1 }), async (end) => {
        const part = await summary(end);
        if (part === null) return;
        expect(total(part)).toBeLessThanOrEqual(total(whole));
        expect(part.quality.records).toBeLessThanOrEqual(whole.quality.records);
        const isMarked = ({ quality }: Summary) =>
          quality.truncated || quality.notes.some(({ code }) => code === "last-line-open");
        if (isMarked(part)) return;
        const before = await summary(end - 1);
        expect(before === null || isMarked(before)).toBe(true);
      }),
      { numRuns: 5 },
    );
  });
});
