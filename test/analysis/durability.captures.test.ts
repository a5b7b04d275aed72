import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Durability, durability } from "../../src/analysis/metrics/durability.ts";
import { FORMATS } from "../../src/formats/index.ts";
import { TraceBuilder } from "../../src/model/builder.ts";
import { headOf, inputFromBytes } from "../support/inputs.ts";
import { oneMetric } from "../support/oneMetric.ts";

/*
 * Real recordings, held to the lines that blkparse printed of them: each D and C in order of time, writes in a list from
 * which a flush strikes what stood there when it began.
 */

const BOOT = join(import.meta.dirname, "../../../shared/captures/vm/boot-A");

interface Line {
  readonly action: string;
  readonly rwbs: string;
  readonly sector: number;
  readonly sectors: number;
  readonly ns: number;
}

const LINE = /^\s*\d+,\d+\s+\d+\s+\d+\s+(\d+)\.(\d{9})\s+\d+\s+([QDC])\s+(\w+)(?:\s+(\d+)(?:\s\+\s(\d+))?)?/;

function linesOf(path: string): Line[] {
  return readFileSync(path, "latin1")
    .split("\n")
    .flatMap((text) => {
      const found = LINE.exec(text);
      if (found === null) return [];
      const [, seconds, fraction, action, rwbs, sector = "0", sectors = "0"] = found;
      const ns = Number(seconds) * 1e9 + Number(fraction);
      return [{ action: action!, rwbs: rwbs!, sector: Number(sector), sectors: Number(sectors), ns }];
    })
    .sort((a, b) => a.ns - b.ns);
}

/** The letters after that of the op: F there is FUA, before it a preflush. */
function isFua(rwbs: string): boolean {
  return /W.*F/.test(rwbs);
}

function slowFigures(lines: readonly Line[]) {
  const fuaSectors = new Map<number, boolean>();
  const begun: number[] = [];
  let atRisk: { readonly ns: number; readonly bytes: number }[] = [];
  let flushes = 0;
  let peakBytes = 0;
  let cachedBytes = 0;
  let fuaBytes = 0;
  for (const { action, rwbs, sector, sectors, ns } of lines) {
    if (action === "Q" && rwbs.includes("W")) fuaSectors.set(sector, isFua(rwbs));
    else if (rwbs === "FN" && action === "D") flushes += Math.min(1, begun.push(ns));
    else if (rwbs === "FN" && action === "C" && begun.length > 0) {
      const beganNs = begun.shift()!;
      atRisk = atRisk.filter((write) => write.ns >= beganNs);
    } else if (action === "C" && rwbs.includes("W") && sectors > 0) {
      const bytes = sectors * 512;
      if (fuaSectors.get(sector) === true) fuaBytes += bytes;
      else {
        cachedBytes += bytes;
        atRisk.push({ ns, bytes });
        peakBytes = Math.max(peakBytes, total(atRisk));
      }
    }
  }
  return { flushRequests: flushes, peakBytes, endBytes: total(atRisk), cachedBytes, fuaBytes };
}

function total(writes: readonly { readonly bytes: number }[]): number {
  return writes.reduce((sum, { bytes }) => sum + bytes, 0);
}

async function durabilityOf(folder: string): Promise<NonNullable<Durability>> {
  const names = readdirSync(folder).filter((name) => /\.blktrace\.\d+$/.test(name));
  const files = names.map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  const format = FORMATS.find((each) => each.detect(headOf(files[0]!.name, files[0]!.bytes), {}).match)!;
  const value = await oneMetric(durability, async (consume) => {
    const builder = new TraceBuilder(consume, { batchRows: 500 });
    await format.read(
      files.map(({ name, bytes }) => inputFromBytes(name, bytes)),
      builder,
      {},
    );
    return builder.finish();
  });
  return value!;
}

describe.skipIf(!existsSync(BOOT))("what a crash would lose of real recordings", () => {
  it.each(["03-write-hello", "08-sqlite-wal", "09-fio-fsync", "13-umount"])("%s", async (name) => {
    const { flushRequests, peak, end, cachedBytes, fuaBytes } = await durabilityOf(join(BOOT, name));
    const exact = slowFigures(linesOf(join(BOOT, name, "blkparse.txt")));
    expect({ flushRequests, peakBytes: peak.bytes, endBytes: end.bytes, cachedBytes, fuaBytes }).toEqual(exact);
    expect(exact.flushRequests).toBeGreaterThan(0);
  });
});
