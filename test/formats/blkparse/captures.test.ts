import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { blkparse } from "../../../src/formats/blkparse/index.ts";
import { blktrace } from "../../../src/formats/blktrace/index.ts";
import type { ReadHints } from "../../../src/model/format.ts";
import { inputFromBytes, type PlainTrace, readAll } from "../../support/inputs.ts";
import { bytesOf, capture, captures, readFiles } from "../blktrace/captures.ts";
import { everyAction } from "./everyAction.ts";

/*
 * What blkparse printed of recordings against the recordings themselves: the same requests, completions, bios, events
 * and spans, with times equal to the nanosecond.
 */

/** Where blkparse's text says something else than the files, and why. */
const DIFFERENT: Readonly<Record<string, string>> = {
  "15-resize2fs-shrink": "two events of one nanosecond: blkparse puts them in order of their sequence numbers",
  "42-nvme-fio-2jobs-qd32": "two events of one nanosecond: blkparse puts them in order of their sequence numbers",
  "43-markers": "blkparse 1.2 does not print messages that carry a cgroup id",
};

function readText(file: string, hints: ReadHints = {}): Promise<PlainTrace> {
  return readAll(blkparse, [inputFromBytes(file, bytesOf(file), 65536)], { batchRows: 4096 }, hints);
}

/** A trace with processes and devices by their names, since their numbers depend on the order in which they are met. */
function said({ requests, completions, bios, events, end }: PlainTrace) {
  const byDevice = <T extends { device: number }>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, device: end.devices[row.device]!.id }));
  const byProcess = <T extends { process: number }>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, process: end.processes[row.process] }));
  return {
    requests: byProcess(byDevice(requests)),
    completions: byDevice(completions),
    bios: byProcess(byDevice(bios)),
    events: byDevice(events).map((event) => ({
      ...event,
      extra: event.kind === "bioQueued" ? end.processes[event.extra] : event.extra,
    })),
    spans: end.spans,
    stacked: end.devices.filter(({ stacked }) => stacked).map(({ id }) => id),
  };
}

/** The same without the order in which things of one time stand. */
function saidInAnyOrder(trace: PlainTrace) {
  const { requests, completions, bios, events, ...others } = said(trace);
  const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
  const placeless = events.map(({ nextRow: _, ...event }) => event);
  return { requests, completions: sorted(completions), bios: sorted(bios), events: sorted(placeless), ...others };
}

const printed = captures.flatMap(({ name, files, text }) => (text === null ? [] : [{ name, files, text }]));
const same = printed.filter(({ name }) => !(name in DIFFERENT));
const ofOneTime = printed.filter(({ name }) => DIFFERENT[name]?.startsWith("two events of one nanosecond"));

describe.each(same)("$name", ({ files, text }) => {
  it("gives what the files give", async () => {
    const trace = await readText(text);
    expect(said(trace)).toEqual(said(await readFiles(files)));
    expect(trace.end.quality).toMatchObject({ notUnderstood: 0, sequenceGaps: 0, clockSteps: 0, notes: [] });
  });
});

describe.each(ofOneTime)("$name", ({ files, text }) => {
  it("gives what the files give, but for the order of what happened at the same time", async () => {
    expect(saidInAnyOrder(await readText(text))).toEqual(saidInAnyOrder(await readFiles(files)));
  });
});

describe.runIf(printed.some(({ name }) => name === "43-markers"))("43-markers", () => {
  it("gives what the files give, but for the messages and the spans that they mark", async () => {
    const { files, text } = capture("43-markers");
    const spanless = (trace: PlainTrace) => {
      const { spans: _, requests, ...others } = said(trace);
      return { ...others, requests: requests.map(({ spans: __, ...request }) => request) };
    };
    const [fromText, fromFiles] = [await readText(text!), await readFiles(files)];
    expect(spanless(fromText)).toEqual(spanless(fromFiles));
    expect([fromText.end.spans.length, fromFiles.end.spans.length]).toEqual([0, 5]);
  });
});

describe("the text of events with cgroup ids", () => {
  const text = "test/golden/formats/blkparse-cgroups-not-printed/cgroups.txt";

  it("has the events without one, and tells by the sequence numbers that others are missing", async () => {
    const { requests, end } = await readText(text);
    const files = await readFiles(capture("cgroup").files);
    expect(requests.length).toBeLessThan(files.requests.length);
    expect(requests.map(({ op }) => op)).toEqual(files.requests.filter(({ op }) => op === "flush").map(({ op }) => op));
    expect(end.quality.sequenceGaps).toBeGreaterThan(0);
    expect(end.quality.notes.map(({ code }) => code)).toEqual(["records-missing"]);
  });
});

describe("every action that blkparse prints", () => {
  const { sda, sdb } = everyAction();
  const files = () => [inputFromBytes("sda.blktrace.0", sda), inputFromBytes("sdb.blktrace.0", sdb)];

  it.each(["blkparse-every-action", "blkparse-every-action-elapsed"])(
    "is read from %s as from the files",
    async (name) => {
      const trace = await readText(`test/golden/formats/${name}/sda-sdb.txt`);
      const ofFiles = await readAll(blktrace, files());
      const nameless = (all: PlainTrace) => {
        for (const process of all.end.processes) if (process.pid === 9) process.name = "9";
        return saidInAnyOrder(all);
      };
      expect(nameless(trace)).toEqual(nameless(ofFiles));
      expect(trace.end.quality).toMatchObject({
        notUnderstood: 0,
        requeues: 1,
        partialCompletions: 1,
        unmatchedIssues: 0,
      });
      expect(trace.end.spans.map(({ name }) => name)).toEqual(["writes"]);
      expect(trace.events.filter(({ kind }) => kind === "passthrough").map(({ lengthBytes }) => lengthBytes)).toEqual([
        36, 0, 512,
      ]);
    },
  );
});

const VARIANTS = "../shared/captures/vm/boot-E/45-blktrace-variants";

describe.runIf(existsSync(VARIANTS))("one recording printed in several ways", () => {
  it.each(["full-t.txt", "full-v.txt", "full-s.txt", "full-with-summary.txt"])(
    "reads %s like the default",
    async (name) => {
      expect(said(await readText(`${VARIANTS}/${name}`))).toEqual(said(await readText(`${VARIANTS}/full.txt`)));
    },
  );

  it("reads btrace's lines, of which a CPU's come after those of another", async () => {
    const { requests, completions, end } = await readText(`${VARIANTS}/btrace-live.txt`);
    const text = readFileSync(`${VARIANTS}/btrace-live.txt`, "latin1");
    expect(requests).toHaveLength([...text.matchAll(/^254,0(?: +\S+){4} +D /gm)].length);
    expect(completions).toHaveLength(requests.length);
    expect(end.quality).toMatchObject({
      clockSteps: 0,
      unmatchedCompletions: 0,
      implausibleLatencies: 0,
      sequenceGaps: 0,
    });
  });
});
