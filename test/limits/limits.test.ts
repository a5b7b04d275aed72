import { execFile } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { COMPRESSORS, isInstalled, through } from "../support/compressed.ts";
import { folder } from "../support/folders.ts";
import { ROOT } from "../support/site.ts";

/** What a process of its own made of a trace that is written while it is read. */
interface Measured {
  readonly outcome: string | Readonly<Record<string, unknown>>;
  readonly peakMiB: number;
  readonly cpuSeconds: number;
}

const run = promisify(execFile);

async function measured(scenario: string, options: object): Promise<Measured> {
  const program = join(import.meta.dirname, "measured.mjs");
  const { stdout } = await run(process.execPath, [program, join(ROOT, "dist"), scenario, JSON.stringify(options)]);
  return JSON.parse(stdout) as Measured;
}

/** Node and the readers take a good 80 without any trace. */
const MOST_MIB = 400;
const LONG_LINE_BYTES = 2 ** 26;

/** A golden trace of each format of text lines that needs no side file. */
const GOLDEN = join(ROOT, "test/golden/formats");
const TEXTS = [
  ...["alibaba-six-disks", "biosnoop-bcc", "blkTracer-ext4", "blkparse-lvm", "bpftrace-virtio", "csv-converted"],
  ...["fio-iolog-v3-fsync", "fiu-homes", "ftrace-lvm", "msr-prxy-0", "nbdkit-rm-rf", "perf-script", "qemu-three-disks"],
];

function traceIn(folder: string): string {
  return join(GOLDEN, folder, readdirSync(join(GOLDEN, folder)).find((file) => !file.endsWith(".json"))!);
}

describe("a line that goes on and on", () => {
  it.each(TEXTS)("is one line that is not understood, in bounded memory: %s", async (folder) => {
    const { outcome, peakMiB, cpuSeconds } = await measured("longLine", {
      file: traceIn(folder),
      bytes: LONG_LINE_BYTES,
    });
    expect(outcome).toMatchObject({
      notUnderstood: 1,
      first: { line: expect.any(Number), what: expect.stringContaining("longer than 1048576 bytes") },
    });
    expect(peakMiB).toBeLessThan(MOST_MIB);
    expect(cpuSeconds).toBeLessThan(15);
  });
});

describe("more of a kind than a trace is told of", () => {
  it.each([
    ["ftraceProcesses", 140_000, "too-many-processes"],
    ["blkparseProcesses", 70_000, "too-many-processes"],
    ["blkparseDevices", 10_000, "too-many-devices"],
    ["blkparsePartitions", 100_000, "too-many-remaps"],
    ["blkparseCpus", 50_000, "too-many-devices"],
    ["blkparseMessages", 50_000, "too-many-spans"],
    ["csvWords", 70_000, "too-many-processes"],
  ])("is counted together, in bounded memory, and said: %s", async (scenario, count, note) => {
    const { outcome, peakMiB } = await measured(scenario, { count });
    expect(outcome).toMatchObject({ notUnderstood: 0, requests: count });
    expect((outcome as { notes: string[] }).notes).toContain(note);
    expect(peakMiB).toBeLessThan(2 * MOST_MIB);
  });
});

describe("a gibibyte of zeros", () => {
  it.each(COMPRESSORS)("in $compression is refused before it takes time or memory", async (compressor) => {
    const { compression, program, args } = compressor;
    if (!isInstalled(program)) return;
    const part = through(Buffer.alloc(2 ** 26), program, ...args);
    const path = join(folder(), "bomb");
    writeFileSync(path, Buffer.concat(Array.from({ length: 16 }, () => part)));
    const { outcome, peakMiB } = await measured("bytesOf", { path });
    expect(outcome).toMatch(
      new RegExp(`^bomb, byte \\d+: unsupported ${compression} data: it expands more than 1000 times`),
    );
    expect(peakMiB).toBeLessThan(MOST_MIB);
  });
});
