import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { biosnoop } from "../../../src/formats/biosnoop/index.ts";
import { blktrace } from "../../../src/formats/blktrace/index.ts";
import { detect } from "../../../src/formats/detect.ts";
import { FLAG } from "../../../src/model/ops.ts";
import { headOf, inputFromBytes, inputFromText, type PlainTrace, readAll } from "../../support/inputs.ts";
import { asBcc, asIosnoop, asLibbpf, type Completed } from "./programs.ts";

/*
 * No capture of biosnoop could be made: on Linux 6.1 it finds no blk_account_io_start. The golden files hold the
 * requests of a captured blktrace, as the print formats of bcc 0.26, libbpf-tools 0.26 and perf-tools write them.
 */
const GOLDEN = "test/golden/formats";
const CAPTURE = "../shared/captures/vm/boot-H/48-bpftrace-kfunc";
const FLUSHES = 21;

function read(text: string): Promise<PlainTrace> {
  return readAll(biosnoop, [inputFromText("vda.biosnoop", text)]);
}

/** What stands in the last columns, found from the line's end. */
function rowsOf(text: string): { type: string; sector: number; bytes: number; latencyNs: number }[] {
  const rows = text.matchAll(/ ([RWDFNEASM]+) +(?:254,0 +)?(-?\d+) +(\d+) +(?:-?[\d.]+ +)?([\d.]+)$/gm);
  return [...rows].map(([, type, sector, bytes, ms]) => ({
    type: type!,
    sector: Math.max(0, Number(sector)),
    bytes: Number(bytes),
    latencyNs: Math.round(Number(ms) * 1e6),
  }));
}

describe("a golden log", () => {
  it.each(["biosnoop-libbpf-queued/vda.biosnoop", "biosnoop-bcc/vda.biosnoop"])(
    "%s holds what its text holds",
    async (path) => {
      const text = readFileSync(`${GOLDEN}/${path}`, "utf8");
      const { completions } = await read(text);
      const byText = rowsOf(text).filter((_, i) => !text.split("\n")[i + 1]!.includes("<unknown>"));
      expect(byText.length).toBeGreaterThan(60);
      expect(
        completions.map(({ offsetBytes, lengthBytes, issueNs, completeNs }) => [
          offsetBytes / 512,
          lengthBytes,
          completeNs - issueNs,
        ]),
      ).toEqual(byText.map(({ sector, bytes, latencyNs }) => [sector, bytes, latencyNs]));
    },
  );

  it("of iosnoop takes its times, not its rounded latencies", async () => {
    const text = readFileSync(`${GOLDEN}/biosnoop-iosnoop/vda.iosnoop`, "utf8");
    const { completions } = await read(text);
    const lines = [...text.matchAll(/^(\d+)\.(\d{6}) +(\d+)\.(\d{6}) /gm)].map((line) => line.slice(1).map(Number));
    const latencies = lines.map(([startS, startUs, endS, endUs]) => (endS! - startS!) * 1e6 + endUs! - startUs!);
    expect(completions.map(({ issueNs, completeNs }) => Math.round((completeNs - issueNs) / 1e3))).toEqual(latencies);
  });

  it.skipIf(!existsSync(CAPTURE))("gives the requests that blktrace recorded", async () => {
    const files = ["trace.blktrace.0", "trace.blktrace.1"].map((name) =>
      inputFromBytes(name, readFileSync(`${CAPTURE}/${name}`)),
    );
    const recorded = await readAll(blktrace, files);
    const snooped = await read(readFileSync(`${GOLDEN}/biosnoop-libbpf-queued/vda.biosnoop`, "utf8"));
    const place = ({ requests }: PlainTrace) =>
      requests.map(({ op, offsetBytes, lengthBytes }) => [op, offsetBytes, lengthBytes]);
    expect(place(snooped)).toEqual(place(recorded));
    for (const [row, { issueNs }] of snooped.requests.entries())
      expect(Math.abs(issueNs - recorded.requests[row]!.issueNs)).toBeLessThan(2500);
  });

  it("of bcc says what it leaves out", async () => {
    const { end } = await read(readFileSync(`${GOLDEN}/biosnoop-bcc/vda.biosnoop`, "utf8"));
    expect(end.quality.notes.find(({ code }) => code === "placeless")?.text).toContain(`${FLUSHES} requests`);
  });
});

const BCC = "TIME(s)     COMM           PID    DISK    T SECTOR     BYTES   LAT(ms)\n";

describe("a line", () => {
  it("may have a command with blanks", async () => {
    const { end, requests } = await read(
      `${BCC}0.000000    Web Content 2  1950   xvda1   W 13092560   4096       0.74\n`,
    );
    expect(end.processes[requests[0]!.process]).toEqual({ pid: 1950, name: "Web Content 2" });
  });

  it("may have a time that shifts its columns", async () => {
    const { end, requests } = await read(
      `${BCC}100000.000000 Web Content 2  1950   xvda1   W 13092560   4096       0.74\n`,
    );
    expect(end.processes[requests[0]!.process]).toEqual({ pid: 1950, name: "Web Content 2" });
  });

  it("may have BYTES and LAT without a blank between", async () => {
    const { completions } = await read(`${BCC}0.000000    dd             286    vda     W 34818      13107201234.56\n`);
    expect(completions).toMatchObject([{ lengthBytes: 1_310_720, completeNs: 1_234_560_000 }]);
  });

  it("may have a pattern, also at the bytes' last digit", async () => {
    const header = "TIME(s)     COMM           PID     DISK      T SECTOR     BYTES  P LAT(ms)\n";
    const { requests } = await read(
      `${header}0.000000    dd             286     vda       W 34818      1310720R    5.34\n0.000058    dd             286     vda       W 37378      786432 S    5.30\n`,
    );
    expect(requests.map(({ lengthBytes }) => lengthBytes)).toEqual([1_310_720, 786_432]);
  });

  it("without a disk, in old bcc, is left out", async () => {
    const { requests, end } = await read(
      `${BCC}0.000000    ?              0              R 0          0          1.18\n`,
    );
    expect([requests.length, end.quality.notUnderstood, end.quality.notes.map(({ code }) => code)]).toEqual([
      0,
      0,
      ["letters-only", "placeless"],
    ]);
  });

  it("may tell of lost events", async () => {
    const { end } = await read(
      `${BCC}lost 17 events on CPU #1\n0.000000    dd             286    vda     W 34818      4096       5.16\n`,
    );
    expect(end.quality).toMatchObject({ droppedEvents: 17, notUnderstood: 0 });
  });
});

describe("times", () => {
  const LIBBPF = "TIME(s)     COMM           PID     DISK    T    SECTOR     BYTES   LAT(ms)\n";
  const line = (time: string, sector: number) =>
    `${time.padEnd(11)} dd             286     vda     WS   ${sector}         4096      0.010\n`;

  it("of other CPUs may lie before the first, wrapped in 64 bits by libbpf-tools", async () => {
    const { requests } = await read(
      `${LIBBPF}${line("0.000000", 8)}${line("18446744073.709452", 16)}${line("-0.000200", 24)}`,
    );
    expect(requests.map(({ offsetBytes, issueNs }) => [offsetBytes / 512, Math.round(issueNs / 1e3)])).toEqual([
      [24, 0],
      [16, 100],
      [8, 200],
    ]);
  });

  it("of the wall clock go on after midnight, in their milliseconds", async () => {
    const header = "TIMESTAMP    COMM           PID     DISK    T    SECTOR     BYTES   LAT(ms)\n";
    const stamp = (time: string, latency: string) =>
      `${time} dd             286     vda     WFS  8          4096    ${latency.padStart(7)}\n`;
    const { requests, completions, end } = await read(
      `${header}${stamp("23:59:59.998", "0.250")}${stamp("00:00:00.003", "1.250")}`,
    );
    expect(requests.map(({ issueNs }) => issueNs)).toEqual([0, 4e6]);
    expect(completions.map(({ completeNs }) => completeNs)).toEqual([250_000, 5_250_000]);
    expect(end.quality.notes.map(({ code }) => code)).toEqual(["times-of-printing"]);
  });

  it("go on where another run was appended", async () => {
    const run = `${LIBBPF}${line("0.000000", 8)}${line("0.500000", 16)}`;
    const { requests, end } = await read(run + run);
    expect(requests.map(({ issueNs }) => issueNs)).toEqual([0, 500e6, 500e6, 1000e6]);
    expect(end.quality.notes.map(({ code }) => code)).toEqual(["appended"]);
  });
});

describe("types", () => {
  const TYPES = "TIME(s)     COMM           PID     DISK    T    SECTOR     BYTES   LAT(ms)\n";
  it.each([
    ["R", 4096, "read", 0],
    ["RA", 4096, "read", FLAG.readAhead],
    ["RSM", 4096, "read", FLAG.sync | FLAG.meta],
    ["FWFSM", 4096, "write", FLAG.preflush | FLAG.fua | FLAG.sync | FLAG.meta],
    ["D", 4096, "discard", 0],
    ["DE", 4096, "secureErase", 0],
    ["FF", 0, "flush", 0],
    ["N", 4096, "other", 0],
    ["R", 0, "other", 0],
    ["FW", 0, "flush", FLAG.preflush],
  ])("%s of %i bytes is %s", async (type, bytes, op, flags) => {
    const { requests } = await read(
      `${TYPES}0.000000    dd             286     vda     ${type.padEnd(4)} 8          ${bytes}       0.010\n`,
    );
    expect(requests).toMatchObject([{ op, flags }]);
  });
});

it("is recognised with Windows line ends, and after iosnoop's first words", () => {
  const header =
    "Tracing block I/O. Ctrl-C to end.\r\nSTARTs         ENDs           COMM             PID    TYPE DEV      BLOCK        BYTES     LATms\r\n";
  expect(detect(headOf("x", new TextEncoder().encode(header))).format).toBe(biosnoop);
});

const completed = fc.array(
  fc.record({
    gapUs: fc.integer({ min: 0, max: 1e6 }),
    latencyUs: fc.integer({ min: 0, max: 5e6 }),
    command: fc.constantFrom("dd", "Web Content", "kworker/u8:2-ev", "a b c d", "?"),
    pid: fc.integer({ min: 1, max: 4_194_304 }),
    disk: fc.constantFrom("vda", "nvme10n1", "dm-0"),
    write: fc.boolean(),
    sector: fc.integer({ min: 0, max: 2 ** 40 }),
    sectors: fc.integer({ min: 1, max: 40_000 }),
  }),
  { minLength: 1, maxLength: 200 },
);

describe.each([
  { program: "bcc's biosnoop", write: asBcc, roundsNs: 5000 },
  { program: "libbpf-tools' biosnoop", write: asLibbpf, roundsNs: 0 },
  { program: "iosnoop", write: asIosnoop, roundsNs: 0 },
])("a generated log of $program", ({ write, roundsNs }) => {
  it("gives back its requests in order of their issue", async () => {
    await fc.assert(
      fc.asyncProperty(completed, async (steps) => {
        let completeUs = 5e6;
        const made: Completed[] = steps.map((step) => {
          completeUs += step.gapUs;
          return { ...step, completeUs };
        });
        const { requests, completions, end } = await read(write(made));
        const found = completions.map(({ row, op, offsetBytes, lengthBytes }) => {
          const { device, process } = requests[row]!;
          return [
            op,
            offsetBytes / 512,
            lengthBytes / 512,
            end.devices[device]!.name,
            end.processes[process]!.pid,
          ].join(" ");
        });
        const expected = made.map(({ write: isWrite, sector, sectors, disk, command, pid }) =>
          [isWrite ? "write" : "read", sector, sectors, disk, command === "?" ? null : pid].join(" "),
        );
        expect(found.sort()).toEqual(expected.sort());
        const issues = requests.map(({ issueNs }) => issueNs);
        expect(issues).toEqual([...issues].sort((a, b) => a - b));
        const latency = (sum: number, { issueNs, completeNs }: { issueNs: number; completeNs: number }) =>
          sum + completeNs - issueNs;
        const expectedNs = made.reduce((sum, { latencyUs }) => sum + latencyUs * 1000, 0);
        expect(Math.abs(completions.reduce(latency, 0) - expectedNs)).toBeLessThanOrEqual(roundsNs * made.length);
        expect(end.quality).toMatchObject({ notUnderstood: 0, clockSteps: 0 });
      }),
    );
  });
});
