import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SlowTrace, slowReader } from "../support/slowTrace.ts";
import { converted, convertedBy, EVERYTHING, goldenTraces, readPlain, type TraceFile, textFile } from "./kit.ts";

const HEADER = "op,offset_bytes,length_bytes,issue_ns,complete_ns,queue_ns,device,process,cpu,flags,error";

describe("a trace as CSV", () => {
  it("has a line for each request, and empty cells for what is not recorded", async () => {
    const lines = [
      'Connect export="" tls=0 size=0x100000 write=1 flush=1',
      "Write id=1 offset=0x200 count=0x400 fua=1 ...",
      "Read id=2 offset=0x0 count=0x200 ...",
      "...Write id=1 return=-1 error=EIO",
    ];
    const log = lines.map((line, i) => `2026-01-01 00:00:00.00010${i} connection=1 ${line}\n`).join("");
    const { text } = await converted(textFile("nbdkit.log", log), "csv");
    const device = text.split("\n")[1]!.split(",")[6];
    expect(text).toBe(`${HEADER}\nwrite,512,1024,0,2000,,${device},,,fua,5\nread,0,512,1000,,,${device},,,,\n`);
  });

  it("has no times where the trace has no clock, and says so", async () => {
    const { text, notes } = await converted(textFile("disk.qtr", "S 64\nR 0 8\nW 8 8\n"), "csv");
    expect(text).toBe(`${HEADER}\nread,0,4096,,,,disk,,,,\nwrite,4096,4096,,,,disk,,,,\n`);
    expect(notes).toEqual(["the trace has no clock: the columns of times are empty"]);
  });

  it("reads back with the same names, whatever they are", async () => {
    const name = fc.string({ unit: "binary", minLength: 1, maxLength: 15 }).map((text) => text.replace(/\p{C}/gu, "_"));
    const spicy = fc
      .tuple(fc.constantFrom("=", "+", "-", "@", "'", "''=", ",", '"', " ", "#", "\t"), name)
      .map((parts) => parts.join(""));
    const names = fc.uniqueArray(fc.oneof(name, spicy), { minLength: 2, maxLength: 8 });
    const property = fc.asyncProperty(names, names, async (devices, processes) => {
      const { file } = await convertedBy(slowReader(named(devices, processes)), "csv");
      const { requests, end } = await readPlain(file);
      expect(requests.map(({ device }) => end.devices[device]!.name)).toEqual(devices);
      expect(requests.map(({ process }) => end.processes[process]!.name)).toEqual(
        devices.map((_, i) => processes[i % processes.length]),
      );
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it("keeps a line a line where a name breaks lines", async () => {
    const { text } = await convertedBy(slowReader(named(["sda"], ["a\r\nb"])), "csv");
    expect(text.split("\n")).toHaveLength(3);
    expect(text).toContain(",a  b,");
  });
});

describe.each(goldenTraces().map((file) => [file.name, file] as const))("%s as CSV", (_, file) => {
  it("reads back as the same requests and completions", async () => {
    const { file: table } = await converted(file, "csv", { scope: EVERYTHING });
    expect(await essence(table)).toEqual(await essence(file));
  });
});

/** What CSV holds of a trace, in issue order by what latencies count from. */
async function essence(file: TraceFile) {
  const { requests, completions, end } = await readPlain(file);
  const ends = new Map(completions.map((completion) => [completion.row, completion]));
  const rows = requests.map(({ row, op, offsetBytes, lengthBytes, issueNs, cpu, flags, device, process }) => {
    const { issueNs: lastIssueNs = Number.NaN, completeNs = Number.NaN } = ends.get(row) ?? {};
    const latencyNs = completeNs - lastIssueNs;
    return {
      op,
      offsetBytes,
      lengthBytes,
      cpu,
      flags: end.recorded.flags ? flags : 0,
      device: end.devices[device]!.name,
      process: end.recorded.process && process > 0 ? end.processes[process]!.name : null,
      issueNs: Number.isNaN(latencyNs) ? issueNs : lastIssueNs,
      latencyNs: end.recorded.clock ? latencyNs : Number.NaN,
    };
  });
  return rows.sort((a, b) => a.issueNs - b.issueNs);
}

/** A request on each device, by the processes in turn. */
function named(devices: readonly string[], processes: readonly string[]): SlowTrace {
  return {
    devices: devices.map((name) => ({ name, stacked: false })),
    processes: ["not recorded", ...processes],
    recorded: {
      clock: true,
      completion: false,
      queue: false,
      process: true,
      cgroup: false,
      merges: false,
      bios: false,
      plug: false,
      flags: false,
      error: false,
    },
    history: devices.map((_, device) => ({
      what: "issue",
      issue: {
        op: "read",
        flags: 0,
        device,
        offsetBytes: 0,
        lengthBytes: 512,
        issueNs: device * 10,
        queueNs: null,
        process: 1 + (device % processes.length),
        mergedBios: 0,
      },
    })),
  };
}
