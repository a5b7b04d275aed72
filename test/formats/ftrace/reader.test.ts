import { describe, expect, it } from "vitest";
import { detect } from "../../../src/formats/detect.ts";
import { FLAG } from "../../../src/model/ops.ts";
import { headOf, inputFromText, type PlainTrace, readAll } from "../../support/inputs.ts";

/** Reads a text as the format that recognises it. */
async function read(...lines: string[]): Promise<PlainTrace> {
  const text = `${lines.join("\n")}\n`;
  const { format, reason } = detect(headOf("trace.txt", new TextEncoder().encode(text)));
  if (format === null) throw new Error(reason);
  return readAll(format, [inputFromText("trace.txt", text, 50)], { batchRows: 64 });
}

const AT = "              dd-42      [001] .....    10.";
const PERF_AT = "              dd    42 [001]    10.";
const ISSUE = `${AT}000100: block_rq_issue: 8,0 R 4096 () 800 + 8 [dd]`;
const COMPLETE = `${AT}000350: block_rq_complete: 8,0 R () 800 + 8 [0]`;

const forms: Record<string, [string, string]> = {
  "ftrace's": [ISSUE, COMPLETE],
  "ftrace's with priorities": [
    `${AT}000100: block_rq_issue: 8,0 R 4096 () 800 + 8 be,0,4 [dd]`,
    `${AT}000350: block_rq_complete: 8,0 R () 800 + 8 none,0,0 [0]`,
  ],
  "ftrace's of old kernels, with 0 bytes": [
    `${AT}000100: block_rq_issue: 8,0 R 0 () 800 + 8 [dd]`,
    `${AT}000350: block_rq_complete: 8,0 R () 800 + 8 [0]`,
  ],
  "ftrace's with thread groups": [
    "              dd-42      (     40) [001] ..... 10.000100: block_rq_issue: 8,0 R 4096 () 800 + 8 [dd]",
    "          <idle>-0       (-------) [001] d.h1. 10.000350: block_rq_complete: 8,0 R () 800 + 8 [0]",
  ],
  "ftrace's with thread groups after the processor": [
    "              dd-42    [001] (     40) ....    10.000100: block_rq_issue: 8,0 R 4096 () 800 + 8 [dd]",
    "          <idle>-0     [001] (-----) d.h1    10.000350: block_rq_complete: 8,0 R () 800 + 8 [0]",
  ],
  "ftrace's in the latency format": [
    "      dd-42        1.....  100us+: block_rq_issue: 8,0 R 4096 () 800 + 8 [dd]",
    "  <idle>-0         1d.h1.  350us : block_rq_complete: 8,0 R () 800 + 8 [0]",
  ],
  "ftrace's, field by field": [
    `${AT}000100: block_rq_issue: dev=0x800000 (8388608) sector=0x320 (800) nr_sector=0x8 (8) bytes=0x1000 (4096) ioprio=0x0 (0) rwbs=R comm=dd cmd=`,
    `${AT}000350: block_rq_complete: dev=0x800000 (8388608) sector=0x320 (800) nr_sector=0x8 (8) error=0x0 (0) ioprio=0x0 (0) rwbs=R cmd=`,
  ],
  "trace-cmd's": [
    "cpus=2",
    [
      "              dd-42    [001]    10.000100: block_rq_issue:       8,0 R 4096 () 800 + 8 [dd]",
      "          <idle>-0     [001]    10.000350: block_rq_complete:    8,0 R () 800 + 8 [0]",
    ].join("\n"),
  ],
  "trace-cmd's of several buffers, in nanoseconds": [
    "   cap:               dd-42    [001]    10.000100000: block_rq_issue:       8,0 R 4096 () 800 + 8 [dd]",
    "                  <idle>-0     [001]    10.000350000: block_rq_complete:    8,0 R () 800 + 8 [0]",
  ],
  "trace-cmd's, field by field": [
    "              dd-42    [001]    10.000100: block_rq_issue:        dev=8388608 sector=800 nr_sector=8 bytes=4096 rwbs=R comm=dd cmd=",
    "          <idle>-0     [001]    10.000350: block_rq_complete:     dev=8388608 sector=800 nr_sector=8 error=0 rwbs=R cmd=",
  ],
  "perf script's": [
    `${PERF_AT}000100:       block:block_rq_issue: 8,0 R 4096 () 800 + 8 0x2,0,4 [dd]`,
    `${PERF_AT}000350:    block:block_rq_complete: 8,0 R () 800 + 8 0x2,0,4 [0]`,
  ],
  "perf script's in nanoseconds, of processes and threads": [
    "              dd    40/42 [001]    10.000100000:       block:block_rq_issue: 8,0 R 4096 () 800 + 8 0x2,0,4 [dd]",
    "         swapper     0/0 [001]    10.000350000:    block:block_rq_complete: 8,0 R () 800 + 8 0x2,0,4 [0]",
  ],
};

describe.each(Object.entries(forms))("%s form", (_, lines) => {
  it("gives the fields of a request", async () => {
    const { requests, completions, end } = await read(...lines);
    expect(requests).toMatchObject([{ op: "read", offsetBytes: 409_600, lengthBytes: 4096, cpu: 1, issueNs: 0 }]);
    expect(completions).toMatchObject([{ row: 0, completeNs: 250_000, error: 0 }]);
    expect(end.processes[requests[0]!.process]).toEqual({ pid: 42, name: "dd" });
    expect(end.devices.map(({ id }) => id)).toEqual(["8,0"]);
    expect(end.quality).toMatchObject({ notUnderstood: 0, unmatchedIssues: 0, notes: [] });
  });
});

describe("the name of a process", () => {
  it.each(["a b-1 [x", "kworker/1:1H", "x [000] y", "9", "-", "(udev-worker)", "jbd2/vda1-8", "e 1.5: x"])(
    "may be %s",
    async (name) => {
      const line = `${name.padStart(16)}-42      [001] ..... 10.000100: block_rq_issue: 8,0 R 4096 () 800 + 8 [${name}]`;
      const { requests, end } = await read(line);
      expect(end.processes[requests[0]!.process]).toEqual({ pid: 42, name });
    },
  );

  it("is the last one that a process had", async () => {
    const lines = [`${PERF_AT}000100: block:block_rq_issue: 8,0 R 4096 () 800 + 8 [dd]`];
    const { end } = await read(lines[0]!.replace("dd ", "sh "), ...lines);
    expect(end.processes.slice(1)).toEqual([{ pid: 42, name: "dd" }]);
  });

  it("is not <...>, which ftrace writes for one that it has forgotten", async () => {
    const { end } = await read(ISSUE.replace("   dd-", "<...>-"));
    expect(end.processes.slice(1)).toEqual([{ pid: 42, name: "42" }]);
  });

  it("may be left out by perf script -F time,event,trace", async () => {
    const { requests } = await read("10.000100: block:block_rq_issue: 8,0 R 4096 () 800 + 8 0x2,0,4 [dd]");
    expect(requests).toMatchObject([{ process: 0, cpu: -1 }]);
  });
});

describe("the letters", () => {
  it.each([
    ["R", "read", 0],
    ["RA", "read", FLAG.readAhead],
    ["RSM", "read", FLAG.sync | FLAG.meta],
    ["WS", "write", FLAG.sync],
    ["FWFSM", "write", FLAG.preflush | FLAG.fua | FLAG.sync | FLAG.meta],
    ["WSU", "write", FLAG.sync],
    ["DS", "discard", FLAG.sync],
    ["DES", "secureErase", FLAG.sync],
    ["NS", "writeZeroes", FLAG.sync],
    ["ZAS", "zoneAppend", FLAG.sync],
  ])("%s with sectors are %s", async (letters, op, flags) => {
    const { requests } = await read(ISSUE.replace(" R ", ` ${letters} `));
    expect(requests).toMatchObject([{ op, flags, lengthBytes: 4096 }]);
  });

  it.each([
    ["FF", "flush", 0],
    ["FWS", "flush", FLAG.sync],
    ["ZRA", "zoneReset", 0],
    ["ZF", "zoneOther", 0],
  ])("%s without sectors are %s", async (letters, op, flags) => {
    const { requests } = await read(`${AT}000100: block_rq_issue: 8,0 ${letters} 0 () 0 + 0 [dd]`);
    expect(requests).toMatchObject([{ op, flags, offsetBytes: 0, lengthBytes: 0 }]);
  });

  it("NS are noted, for they are not the name of anything", async () => {
    const { end } = await read(ISSUE.replace(" R ", " NS "));
    expect(end.quality.notes.map(({ code }) => code)).toContain("nameless-requests");
  });
});

describe("a flush", () => {
  it("ends at the sector 2^64-1, and its sequence with a completion without sectors", async () => {
    const { completions, end } = await read(
      `${AT}000100: block_rq_issue: 8,0 FF 0 () 0 + 0 [dd]`,
      `${AT}000300: block_rq_complete: 8,0 FF () 18446744073709551615 + 0 [0]`,
      `${AT}000310: block_rq_complete: 8,0 WS () 0 + 0 [0]`,
    );
    expect(completions).toMatchObject([{ op: "flush", completeNs: 200_000 }]);
    expect(end.quality).toMatchObject({ unmatchedIssues: 0, unmatchedCompletions: 0 });
  });
});

describe("a passthrough command", () => {
  it.each(["N 20 () 0 + 0", "R 36 (12 00 00 00 24 00) 0 + 0", "N 0 (00 00 00 00 00 00) 0 + 0"])(
    "%s is no request",
    async (payload) => {
      const { requests, events, end } = await read(
        ISSUE,
        `${AT}000200: block_rq_issue: 8,0 ${payload} [smartctl]`,
        COMPLETE,
        `${AT}000400: block_rq_complete: 8,0 N () 18446744073709551615 + 0 [0]`,
      );
      expect(requests).toHaveLength(1);
      expect(events.map(({ kind }) => kind)).toEqual(["passthrough"]);
      expect(end.quality).toMatchObject({ unmatchedIssues: 0, unmatchedCompletions: 0 });
    },
  );
});

describe("an error", () => {
  it.each([
    ["-5", 5],
    ["-28", 28],
    ["0", 0],
  ])("[%s] is the errno %i", async (text, error) => {
    const { completions } = await read(ISSUE, COMPLETE.replace("[0]", `[${text}]`));
    expect(completions).toMatchObject([{ error }]);
  });

  it("is told once, though block_rq_error comes beside the completion", async () => {
    const failed = COMPLETE.replace("[0]", "[-5]");
    const { completions, end } = await read(ISSUE, failed, failed.replace("rq_complete", "rq_error"));
    expect(completions).toMatchObject([{ error: 5 }]);
    expect(end.quality.unmatchedCompletions).toBe(0);
  });

  it.each(["error=-5", "error=4294967291", "error=0xfffffffb (-5)"])("is told as %s too", async (field) => {
    const fields = "dev=8388608 sector=800 nr_sector=8";
    const { completions } = await read(
      `${AT}000100: block_rq_issue: ${fields} bytes=4096 rwbs=R comm=dd cmd=`,
      `${AT}000350: block_rq_complete: ${fields} ${field} rwbs=R cmd=`,
    );
    expect(completions).toMatchObject([{ error: 5 }]);
  });
});

describe("the life of bios", () => {
  it("is told by queueing, merging, inserting and splitting", async () => {
    const { requests, bios, events } = await read(
      `${AT}000010: block_bio_remap: 8,0 WS 800 + 8 <- (8,1) 752`,
      `${AT}000011: block_bio_queue: 8,0 WS 800 + 8 [dd]`,
      `${AT}000012: block_getrq: 8,0 WS 800 + 8 [dd]`,
      `${AT}000020: block_bio_queue: 8,0 WS 808 + 24 [dd]`,
      `${AT}000021: block_split: 8,0 WS 808 / 816 [dd]`,
      `${AT}000022: block_bio_backmerge: 8,0 WS 808 + 8 [dd]`,
      `${AT}000023: block_getrq: 8,0 WS 816 + 16 [dd]`,
      `${AT}000030: block_rq_insert: 8,0 WS 8192 () 800 + 16 [dd]`,
      `${AT}000040: block_rq_issue: 8,0 WS 8192 () 800 + 16 [dd]`,
      `${AT}000041: block_rq_issue: 8,0 WS 8192 () 816 + 16 [dd]`,
      `${AT}000050: block_rq_complete: 8,0 WS () 800 + 16 [0]`,
      `${AT}000051: block_rq_complete: 8,0 WS () 816 + 16 [0]`,
    );
    expect(requests).toMatchObject([
      { offsetBytes: 409_600, lengthBytes: 8192, queueNs: -29_000, mergedBios: 1 },
      { offsetBytes: 417_792, lengthBytes: 8192, queueNs: -20_000, mergedBios: 0 },
    ]);
    expect(bios).toMatchObject([
      { lengthBytes: 4096, queueNs: -29_000, getRequestNs: -28_000, insertNs: -10_000 },
      { lengthBytes: 4096, queueNs: -20_000, mergeNs: -18_000 },
      { lengthBytes: 8192, queueNs: -20_000, getRequestNs: -17_000 },
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(["bioQueued", "bioQueued", "split", "merged"]);
  });

  it("ends with block_bio_complete on a device that hands bios on", async () => {
    const { completions, end } = await read(
      `${AT}000010: block_bio_queue: 253,0 WS 0 + 8 [dd]`,
      `${AT}000011: block_bio_remap: 8,0 WS 800 + 8 <- (253,0) 0`,
      `${AT}000012: block_bio_queue: 8,0 WS 800 + 8 [dd]`,
      `${AT}000013: block_rq_issue: 8,0 WS 4096 () 800 + 8 [dd]`,
      `${AT}000020: block_rq_complete: 8,0 WS () 800 + 8 [0]`,
      `${AT}000021: block_bio_complete: 253,0 WS 0 + 8 [0]`,
    );
    expect(completions).toHaveLength(2);
    expect(end.devices.map(({ id, stacked }) => [id, stacked])).toEqual([
      ["253,0", true],
      ["8,0", false],
    ]);
    expect(end.quality).toMatchObject({ unmatchedIssues: 0, unmatchedCompletions: 0, notes: [] });
  });

  it("goes on after a requeue", async () => {
    const { completions, end } = await read(
      ISSUE,
      `${AT}000200: block_rq_requeue: 8,0 R () 800 + 8 [0]`,
      ISSUE.replace("000100", "000220"),
      COMPLETE,
    );
    expect(completions).toMatchObject([{ issueNs: 120_000, completeNs: 250_000 }]);
    expect(end.quality.requeues).toBe(1);
  });
});

describe("what is not there", () => {
  const notesOf = ({ end }: PlainTrace) => end.quality.notes.map(({ text }) => text);

  it("is said of completions", async () => {
    expect(notesOf(await read(ISSUE))).toEqual([
      "the trace has no block_rq_complete, so no latencies: record that too",
    ]);
  });

  it("is said of issues where bios were queued", async () => {
    const trace = await read(`${AT}000100: block_bio_queue: 8,0 R 800 + 8 [dd]`, COMPLETE);
    expect(trace.requests).toHaveLength(1);
    expect(notesOf(trace)).toEqual([
      "the trace has no block_rq_issue, so its requests are bios as they were queued, before merging: record that too",
    ]);
  });

  it("is said of issues and bios", async () => {
    const trace = await read(`${AT}000100: block_rq_insert: 8,0 R 4096 () 800 + 8 [dd]`);
    expect(trace.requests).toEqual([]);
    expect(notesOf(trace)[0]).toBe(
      "the trace has neither block_rq_issue nor block_bio_queue, so it has no requests: record those too",
    );
  });

  it("is said of all but completions", async () => {
    const trace = await read(COMPLETE);
    expect(trace.requests).toEqual([]);
    expect(trace.end.quality.notes.map(({ code }) => code)).toEqual(["completions-only"]);
  });

  it("is an error where there are only other events", async () => {
    const other = `${AT}000000: sched_switch: prev_comm=dd prev_pid=42 ==> next_comm=swapper/1 next_pid=0`;
    await expect(read(other, other)).rejects.toThrow(
      "trace.txt: missing events of the block layer: both events are others, the first of them sched_switch; record",
    );
  });

  it("is said of events of others", async () => {
    const { end } = await read(
      `${PERF_AT}000090: sched:sched_switch: dd:42 [120] S ==> swapper/1:0 [120]`,
      ...forms["perf script's"]!,
    );
    expect(end.quality.notes).toEqual([
      {
        code: "other-events",
        text: "1 event that are not the block layer's were passed over, the first of them sched:sched_switch",
      },
    ]);
    expect(end.quality.notUnderstood).toBe(0);
  });
});

describe("what was lost", () => {
  it.each([
    ["CPU:1 [LOST 749 EVENTS]", 749],
    ["CPU:7 [204600 EVENTS DROPPED]", 204_600],
    ["# entries-in-buffer/entries-written: 190/1200   #P:2", 1010],
    ["# entries-in-buffer/entries-written: 1200/1200   #P:2", 0],
  ])("is told by %s", async (line, count) => {
    const { end } = await read(line, ISSUE, COMPLETE);
    expect(end.quality).toMatchObject({ droppedEvents: count, notUnderstood: 0 });
  });

  it("is told by perf script --show-lost-events", async () => {
    const { end } = await read(`${PERF_AT}000090: PERF_RECORD_LOST lost 12`, ...forms["perf script's"]!);
    expect(end.quality).toMatchObject({ droppedEvents: 12, notUnderstood: 0 });
  });

  it("is noted where its number is not told", async () => {
    const { end } = await read("CPU:1 [LOST EVENTS]", ISSUE, COMPLETE);
    expect(end.quality).toMatchObject({ droppedEvents: 0, notes: [{ code: "events-lost" }] });
  });

  it("is not known where nothing tells of it", async () => {
    expect((await read(ISSUE, COMPLETE)).end.quality.droppedEvents).toBeNull();
  });
});

describe("a marker", () => {
  it.each([
    "tracing_mark_write: begin boot",
    "print:                tracing_mark_write: begin boot",
    "print:                0xffffffff81498b1a: begin boot",
    "print:                 ip=0xffffffff81498b1a buf=begin boot",
  ])("%s begins a span", async (event) => {
    const { end } = await read(ISSUE, COMPLETE, `${AT}000400: ${event}`, ISSUE.replace("000100", "000500"));
    expect(end.spans).toMatchObject([{ name: "boot", fromRow: 1, toRow: 2 }]);
  });

  it("of any other text is a message, at its time", async () => {
    const { end } = await read(ISSUE, `${AT}000200: tracing_mark_write: half: of it`, COMPLETE);
    expect(end.messages).toEqual([{ timeNs: 100_000, row: 1, text: "half: of it" }]);
  });
});

describe("the clock", () => {
  it("is exact to the digits of the text, however long the machine is up", async () => {
    const at = "              dd    42 [001] 4000000000.";
    const { completions } = await read(
      `${at}000000001: block:block_rq_issue: 8,0 R 4096 () 800 + 8 0x2,0,4 [dd]`,
      `${at}999999999: block:block_rq_complete: 8,0 R () 800 + 8 0x2,0,4 [0]`,
    );
    expect(completions).toMatchObject([{ completeNs: 999_999_998 }]);
  });

  it("must count seconds", async () => {
    const line = "              dd-42      [001] .....            5: block_rq_issue: 8,0 R 4096 () 800 + 8 [dd]";
    await expect(read(line)).rejects.toThrow(
      "trace.txt:1: unsupported time 5, which is not in seconds; the trace clock counts events or ticks: record again after echo local > trace_clock",
    );
  });
});

describe("an empty trace", () => {
  it("is one without requests", async () => {
    const { requests, end } = await read("# tracer: nop", "#", "# entries-in-buffer/entries-written: 0/0   #P:2");
    expect(requests).toEqual([]);
    expect(end.quality.notes).toEqual([]);
  });
});

describe("the head of a file", () => {
  const formatOf = (...lines: string[]) =>
    detect(headOf("x", new TextEncoder().encode(`${lines.join("\n")}\n`))).format?.id ?? null;

  it("is recognised where the file begins in the middle of a line", () => {
    expect(formatOf("_complete: 8,0 R () 0 + 8 [0]", ISSUE, COMPLETE)).toBe("ftrace");
    expect(formatOf(" 8,0 R () 0 + 8 [0]", ...forms["perf script's"]!)).toBe("perfScript");
  });

  it("is recognised by its events, whatever they are", () => {
    expect(formatOf(`${AT}000000: sched_switch: prev_comm=dd prev_pid=42`)).toBe("ftrace");
    expect(formatOf(`${PERF_AT}000000: sched:sched_switch: dd:42 [120] S`)).toBe("perfScript");
  });

  it.each([
    [
      "the blk tracer's",
      [`${AT}121735: 254,0    A  WS 55298 + 2064 <- (254,1) 53250`, `${AT}121736: 254,0    Q  WS 55298 + 8`],
    ],
    ["perf trace's", ['     0.000 dd/42 block:block_rq_issue(dev: 8388608, sector: 800, nr_sector: 8, rwbs: "R")']],
    ["qemu's", ["42@10.000100:blk_co_preadv blk 0x55d bs 0x55e offset 0 bytes 4096 flags 0x0"]],
  ])("is not %s", (_, lines) => {
    expect(["ftrace", "perfScript"]).not.toContain(formatOf(...lines));
  });
});
