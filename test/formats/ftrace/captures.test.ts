import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import type { PlainTrace } from "../../support/inputs.ts";
import { readFiles } from "../blktrace/captures.ts";
import { ours, slow } from "../blktrace/compare.ts";
import { goldenTexts, readText, recordings, reports, textOf } from "./captures.ts";
import { slowEventText } from "./slowEventText.ts";

/** In these forms no slow reader is worth its while: they are compared with the others below. */
const OTHER_FORMS = /latency-format|ftrace-fields/;
const readBySlowToo = [...goldenTexts.filter((path) => !OTHER_FORMS.test(path)), ...recordings.map(({ text }) => text)];

describe.each(readBySlowToo.map((path) => [path.split("/").slice(-2).join("/"), path] as const))("%s", (_, path) => {
  it("has the requests of the text, one by one, with the times that stand there", async () => {
    expect(ours(await readText(path))).toEqual(slow(slowEventText(textOf(path))));
  });
});

/** A request as both tracers can have it: blktrace calls write-zeroes a write. */
interface Seen {
  readonly what: string;
  readonly more: readonly number[];
  readonly issueNs: number;
  readonly latencyNs: number;
}

function seenOn({ requests, completions, end }: PlainTrace, device: string): Seen[] {
  const byRow = new Map(completions.map((completion) => [completion.row, completion]));
  const onDevice = requests.filter((request) => end.devices[request.device]!.id === device);
  return onDevice.map(({ row, op, offsetBytes, lengthBytes, flags, cpu, process, mergedBios, issueNs }) => {
    const { completeNs = Number.NaN, error = 0 } = byRow.get(row) ?? {};
    return {
      what: [op === "writeZeroes" ? "write" : op, offsetBytes, lengthBytes].join(" "),
      more: [flags, cpu, end.processes[process]!.pid!, mergedBios, error],
      issueNs,
      latencyNs: completeNs - issueNs,
    };
  });
}

/** What blktrace has and ftrace lacks. In every run but a boot's first, ftrace began half a second after blktrace. */
const ONLY_IN_BLKTRACE: Readonly<Record<string, readonly string[]>> = {
  // The writeback of 5 MiB from before the run, on the volume and on its disk.
  "22-lv-write-hello 253,0": ["write 5345280 5242880"],
  "22-lv-write-hello 254,0": ["write 7442432 5242880"],
};

/** Devices that stand on others end bios with block_bio_complete, which was not recorded. */
const WITHOUT_COMPLETIONS = ["253,0", "9,0"];

/** Two processors issued at once, and the two tracers saw 26 pairs in another order. */
const IN_ANOTHER_ORDER = ["42-nvme-fio-2jobs-qd32 259,0"];

/** Each tracer takes the time itself, one after the other, on an emulated processor that may be taken away in between. */
const MEDIAN_DIFFERENCE_NS = 10_000;

describe.each(recordings.map((recording) => [recording.name, recording] as const))("%s", (name, recording) => {
  it("has the requests that blktrace saw", async () => {
    const [fromText, fromFiles] = [await readText(recording.text), await readFiles(recording.blktraceFiles)];
    for (const { id } of fromFiles.end.devices) {
      const missing = ONLY_IN_BLKTRACE[`${name} ${id}`] ?? [];
      const expected = seenOn(fromFiles, id).filter(({ what }, i) => !(i < missing.length && missing[i] === what));
      const seen = seenOn(fromText, id);
      if (IN_ANOTHER_ORDER.includes(`${name} ${id}`)) for (const list of [expected, seen]) list.sort(byWhat);
      expect(seen.map(({ what }) => what)).toEqual(expected.map(({ what }) => what));
      expect(seenOn(fromFiles, id)).toHaveLength(expected.length + missing.length);
      if (WITHOUT_COMPLETIONS.includes(id)) continue;
      expect(seen.map(({ more }) => more)).toEqual(expected.map(({ more }) => more));
      const differences = seen.map(({ latencyNs }, i) => Math.abs(latencyNs - expected[i]!.latencyNs));
      expect(median(differences)).toBeLessThan(MEDIAN_DIFFERENCE_NS);
    }
  });

  it("leaves no request without its end, and says where no end was recorded", async () => {
    const { end, requests } = await readText(recording.text);
    const endless = requests.filter(({ device }) => WITHOUT_COMPLETIONS.includes(end.devices[device]!.id));
    expect(end.quality).toMatchObject({ unmatchedIssues: 0, unmatchedCompletions: 0, clockSteps: 0 });
    expect(end.quality).toMatchObject({ notUnderstood: 0, implausibleLatencies: 0, droppedEvents: 0 });
    const note = end.quality.notes.find(({ code }) => code === "bio-complete-events-missing");
    expect(note !== undefined).toBe(endless.length > 0);
  });
});

function byWhat(a: Seen, b: Seen): number {
  return a.what < b.what ? -1 : Number(a.what > b.what);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

describe.skipIf(recordings.length === 0)("the spans of 43-markers", () => {
  /** How many requests of the disk each span holds. */
  function held({ requests, end }: PlainTrace): [string, number][] {
    const onDisk = requests.filter(({ device }) => end.devices[device]!.id === "254,0");
    return end.spans.map(({ name }, span) => [name, onDisk.filter(({ spans }) => spans.includes(span)).length]);
  }

  it("are those that blktrace has, but for two requests between the writing of a marker to it and to ftrace", async () => {
    const { text, blktraceFiles } = recordings.find(({ name }) => name === "43-markers")!;
    const [[mkfs, mount, ...others], [mkfsBefore, mountBefore, ...othersBefore]] = [
      held(await readText(text)),
      held(await readFiles(blktraceFiles)),
    ];
    expect([mkfs, mount]).toEqual([
      ["mkfs", mkfsBefore![1] + 2],
      ["mount", mountBefore![1] - 2],
    ]);
    expect(others).toEqual(othersBefore);
    expect(others.map(([name]) => name)).toEqual(["write-hello", "sqlite", "umount"]);
  });
});

describe.skipIf(recordings.length === 0)("trace-cmd report", () => {
  it("gives the same requests with and without the fields' names", async () => {
    const printed = await readText(reports.microseconds);
    const fields = await readText(reports.fields);
    expect(ours(fields)).toEqual(ours(printed));
    expect(fields.bios).toEqual(printed.bios);
    expect(fields.events).toEqual(printed.events);
  });

  it("gives times within a microsecond of those with -t", async () => {
    const [rounded, exact] = [ours(await readText(reports.microseconds)), ours(await readText(reports.nanoseconds))];
    expect(exact.map((request) => ({ ...request, issueNs: 0, completeNs: 0 }))).toEqual(
      rounded.map((request) => ({ ...request, issueNs: 0, completeNs: 0 })),
    );
    const differences = exact.flatMap(({ issueNs, completeNs }, i) => [
      Math.abs(issueNs - rounded[i]!.issueNs),
      Math.abs(completeNs - rounded[i]!.completeNs),
    ]);
    expect(Math.max(...differences)).toBeLessThanOrEqual(1000);
  });

  it("has the requests of the text, one by one", async () => {
    for (const path of Object.values(reports))
      expect(ours(await readText(path)), basename(path)).toEqual(slow(slowEventText(textOf(path))));
  });
});
