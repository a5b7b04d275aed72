import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { activity } from "../../../src/analysis/metrics/activity.ts";
import { btt } from "../../../src/analysis/metrics/btt.ts";
import { plugs } from "../../../src/analysis/metrics/plugs.ts";
import { type Seeks, seeks } from "../../../src/analysis/metrics/seeks.ts";
import { EVENT_KINDS } from "../../../src/model/batch.ts";
import { slowBinary } from "../../formats/blktrace/slowBinary.ts";
import type { SlowEvent } from "../../formats/blktrace/slowPairs.ts";
import { bttText, type Times } from "./bttText.ts";
import { captures, committed, figuresOf, type Recording, read } from "./recordings.ts";
import { slowBios, slowPhases } from "./slowBios.ts";

/*
 * btt's own figures, to the nanosecond, from the metrics. Where btt is wrong:
 * - It pairs by start sector alone and loses the second half of a split bio, and with it the request: fewer D2C and
 *   Q2C, fewer live periods, and a G that is paired with a Q of seconds ago. So of the recordings with splits only what
 *   it says of queueing, issuing and seeks is compared; the phases of all recordings are compared with a slow reader.
 * - The remap of a flush that has no bytes counts as another Q2A of the bio that asked for it.
 * - The time from the first event of all to a device's first issue counts as idle, but not as a gap.
 * - The first bio, and the first request, of a device counts as a seek from sector 0.
 * - Its median of seeks is nearly always 0.
 * - Of plugs it counts those that U ends and, where one is open, the end of the trace: nearly all end without an event.
 *   "% Time Q Plugged" follows from that.
 * - Device majors 253 and 254 are dm: "Q2Qdm" for virtio disks, no overhead and no requests at Q.
 */

const all: readonly Recording[] = [...committed, ...captures];

function eventsOf({ files }: Recording) {
  return slowBinary(files.map((file) => new Uint8Array(readFileSync(file))));
}

function hasSplits(recording: Recording): boolean {
  return eventsOf(recording).some(({ action }) => action === "X");
}

function printed({ btt: file }: Recording) {
  return bttText(readFileSync(file, "utf8"));
}

function times(figures: { count: number; minNs: number; meanNs: number; maxNs: number } | undefined): Times | null {
  if (figures === undefined) return null;
  const { count, minNs, meanNs, maxNs } = figures;
  return { count, minNs, meanNs: Math.floor(meanNs), maxNs };
}

/** btt prints a mean that it rounded, to the nanosecond. */
function expectTimes(ours: Times | null, theirs: Times, what: string): void {
  expect(ours, what).not.toBeNull();
  expect({ ...ours, meanNs: 0 }, what).toEqual({ ...theirs, meanNs: 0 });
  expect(Math.abs(ours!.meanNs - theirs.meanNs), what).toBeLessThanOrEqual(1);
}

const numbers = (words: readonly string[] | undefined): number[] | null => words?.map(Number) ?? null;
const phase = (name: string) => name.toLowerCase() as "q2q";
const isStacked = (recording: Recording): boolean => Object.keys(printed(recording).lines).includes("253,0");

/** What btt says of a bio that asked for a flush: twice Q2A. */
const FLUSH_REMAPPED = ["lv-write-hello", "22-lv-write-hello"];

describe.each(
  all.filter((recording) => !hasSplits(recording)).map((recording) => [recording.name, recording] as const),
)("btt's times of %s", (name, recording) => {
  const text = printed(recording);

  it.skipIf(isStacked(recording))("are those of all devices together", async () => {
    const { phases } = await figuresOf(btt, recording.files, null);
    const told = Object.entries(text.phases).filter(([, of]) => of["all"]);
    expect(told.length).toBeGreaterThan(2);
    for (const [each, of] of told) expectTimes(times(phases[phase(each)]), of["all"]!, each);
  });

  it("are those of each device", async () => {
    for (const device of Object.keys(text.lines)) {
      const { phases } = await figuresOf(btt, recording.files, device);
      for (const [each, of] of Object.entries(text.phases)) {
        if (!of[device] || (each === "Q2A" && FLUSH_REMAPPED.includes(name))) continue;
        expectTimes(times(phases[phase(each)]), of[device], `${device} ${each}`);
      }
    }
  });

  it.skipIf(isStacked(recording))("are those of each process, by who queued the bio", async () => {
    const { byProcess } = await figuresOf(btt, recording.files, null);
    for (const { name: process, phases } of byProcess)
      for (const [each, of] of Object.entries(text.phases))
        if (of[process] && each !== "Q2Q") expectTimes(times(phases[phase(each)]), of[process], `${process} ${each}`);
  });

  it("add up to its device overhead", async () => {
    for (const [device, lines] of Object.entries(text.lines)) {
      const told = numbers(lines["Device Overhead"]);
      if (!told) continue;
      const { overhead } = await figuresOf(btt, recording.files, device);
      const ours = (["q2g", "g2i", "q2m", "i2d", "d2c"] as const).map((each) => overhead[each]?.shareOfQ2c ?? 0);
      expect(ours.map((share) => (100 * share).toFixed(4))).toEqual(told.map((percent) => percent.toFixed(4)));
    }
  });

  it("are the time of its active periods", async () => {
    for (const [device, lines] of Object.entries(text.lines)) {
      const [count, active, idle] = numbers(lines["I/O Active Period Information"])!;
      if (!count) continue;
      const { live } = await figuresOf(activity, recording.files, device);
      expect(live!.periods).toBe(count);
      expect(Math.abs(live!.meanActiveNs! - active! * 1e9)).toBeLessThanOrEqual(1);
      const isIssue = ({ device: of, action, bytes }: SlowEvent) => of === device && action === "D" && bytes > 0;
      const beforeNs = eventsOf(recording).find(isIssue)!.timeNs;
      if (count > 1) expect(Math.abs(live!.meanIdleNs! + beforeNs / (count - 1) - idle! * 1e9)).toBeLessThanOrEqual(1);
    }
  });
});

describe.each(all.map((recording) => [recording.name, recording] as const))("btt's figures of %s", (_, recording) => {
  const text = printed(recording);
  const devices = Object.keys(text.lines);

  it("are our merge ratio and sizes", async () => {
    for (const device of devices) {
      const told = numbers(text.lines[device]!["Device Merge Information"]);
      if (!told) continue;
      const { merge } = await figuresOf(btt, recording.files, device);
      const { queuedBios, issuedRequests, biosPerRequest, minBytes, meanBytes, maxBytes, totalBytes } = merge;
      const ratio = Number(biosPerRequest!.toFixed(1));
      const blocks = [minBytes, meanBytes, maxBytes, totalBytes].map((bytes) => Math.floor(bytes / 512));
      expect([queuedBios, issuedRequests, ratio, ...blocks]).toEqual(told);
    }
  });

  it("are our seeks, with one from sector 0 to the first", async () => {
    for (const device of devices) {
      const ours = await figuresOf(seeks, recording.files, device);
      expectSeeks(ours.q2q!, text.lines[device]!["Device Q2Q Seek Information"]);
      if (text.lines[device]!["Device D2D Seek Information"])
        expectSeeks(ours.d2d, text.lines[device]!["Device D2D Seek Information"]);
    }
  });

  it("are our bios that wait when another is queued", async () => {
    for (const device of devices) {
      const told = numbers(text.lines[device]!["Active Requests At Q Information"]);
      if (!told) continue;
      const { waitingAtQueue } = await figuresOf(activity, recording.files, device);
      expect(Math.abs(waitingAtQueue!.mean - told[0]!)).toBeLessThanOrEqual(0.0501);
    }
  });

  it("are our runs of queueing", async () => {
    const { queueRuns } = await figuresOf(activity, recording.files, null);
    const lengths = (runs: readonly (readonly number[])[]) => runs.map(([from, to]) => to! - from!);
    expect(queueRuns!.count).toBe(text.queueRuns.length);
    expect(lengths(queueRuns!.listed)).toEqual(lengths(text.queueRuns));
  });

  it("are our plugs and unplugs, counted as it counts them", async () => {
    const actions = eventsOf(recording);
    for (const device of devices) {
      const counted = (letter: string) => actions.filter((e) => e.device === device && e.action === letter).length;
      const ours = await figuresOf(plugs, recording.files, device);
      expect([ours.plugs, ours.unplugs.count, ours.timerUnplugs.count]).toEqual(["P", "U", "T"].map(counted));
      const { cycles, requests, timers, timerRequests } = await plugCycles(recording, device);
      const cycled = numbers(text.lines[device]!["Plug Information"]);
      if (cycled) expect([cycles, timers]).toEqual(cycled.slice(0, 2));
      const told = numbers(text.lines[device]!["Plug Information IOs"]);
      if (told) expect([mean(requests, cycles), mean(timerRequests, timers)]).toEqual(told);
    }
  });

  it("are not those of its phases where bios were split: ours are the slow reader's, one by one", async () => {
    const events = eventsOf(recording);
    for (const device of devices) {
      const own = events.filter((event) => event.device === device);
      if (!own.some(({ action }) => action === "D")) continue;
      const { phases } = await figuresOf(btt, recording.files, device);
      for (const [each, values] of Object.entries(slowPhases(slowBios(own)))) {
        const figures = phases[phase(each)];
        if (values.length === 0) expect(figures).toBeUndefined();
        else expectDistribution(figures!, values, `${device} ${each}`);
      }
    }
  });
});

function expectSeeks(ours: Seeks["d2d"], told: readonly string[] | undefined): void {
  const [count, mean, , mode, modeCount] = told!.map(Number);
  const sum = ours.meanAbsoluteBytes * ours.count + ours.firstBytes!;
  expect(ours.count + 1).toBe(count);
  expect(Math.abs(sum / count! / 512 - mean!)).toBeLessThanOrEqual(0.0501);
  if (ours.modes === null) {
    // Of thousands of different distances none is certain to be the most frequent.
    expect(modeCount! / count!).toBeLessThan(1 / 16);
    return;
  }
  const atZero = mode === 0 && ours.firstBytes === 0 ? 1 : 0;
  expect(ours.modes.map(({ absoluteBytes, count: n }) => [absoluteBytes / 512, n + atZero])).toContainEqual([
    mode,
    modeCount,
  ]);
}

function mean(sum: number, count: number): number {
  return count === 0 ? 0 : Number((sum / count).toFixed(1));
}

/** As btt/devs.c has it: P plugs a device, U and UT unplug it, and so does the end. */
async function plugCycles({ files }: Recording, device: string) {
  const found = { cycles: 0, requests: 0, timers: 0, timerRequests: 0 };
  let isPlugged = false;
  await read(files, ({ events, devices }) => {
    for (let i = 0; i < events.length; i++) {
      if (devices[events.device[i]!]!.id !== device) continue;
      const kind = EVENT_KINDS[events.kind[i]!];
      if (kind === "plug") isPlugged = true;
      else if (kind === "unplug" && isPlugged) {
        found.cycles++;
        found.requests += events.extra[i]!;
        isPlugged = false;
      } else if (kind === "unplugTimer" && isPlugged) {
        found.timers++;
        found.timerRequests += events.extra[i]!;
        isPlugged = false;
      }
    }
  });
  if (isPlugged) found.cycles++;
  return found;
}

function expectDistribution(
  ours: { count: number; minNs: number; meanNs: number; maxNs: number; p50Ns: number; p99Ns: number },
  values: readonly number[],
  what: string,
): void {
  const sum = values.reduce((total, value) => total + value, 0);
  expect([ours.count, ours.minNs, ours.maxNs], what).toEqual([values.length, values[0], values.at(-1)]);
  expect(ours.meanNs, what).toBeCloseTo(sum / values.length, 3);
  const rank = (share: number): number => values[Math.ceil(share * values.length) - 1]!;
  expect(Math.abs(ours.p50Ns - rank(0.5)), what).toBeLessThanOrEqual(rank(0.5) / 100);
  expect(Math.abs(ours.p99Ns - rank(0.99)), what).toBeLessThanOrEqual(rank(0.99) / 100);
}
