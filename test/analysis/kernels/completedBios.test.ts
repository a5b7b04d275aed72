import { expect, it } from "vitest";
import {
  addCompletedBios,
  phasesOf,
  phasesOfCgroups,
  phasesOfProcesses,
  startCompletedBios,
} from "../../../src/analysis/kernels/completedBios.ts";
import {
  histogramCount,
  histogramMax,
  histogramMin,
  histogramSum,
} from "../../../src/analysis/kernels/logHistogram.ts";
import type { BioBatch } from "../../../src/model/batch.ts";
import { randomNumbers } from "../heavy/kit.ts";

/*
 * Of 40 devices, 10 ops and 40 processes there are more kinds than have figures of their own, more devices and processes
 * than have a place, and bios of all of them in each batch.
 */

interface Bio {
  readonly device: number;
  readonly op: number;
  readonly process: number;
  readonly cgroup: number;
  readonly bytes: number;
  readonly times: readonly number[];
}

const UNKNOWN = Number.NaN;

function bios(count: number): Bio[] {
  const random = randomNumbers(7);
  const below = (most: number): number => Math.floor(random() * most);
  return Array.from({ length: count }, () => {
    const queue = below(1e9);
    const merged = random() < 0.3;
    const [get, insert, merge] = merged ? [UNKNOWN, UNKNOWN, queue + 5] : [queue + below(9), queue + 10, UNKNOWN];
    const sleep = random() < 0.1 ? queue : UNKNOWN;
    const issue = queue + 20 + below(1000);
    const complete = random() < 0.1 ? UNKNOWN : issue + below(1e6);
    return {
      device: below(40),
      op: below(10),
      process: below(40),
      cgroup: below(5),
      bytes: random() < 0.1 ? 0 : 4096,
      times: [queue, sleep, get, insert, merge, issue, complete],
    };
  });
}

function batchOf(list: readonly Bio[]): BioBatch {
  const time = (place: number) => Float64Array.from(list, ({ times }) => times[place]!);
  return {
    length: list.length,
    row: new Float64Array(list.length),
    op: Uint8Array.from(list, ({ op }) => op),
    device: Uint16Array.from(list, ({ device }) => device),
    process: Uint32Array.from(list, ({ process }) => process),
    cgroup: Uint16Array.from(list, ({ cgroup }) => cgroup),
    lengthBytes: Float64Array.from(list, ({ bytes }) => bytes),
    queueNs: time(0),
    sleepNs: time(1),
    getRequestNs: time(2),
    insertNs: time(3),
    mergeNs: time(4),
    issueNs: time(5),
    completeNs: time(6),
  };
}

function figures(histograms: ReturnType<typeof phasesOf>) {
  return Object.entries(histograms).map(([phase, histogram]) => [
    phase,
    histogramCount(histogram),
    histogramSum(histogram),
    histogramMin(histogram),
    histogramMax(histogram),
  ]);
}

const ENDS = {
  q2g: [0, 2],
  s2g: [1, 2],
  g2i: [2, 3],
  q2m: [0, 4],
  i2d: [3, 5],
  m2d: [4, 5],
  q2d: [0, 5],
  d2c: [5, 6],
  q2c: [0, 6],
};

function slowFigures(list: readonly Bio[]) {
  return Object.entries(ENDS).map(([phase, [from, to]]) => {
    const values = list.map(({ times }) => times[to!]! - times[from!]!).filter((value) => value >= 0);
    const sum = values.reduce((all, value) => all + value, 0);
    return [phase, values.length, sum, Math.min(...values), Math.max(0, ...values)];
  });
}

it.each([1, 7, 5000, 100_000])(
  "bios of late kinds, devices and processes are counted too, in batches of %i",
  (rows) => {
    const all = bios(rows < 100 ? 3000 : 20_000);
    const state = startCompletedBios();
    for (let from = 0; from < all.length; from += rows) {
      const batch = batchOf(all.slice(from, from + rows));
      const places = Uint32Array.from({ length: batch.length }, (_, i) => i);
      addCompletedBios(state, batch, places, batch.length);
    }
    const some = all.filter(({ bytes }) => bytes > 0);
    expect(state.devices.met.length).toBe(32);
    expect(state.processes.met.length).toBe(32);
    expect(figures(phasesOf(state, null, null))).toEqual(slowFigures(some));
    for (let op = 0; op < 10; op++)
      expect(figures(phasesOf(state, null, op))).toEqual(slowFigures(some.filter((bio) => bio.op === op)));
    for (const [place, device] of state.devices.met.entries())
      expect(figures(phasesOf(state, place, null))).toEqual(slowFigures(some.filter((bio) => bio.device === device)));
    for (const [place, process] of state.processes.met.entries())
      expect(figures(phasesOfProcesses(state, new Set([place])))).toEqual(
        slowFigures(some.filter((bio) => bio.process === process)),
      );
    for (const [place, cgroup] of state.cgroups.met.entries())
      expect(figures(phasesOfCgroups(state, new Set([place])))).toEqual(
        slowFigures(some.filter((bio) => bio.cgroup === cgroup)),
      );
  },
);
