import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blktrace } from "../../../src/formats/blktrace/index.ts";
import { bpftrace } from "../../../src/formats/bpftrace/index.ts";
import { SCRIPT } from "../../../src/formats/bpftrace/script.ts";
import { detect } from "../../../src/formats/detect.ts";
import { FLAG } from "../../../src/model/ops.ts";
import {
  headOf,
  inputFromBytes,
  inputFromText,
  type PlainRequest,
  type PlainTrace,
  readAll,
} from "../../support/inputs.ts";

const GOLDEN = "test/golden/formats";
const CAPTURE = "../shared/captures/vm/boot-H/48-bpftrace-kfunc";
/** How much later than blktrace the script looks at its clock, on the emulated machine of the captures. */
const MOST_APART_NS = 5e6;

function read(text: string): Promise<PlainTrace> {
  return readAll(bpftrace, [inputFromText("disk.bpftrace", text)]);
}

function requestsOf({ requests, end }: PlainTrace, disk: string): PlainRequest[] {
  return requests.filter(({ device }) => end.devices[device]!.name === disk);
}

describe.each([`${GOLDEN}/bpftrace-virtio/vda.bpftrace`, `${GOLDEN}/bpftrace-three-drivers/disk.bpftrace`])(
  "%s",
  (path) => {
    const text = readFileSync(path, "utf8");

    it("holds the requests and completions that its text holds", async () => {
      const { requests, completions, end } = await read(text);
      const issued = [...text.matchAll(/^\d+ D (\S+) \S+ (\d+) (\d+) \S.* (\d+)$/gm)].map(
        ([, disk, sector, bytes, pid]) =>
          [disk, bytes === "0" ? 0 : Number(sector) * 512, Number(bytes), pid].join(" "),
      );
      const found = requests.map(({ device, process, offsetBytes, lengthBytes }) => {
        const { pid } = end.processes[process]!;
        return [end.devices[device]!.name, offsetBytes, lengthBytes, pid].join(" ");
      });
      expect(found.sort()).toEqual(issued.sort());
      // What completes without bytes and is no flush ends a flush sequence, whose write is complete already.
      const completed = [...text.matchAll(/^\d+ C \S+ (\S+) \d+ (\d+) err=0/gm)].filter(
        ([, flags, bytes]) => bytes !== "0" || flags === "40002",
      );
      expect(completions.length).toBe(completed.length);
      expect(end.quality).toMatchObject({ unmatchedCompletions: 0, notUnderstood: 0, clockSteps: 0 });
    });
  },
);

it("completes every request of virtio-blk, SCSI and NVMe", async () => {
  const { requests, completions, end } = await read(
    readFileSync(`${GOLDEN}/bpftrace-three-drivers/disk.bpftrace`, "utf8"),
  );
  expect(end.devices.map(({ name }) => name)).toEqual(["vda", "sda", "nvme0n1"]);
  expect([completions.length, end.quality.unmatchedIssues]).toEqual([requests.length, 0]);
  // What blktrace recorded of each of the three in the same run.
  for (const device of [0, 1, 2]) {
    const ops = requests.filter((request) => request.device === device).map(({ op }) => op);
    const count = (wanted: string) => ops.filter((op) => op === wanted).length;
    expect(["read", "write", "discard", "flush"].map(count)).toEqual([33, 32, 8, 6]);
  }
});

it.skipIf(!existsSync(CAPTURE))("gives the requests that blktrace recorded in the same run", async () => {
  const files = ["trace.blktrace.0", "trace.blktrace.1"].map((name) =>
    inputFromBytes(name, readFileSync(`${CAPTURE}/${name}`)),
  );
  const recorded = await readAll(blktrace, files);
  const traced = await read(readFileSync(`${GOLDEN}/bpftrace-virtio/vda.bpftrace`, "utf8"));
  const rows = requestsOf(traced, "vda");
  const place = ({ op, offsetBytes, lengthBytes }: PlainRequest) => `${op} ${offsetBytes} ${lengthBytes}`;
  expect(rows.map(place)).toEqual(recorded.requests.map(place));
  for (const [i, { issueNs }] of rows.entries())
    expect(Math.abs(issueNs - rows[0]!.issueNs - recorded.requests[i]!.issueNs)).toBeLessThan(MOST_APART_NS);
  expect(traced.completions.length).toBe(recorded.completions.length);
});

describe("a line", () => {
  it("may have a command with blanks and digits", async () => {
    const { requests, end } = await read("5 D vda 0 8 4096 my fio 2 286\n");
    expect(end.processes[requests[0]!.process]).toEqual({ pid: 286, name: "my fio 2" });
  });

  it.each([
    ["0", "read", 0],
    ["80700", "read", FLAG.readAhead],
    ["1801", "write", FLAG.sync | FLAG.meta],
    ["60801", "write", FLAG.fua | FLAG.preflush | FLAG.sync],
    ["803", "discard", FLAG.sync],
    ["5", "secureErase", 0],
    ["8000009", "writeZeroes", 0],
    ["7", "zoneAppend", 0],
    ["11", "zoneOther", 0],
    ["4", "other", 0],
  ])("with the flags %s is a %s", async (hex, op, flags) => {
    const { requests } = await read(`5 D vda ${hex} 8 4096 dd 286\n`);
    expect(requests).toMatchObject([{ op, flags }]);
  });

  it("may be of a flush, whose sector is none", async () => {
    const { requests, completions } = await read(
      "5 D vda 40002 18446744073709551615 0 kworker/0:1H 44\n9 C vda 40002 18446744073709551615 0 err=0\n",
    );
    expect(requests).toMatchObject([{ op: "flush", flags: 0, offsetBytes: 0, lengthBytes: 0 }]);
    expect(completions).toMatchObject([{ issueNs: 0, completeNs: 4 }]);
  });

  it("of a passthrough command is an event and no request", async () => {
    const { requests, events, end } = await read(
      "1 D sda 22 18446744073709551615 0 smartctl 9\n2 C sda 22 18446744073709551615 0 err=0\n3 D sda 0 8 512 dd 286\n",
    );
    expect([requests.length, events.map(({ kind }) => kind), end.quality.unmatchedCompletions]).toEqual([
      1,
      ["passthrough"],
      0,
    ]);
  });

  it("of a queue without a disk is left out, and counted", async () => {
    const { end } = await read("1 D  22 0 0 nvme 9\n3 D sda 0 8 512 dd 286\n");
    expect(end.quality.notes).toMatchObject([{ code: "diskless", text: expect.stringContaining("1 event ") }]);
  });

  it.each([
    [10, 5],
    [3, 28],
    [17, 5],
  ])("with the status %i has the error %i", async (status, error) => {
    const { completions } = await read(`1 D sda 0 8 512 dd 286\n3 C sda 0 8 512 err=${status}\n`);
    expect(completions).toMatchObject([{ error }]);
  });

  it("may complete a part", async () => {
    const { completions, end } = await read("1 D sda 0 8 4096 dd 286\n3 C sda 0 8 512 err=0\n9 C sda 0 9 3584 err=0\n");
    expect(completions).toMatchObject([{ lengthBytes: 4096, completeNs: 8 }]);
    expect(end.quality.partialCompletions).toBe(1);
  });

  it("may tell of lost events", async () => {
    const { end } = await read("Attaching 4 probes...\nLost 12 events\n1 D sda 0 8 4096 dd 286\n");
    expect(end.quality).toMatchObject({ droppedEvents: 12, notUnderstood: 0 });
  });
});

describe("detection", () => {
  const detected = (text: string) => detect(headOf("x", new TextEncoder().encode(text))).format;
  it("knows a file that begins in its middle", () =>
    expect(detected("9 C vda 0 8 512 err=0\n10 D vda 0 16 512 dd 2\n")).toBe(bpftrace));
  it("knows a file of the header alone", () => expect(detected(SCRIPT.match(/# .*(?=\\n)/)![0])).toBe(bpftrace));
  it("wants more than one line", () => expect(detected("10 D vda 0 16 512 dd 2\n")).toBeNull());
});

const made = fc.array(
  fc.record({
    gap: fc.integer({ min: 1, max: 1e6 }),
    latency: fc.integer({ min: 1, max: 5e6 }),
    sectors: fc.integer({ min: 1, max: 4096 }),
    command: fc.constantFrom("dd", "my fio", "a 1 b 2"),
    late: fc.integer({ min: 0, max: 5 }),
  }),
  { minLength: 1, maxLength: 300 },
);

it("puts the lines of several CPUs in order, and each completion to its request", async () => {
  await fc.assert(
    fc.asyncProperty(made, async (steps) => {
      let time = 1e9;
      const lines = steps.flatMap(({ gap, latency, sectors, command, late }, row) => {
        time += gap;
        const place = `${row * 8192} ${sectors * 512}`;
        return [
          { time, at: row + late, text: `${time} D vda 0 ${place} ${command} ${row + 1}` },
          { time: time + latency, at: row + late + 1, text: `${time + latency} C vda 0 ${place} err=0` },
        ];
      });
      const text = lines
        .sort((a, b) => a.at - b.at)
        .map((line) => `${line.text}\n`)
        .join("");
      const { requests, completions, end } = await read(text);
      expect(requests.map(({ offsetBytes }) => offsetBytes)).toEqual(steps.map((_, row) => row * 8192 * 512));
      const latencies = new Map(completions.map(({ row, issueNs, completeNs }) => [row, completeNs - issueNs]));
      expect(requests.map(({ row }) => latencies.get(row))).toEqual(steps.map(({ latency }) => latency));
      expect(end.quality).toMatchObject({ clockSteps: 0, unmatchedIssues: 0, unmatchedCompletions: 0 });
    }),
  );
});
