import { describe, expect, it } from "vitest";
import type { PlainTrace } from "../../support/inputs.ts";
import { bytesOf, type Capture, captures, readFiles, textOf } from "./captures.ts";
import { ours, slow } from "./compare.ts";
import { slowBinary } from "./slowBinary.ts";
import type { SlowEvent } from "./slowPairs.ts";
import { slowText } from "./slowText.ts";

function eventsOf({ files, text }: Capture): SlowEvent[] {
  return text === null ? slowBinary(files.map(bytesOf)) : slowText(textOf(text));
}

function countsByOp(requests: readonly { op: string; lengthBytes: number }[]): Record<string, [number, number]> {
  const counts: Record<string, [number, number]> = {};
  for (const { op, lengthBytes } of requests) {
    const [count, bytes] = counts[op] ?? [0, 0];
    counts[op] = [count + 1, bytes + lengthBytes];
  }
  return counts;
}

/** Counts and bytes straight from the D events. */
function countsAtD(events: readonly SlowEvent[], devices: ReadonlySet<string>): Record<string, [number, number]> {
  const issued = events.filter(({ action, device, op }) => action === "D" && devices.has(device) && op !== "nothing");
  return countsByOp(issued.map(({ op, bytes }) => ({ op, lengthBytes: bytes })));
}

describe.each(captures.map((capture) => [capture.name, capture] as const))("%s", (_, capture) => {
  const { files } = capture;

  it("has the requests of the text, one by one", async () => {
    expect(ours(await readFiles(files))).toEqual(slow(eventsOf(capture)));
  });

  it("has the counts and bytes of the issue events", async () => {
    const events = slowBinary(files.map(bytesOf));
    const issuing = new Set(events.filter(({ action }) => action === "D").map(({ device }) => device));
    const trace = await readFiles(files);
    const issued = trace.requests.filter(({ device }) => issuing.has(trace.end.devices[device]!.id));
    expect(countsByOp(issued)).toEqual(countsAtD(events, issuing));
  });

  it("pairs every issue with a completion, and the times agree", async () => {
    const { requests, completions, end } = await readFiles(files);
    expect(end.quality).toMatchObject({ unmatchedIssues: 0, unmatchedCompletions: 0, sequenceGaps: 0 });
    expect(end.quality).toMatchObject({ notUnderstood: 0, clockSteps: 0, implausibleLatencies: 0, truncated: false });
    expect(completions).toHaveLength(requests.length);
    const latencies = completions.map(({ issueNs, completeNs }) => completeNs - issueNs).sort((a, b) => a - b);
    const expected = slow(eventsOf(capture)).map(({ issueNs, completeNs }) => completeNs - issueNs);
    expect(latencies).toEqual(expected.sort((a, b) => a - b));
  });
});

const dumped = captures.filter(({ dump }) => dump !== null).map((capture) => [capture.name, capture] as const);

describe.each(dumped)("the dump of %s", (_, { files, dump }) => {
  it("has the same requests, and the same spans", async () => {
    const fromDump = await readFiles([dump!]);
    const fromFiles = await readFiles(files);
    expect(ours(fromDump)).toEqual(ours(fromFiles));
    expect(fromDump.end.quality).toMatchObject({ sequenceGaps: 0, notUnderstood: 0 });
    expect(spanRows(fromDump)).toEqual(spanRows(fromFiles));
  });

  it("starts when the files do, to within 10 µs", async () => {
    const [dumpStart, filesStart] = [await readFiles([dump!]), await readFiles(files)].map(
      ({ end }) => end.startUnixNs,
    );
    expect(Math.abs(Number(BigInt(dumpStart!) - BigInt(filesStart!)))).toBeLessThan(10_000);
  });
});

function spanRows({ end }: PlainTrace): [string, number, number][] {
  return end.spans.map(({ name, fromRow, toRow }) => [name, fromRow, toRow]);
}

/** The phases of btt's first table, from our bios. */
function phasesOf({ bios }: PlainTrace): Record<string, number[]> {
  const values = {
    Q2G: bios.map((bio) => bio.getRequestNs - bio.queueNs),
    G2I: bios.map((bio) => bio.insertNs - bio.getRequestNs),
    Q2M: bios.map((bio) => bio.mergeNs - bio.queueNs),
    I2D: bios.map((bio) => bio.issueNs - bio.insertNs),
    M2D: bios.map((bio) => bio.issueNs - bio.mergeNs),
    D2C: bios.map((bio) => bio.completeNs - bio.issueNs),
    Q2C: bios.map((bio) => bio.completeNs - bio.queueNs),
  };
  return Object.fromEntries(Object.entries(values).map(([name, ns]) => [name, ns.filter((value) => value >= 0)]));
}

interface PhaseFigures {
  readonly minNs: number;
  readonly meanNs: number;
  readonly maxNs: number;
  readonly count: number;
}

function figures(ns: readonly number[]): PhaseFigures {
  const meanNs = ns.reduce((sum, value) => sum + value, 0) / ns.length;
  return { minNs: Math.min(...ns), meanNs, maxNs: Math.max(...ns), count: ns.length };
}

function bttFigures(text: string): [string, PhaseFigures][] {
  const nanos = (seconds: string | undefined) => Number(seconds?.replace(".", ""));
  return [...text.matchAll(/^(Q2G|G2I|Q2M|I2D|M2D|D2C|Q2C)(?:dm)? +([\d.]+) +([\d.]+) +([\d.]+) +(\d+)$/gm)].map(
    ([, phase, min, mean, max, count]) => [
      phase!,
      { minNs: nanos(min), meanNs: nanos(mean), maxNs: nanos(max), count: Number(count) },
    ],
  );
}

const tabulated = captures.filter(({ btt }) => btt !== null).map((capture) => [capture.name, capture] as const);

describe.each(tabulated)("%s against btt", (_, { files, btt }) => {
  it("gives btt's figures for each bio, or more bios than btt where some were split", async () => {
    const trace = await readFiles(files);
    const phases = phasesOf(trace);
    const splits = trace.events.filter(({ kind }) => kind === "split").length;
    const dataBios = trace.events.filter(({ kind }) => kind === "bioQueued").length;
    expect(phases["Q2C"]).toHaveLength(dataBios + splits);
    // btt loses the second half of a split bio, and takes another's Q for its G: figures of seconds.
    const table = splits > 0 ? [] : bttFigures(textOf(btt!));
    for (const [phase, { meanNs, ...exact }] of table) {
      const { meanNs: ourMeanNs, ...ourExact } = figures(phases[phase]!);
      expect(ourExact, phase).toEqual(exact);
      expect(Math.abs(ourMeanNs - meanNs), phase).toBeLessThanOrEqual(1);
    }
  });
});
