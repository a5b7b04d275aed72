import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { blkparse } from "../../../src/formats/blkparse/index.ts";
import type { ReadHints } from "../../../src/model/format.ts";
import { inputFromBytes, inputFromText, type PlainTrace, readAll } from "../../support/inputs.ts";

const GOLDEN = "test/golden/formats";

function readGolden(folder: string, name: string): Promise<PlainTrace> {
  const bytes = new Uint8Array(readFileSync(`${GOLDEN}/${folder}/${name}`));
  let hints: ReadHints = {};
  if (folder.includes("format")) hints = JSON.parse(readFileSync(`${GOLDEN}/${folder}/read.json`, "utf8")) as ReadHints;
  return readAll(blkparse, [inputFromBytes(name, bytes)], {}, hints);
}

/** What does not depend on which fields are printed. */
function rowsOf({ requests }: PlainTrace) {
  return requests.map(({ op, flags, offsetBytes, lengthBytes }) => ({ op, flags, offsetBytes, lengthBytes }));
}

/** All but what remaps and unplugs say, which no format string can print. */
function allOf({ requests, completions, bios, events: all, end }: PlainTrace) {
  const events = all.map(({ extra: _, ...event }) => event);
  return { requests, completions, bios, events, processes: end.processes, devices: end.devices.map(({ id }) => id) };
}

const summary = () => readGolden("blkparse-summary", "full.txt");

describe("one recording with several format strings", () => {
  it.each(["blkparse-format-csv", "blkparse-formats-of-actions"])(
    "gives the same in %s as by default",
    async (folder) => {
      const name = folder === "blkparse-format-csv" ? "full.csv" : "full.txt";
      expect(allOf(await readGolden(folder, name))).toEqual(allOf(await summary()));
    },
  );

  it("gives no errors where none are printed", async () => {
    const trace = await readGolden("blkparse-format-columns", "full.txt");
    expect(allOf(trace)).toEqual(allOf(await summary()));
    expect(trace.end.recorded).toMatchObject({ error: false, completion: true, process: true });
  });

  it("takes the time of day for the time, in microseconds", async () => {
    const trace = await readGolden("blkparse-format-wall-clock", "full.txt");
    const reference = await summary();
    expect(rowsOf(trace)).toEqual(rowsOf(reference));
    for (const [i, { issueNs }] of trace.requests.entries())
      expect(Math.abs(issueNs - reference.requests[i]!.issueNs)).toBeLessThan(1000);
    expect(trace.end.devices.map(({ name }) => name)).toEqual(["disk"]);
    expect(new Set(trace.requests.map(({ process }) => trace.end.processes[process]!.name))).toEqual(
      new Set(reference.requests.map(({ process }) => reference.end.processes[process]!.name)),
    );
  });

  it("gives the requests in their order where nothing tells the time", async () => {
    const trace = await readGolden("blkparse-format-no-clock", "full.txt");
    expect(rowsOf(trace).map(({ flags: _, ...row }) => row)).toEqual(
      rowsOf(await summary()).map(({ flags: _, ...row }) => row),
    );
    expect(trace.requests.map(({ issueNs }) => issueNs)).toEqual(trace.requests.map(({ row }) => row));
    expect(trace.completions).toEqual([]);
    expect(trace.end.recorded).toEqual({
      clock: false,
      completion: false,
      queue: false,
      process: false,
      cgroup: false,
      merges: false,
      bios: false,
      plug: false,
      flags: true,
      error: false,
    });
  });
});

function readLines(blkparseFormat: string, ...lines: string[]): Promise<PlainTrace> {
  return readAll(
    blkparse,
    [inputFromText("disk.txt", lines.map((line) => `${line}\n`).join(""))],
    {},
    { blkparseFormat },
  );
}

describe("a format string", () => {
  it("may let a name have anything in it, also the text that follows it", async () => {
    const trace = await readLines("%C,%a,%d,%S,%n,%T.%t", "a,D,R,D,R,8,16,0.000000001", "b, c,D,WS,8,16,0.000000002");
    expect(trace.end.processes.map(({ name }) => name)).toEqual(["not recorded", "a,D,R", "b, c"]);
  });

  it("may put fields together where they have columns", async () => {
    const { requests, end } = await readLines("%3a%-6d%2S%5n%5T%t%5p", "  DWS    6412345    1000000500   12");
    expect(requests).toMatchObject([{ op: "write", offsetBytes: 64 * 512, lengthBytes: 12345 * 512 }]);
    expect(end.processes.map(({ pid }) => pid)).toEqual([null, 12]);
  });

  it("may have %%, escapes, letters that are no fields, and pad those", async () => {
    const { requests } = await readLines("%%\\t%3k%-3k%a %d %S+%n\\r\\n", "%\t  kk  D R 8+16");
    expect(requests).toHaveLength(1);
  });

  it("tells a passthrough command where it prints its bytes", async () => {
    const { requests, events } = await readLines(
      "%a %d %S %n %N (%P) %T.%t",
      "D R 0 0 36 (12 00 00 00 24 00 ..) 0.000000001",
      "D R 8 8 4096 () 0.000000002",
    );
    expect(requests.map(({ lengthBytes }) => lengthBytes)).toEqual([4096]);
    expect(events).toMatchObject([{ kind: "passthrough", lengthBytes: 36 }]);
  });

  it("takes a split's length for what comes before the cut", async () => {
    const { bios } = await readLines(
      "%a %d %S %n %T.%t",
      "Q W 0 16 0.000000001",
      "X W 0 8 0.000000002",
      "D W 0 8 0.000000003",
      "D W 8 8 0.000000004",
      "C W 0 8 0.000000005",
      "C W 8 8 0.000000006",
    );
    expect(bios.map(({ lengthBytes, queueNs }) => [lengthBytes, queueNs])).toEqual([
      [4096, -2],
      [4096, -2],
    ]);
  });

  it("may count days past midnight", async () => {
    const { requests } = await readLines("%z %a %d %S %n", "23:59:59.999999 D R 0 8", "00:00:00.000001 D R 8 8");
    expect(requests.map(({ issueNs }) => issueNs)).toEqual([0, 2000]);
  });

  it("does not keep messages from being read, which blkparse prints in its default way", async () => {
    const { end } = await readLines(
      "%T.%t %a %d %S %n",
      "0.000000001 D R 0 8",
      "  8,0    0        0     0.000000002     0  m   N begin more",
      "0.000000003 D R 8 8",
    );
    expect(end.spans).toMatchObject([{ name: "more", fromRow: 1, fromNs: 1 }]);
  });
});
