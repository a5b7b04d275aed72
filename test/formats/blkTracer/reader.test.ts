import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { blkparse } from "../../../src/formats/blkparse/index.ts";
import { blkTracer } from "../../../src/formats/blkTracer/index.ts";
import { detect } from "../../../src/formats/detect.ts";
import { headOf, inputFromText, type PlainTrace, readAll } from "../../support/inputs.ts";

const text = readFileSync("test/golden/formats/blkTracer-ext4/trace.txt", "latin1");
const LINE = /^ *(.+)-(\d+) +\[(\d+)\] +\S+ +(\d+)\.(\d{6}): (.*)$/;

/** Every event with its beginning written anew. */
function rewritten(
  line: (fields: { pid: string; cpu: string; time: string; device: string; what: string }) => string,
): string {
  return text
    .split("\n")
    .flatMap((before) => {
      const [, , pid, cpu, seconds, micros, event] = LINE.exec(before) ?? [];
      if (event === undefined) return [];
      const [device, what] = [event.slice(0, 7), event.slice(8)];
      return `${line({ pid: pid!, cpu: String(Number(cpu)), time: `${seconds}.${micros}000`, device, what })}\n`;
    })
    .join("");
}

function read(content: string, format: typeof blkTracer | typeof blkparse = blkTracer): Promise<PlainTrace> {
  return readAll(format, [inputFromText("trace", content)]);
}

function said({ requests, completions, bios, events, end }: PlainTrace): object {
  return {
    requests: requests.map((request) => ({ ...request, process: end.processes[request.process] })),
    completions,
    bios,
    events,
    devices: end.devices,
  };
}

describe("the tracer blk", () => {
  it("says what blkparse would print of the same events", async () => {
    const asBlkparse = rewritten(({ pid, cpu, time, device, what }) => `${device} ${cpu} 0 ${time} ${pid} ${what}`);
    expect(said(await read(text))).toEqual(said(await read(asBlkparse, blkparse)));
  });

  it("has a request for each D, and a completion for each that has bytes or is a flush", async () => {
    const { requests, completions, end } = await read(text);
    const count = (what: RegExp) => [...text.matchAll(what)].length;
    expect(requests).toHaveLength(count(/: 254,0 +D /g));
    expect(completions).toHaveLength(count(/: 254,0 +C +\w+ \d+ \+ /g) + count(/: 254,0 +C +FN /g));
    expect(end.quality).toMatchObject({ notUnderstood: 0, unmatchedIssues: 0, unmatchedCompletions: 0, clockSteps: 0 });
  });

  it("says the same with its option blk_classic", async () => {
    const lines = rewritten(({ pid, cpu, time, device, what }) => `${device} ${cpu} ${time} ${pid} ${what}`);
    const classic = `# DEV   CPU TIMESTAMP     PID ACT FLG\n#  |     |     |           |   |   |\n${lines}`;
    expect(detect(headOf("trace", new TextEncoder().encode(classic))).format).toBe(blkTracer);
    expect(said(await read(classic))).toEqual(said(await read(text)));
  });

  it.each(["2b,0", "/", "/system.slice/a.service", "<...>"])(
    "says the same where events carry the cgroup %s",
    async (cgroup) => {
      const carrying = text.replaceAll(/: (254,0 {2})/g, `: $1${cgroup} `);
      expect(detect(headOf("trace", new TextEncoder().encode(carrying))).format).toBe(blkTracer);
      expect(said(await read(carrying))).toEqual(said(await read(text)));
    },
  );

  it("takes trace markers and messages for spans", async () => {
    const marked = [
      "            bash-12      [000] .....    84.121700: tracing_mark_write: begin all",
      ...text.trimEnd().split("\n").slice(2),
      "            bash-12      [000] .....    85.000000: 254,0    m   N end all",
      "",
    ].join("\n");
    const { requests, end } = await read(marked);
    expect(end.spans).toMatchObject([{ name: "all", source: "message", fromRow: 0, toRow: requests.length }]);
  });

  it("counts what the buffer lost", async () => {
    const { end } = await read(`# entries-in-buffer/entries-written: 185/200   #P:2\n${text}CPU:1 [LOST 5 EVENTS]\n`);
    expect(end.quality.droppedEvents).toBe(20);
  });
});

describe("detection", () => {
  it.each(["ftrace-write-hello/hello.ftrace.txt", "blkparse-summary/full.txt"])("does not take %s for it", (path) => {
    const bytes = readFileSync(`test/golden/formats/${path}`);
    expect(blkTracer.detect(headOf(path, bytes)).match).toBe(false);
  });
});
