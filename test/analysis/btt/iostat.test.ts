import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Iostat, iostat } from "../../../src/analysis/metrics/iostat.ts";
import { slowBinary } from "../../formats/blktrace/slowBinary.ts";
import { committed, figuresOf, type Recording } from "./recordings.ts";

/*
 * The totals of `btt -I`. Where btt is wrong, or calls something else by iostat's name:
 * - avgqu-sz counts down at each completion and up only at an insert: without a scheduler, or with merges, it is negative.
 * - svctm adds the time from queueing to completion of each bio: without merges that is what iostat calls await.
 * - await is from insert or merge to completion, so 0 without a scheduler.
 * - %util adds one for each request issued and subtracts one for each bio completed: after a merge no time is idle.
 */

const COLUMNS = [
  "rrqm",
  "wrqm",
  "r",
  "w",
  "rsec",
  "wsec",
  "rkB",
  "wkB",
  "avgrqSz",
  "avgquSz",
  "await",
  "svctm",
  "util",
] as const;
type Columns = Record<(typeof COLUMNS)[number], number>;

/** The totals by device; btt had virtio disks as "8,…". */
function printed({ btt }: Recording): readonly (readonly [string, Columns])[] {
  const file = btt.replace(/\.txt$/, ".iostat.txt");
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line) => {
    const found = /^\( *(\d+), *(\d+)\) +(.*?) +TOTAL$/.exec(line);
    if (!found || found[1] === "253") return [];
    const device = `${found[1] === "8" ? 254 : found[1]},${found[2]}`;
    const values = found[3]!.split(/ +/).map(Number);
    return [[device, Object.fromEntries(COLUMNS.map((name, i) => [name, values[i]])) as Columns] as const];
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The sums of all bins; btt takes all but reads for writes. */
function totals({ byOp, waitNs, completed, busyNs }: Iostat) {
  const reads = byOp.read;
  const others = Object.entries(byOp).flatMap(([op, figures]) => (op === "read" ? [] : [figures]));
  const of = (quantity: "requests" | "bytes" | "merges") => ({
    read: sum(reads?.[quantity] ?? []),
    write: sum(others.flatMap((figures) => figures[quantity] ?? [])),
  });
  return {
    requests: of("requests"),
    bytes: of("bytes"),
    merges: of("merges"),
    waitNs: sum(waitNs ?? []),
    completed: sum(completed),
    busyNs: sum(busyNs),
  };
}

/** btt takes the time from zero to the last event. */
function stretchNs({ files }: Recording): number {
  return slowBinary(files.map((file) => new Uint8Array(readFileSync(file)))).at(-1)!.timeNs;
}

describe.each(committed.map((recording) => [recording.name, recording] as const))("btt -I of %s", (_, recording) => {
  const seconds = stretchNs(recording) / 1e9;

  it("has our requests, bytes and merges a second", async () => {
    expect(printed(recording).length).toBeGreaterThan(0);
    for (const [device, theirs] of printed(recording)) {
      const { requests, bytes, merges } = totals(await figuresOf(iostat, recording.files, device));
      const rates = {
        rrqm: merges.read,
        wrqm: merges.write,
        r: requests.read,
        w: requests.write,
        rsec: bytes.read / 512,
        wsec: bytes.write / 512,
        rkB: Math.floor(bytes.read / 1024),
        wkB: Math.floor(bytes.write / 1024),
      };
      for (const [name, count] of Object.entries(rates))
        expect(count / seconds, `${device} ${name}`).toBeCloseTo(theirs[name as keyof typeof rates], 1);
      expect((bytes.read + bytes.write) / 512 / (requests.read + requests.write)).toBeCloseTo(theirs.avgrqSz, 1);
    }
  });

  it("has our %util, and as svctm our await, where nothing is merged", async () => {
    for (const [device, { svctm, util }] of printed(recording)) {
      const { merges, waitNs, completed, busyNs } = totals(await figuresOf(iostat, recording.files, device));
      if (merges.read + merges.write > 0) continue;
      expect(waitNs / completed / 1e6).toBeCloseTo(svctm, 1);
      expect((100 * busyNs) / 1e9 / seconds).toBeCloseTo(util, 1);
    }
  });
});
