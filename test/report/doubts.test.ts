import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { blktrace } from "../../src/formats/blktrace/index.ts";
import { emptyQuality, type Quality } from "../../src/model/trace.ts";
import { doubtsOf } from "../../src/report/doubts.ts";
import { inputFromBytes, type PlainTrace, readAll } from "../support/inputs.ts";
import { ROOT } from "../support/site.ts";

const NAMES = ["ext4-life.blktrace.0", "ext4-life.blktrace.1"];
const WHOLE = NAMES.map((name) => readFileSync(join(ROOT, "traces/filesystems", name)));
const HEADER_BYTES = 48;

interface Record48 {
  readonly bytes: Buffer;
  readonly timeNs: bigint;
  /** No note of a process or message. */
  readonly isEvent: boolean;
}

/** The records of one file, found without the reader. */
function recordsOf(file: Buffer): Record48[] {
  const records: Record48[] = [];
  for (let at = 0; at < file.length; ) {
    const end = at + HEADER_BYTES + file.readUInt16LE(at + 46);
    const isEvent = (file.readUInt32LE(at + 28) & 0x400_0000) === 0;
    records.push({ bytes: file.subarray(at, end), timeNs: file.readBigUInt64LE(at + 8), isEvent });
    at = end;
  }
  return records;
}

/** The recording with only the records that are to stay. */
function keeping(stays: (record: Record48, index: number, file: number) => boolean): Buffer[] {
  return WHOLE.map((file, f) =>
    Buffer.concat(
      recordsOf(file)
        .filter((record, i) => stays(record, i, f))
        .map(({ bytes }) => bytes),
    ),
  );
}

function read(files: readonly Buffer[], names = NAMES): Promise<PlainTrace> {
  return readAll(
    blktrace,
    files.map((file, i) => inputFromBytes(names[i]!, file)),
  );
}

async function doubtsIn(files: readonly Buffer[], names = NAMES): Promise<readonly string[]> {
  return doubtsOf((await read(files, names)).end.quality);
}

/** A moment in the middle of the trace with requests in flight, in the recorder's time, and how many they are. */
async function midFlight(): Promise<{ timeNs: bigint; inFlight: number }> {
  const { requests, completions } = await read(WHOLE);
  const issues = WHOLE.flatMap(recordsOf).filter(({ isEvent, bytes }) => isEvent && bytes.readUInt16LE(28) === 7);
  const firstNs = issues.reduce((least, { timeNs }) => (timeNs < least ? timeNs : least), issues[0]!.timeNs);
  const at = (ns: number) => completions.filter(({ issueNs, completeNs }) => issueNs < ns && completeNs >= ns).length;
  const busiest = requests.map(({ issueNs }) => issueNs).reduce((best, ns) => (at(ns) > at(best) ? ns : best));
  return { timeNs: firstNs + BigInt(busiest), inFlight: at(busiest) };
}

const doubtOf = (over: Partial<Quality>) => doubtsOf({ ...emptyQuality(), records: 1000, ...over });

describe("the doubts of a recording", () => {
  it("are none where all of it is there", async () => {
    expect(await doubtsIn(WHOLE)).toEqual([]);
  });

  it("are the requests in flight when it begins: the queue was that much deeper", async () => {
    const { timeNs, inFlight } = await midFlight();
    expect(inFlight).toBeGreaterThan(1);
    const doubts = await doubtsIn(keeping((record) => !record.isEvent || record.timeNs >= timeNs));
    expect(doubts).toEqual([
      `${inFlight} completions have no issue in the trace, begun before it or lost: their requests are in no figure, and the queue was up to ${inFlight} deeper.`,
    ]);
  });

  it("are the requests in flight when it ends: no latency", async () => {
    const { timeNs, inFlight } = await midFlight();
    const doubts = await doubtsIn(keeping((record) => !record.isEvent || record.timeNs < timeNs));
    expect(doubts).toEqual([
      `${inFlight} requests have no completion in the trace, ended after it or lost: no latency, and in flight to the end.`,
    ]);
  });

  it("are the records that the sequence numbers miss, each of them, with their share", async () => {
    const [from, to] = [1000, 1040];
    const files = keeping((record, i, file) => file === 1 || i < from || i >= to || !record.isEvent);
    const kept = files.flatMap(recordsOf).length;
    const lost = WHOLE.flatMap(recordsOf).length - kept;
    expect(lost).toBeGreaterThan(30);
    const { quality } = (await read(files)).end;
    expect(quality).toMatchObject({ missingEvents: lost, records: kept });
    const share = ((100 * lost) / (kept + lost)).toFixed(1);
    expect(doubtsOf(quality)[0]).toBe(
      `Counts, bytes and rates are at least what is shown: ${lost} records (${share} %) are missing.`,
    );
  });

  it("are the CPUs without a file", async () => {
    expect(await doubtsIn([WHOLE[1]!], [NAMES[1]!])).toContain(
      "What was issued or completed on the CPUs without a file, if anything was, is in no figure.",
    );
  });

  it("are a file's end that is cut off", async () => {
    const doubts = await doubtsIn([WHOLE[0]!.subarray(0, -10), WHOLE[1]!]);
    expect(doubts.some((doubt) => doubt.startsWith("The file is cut off"))).toBe(true);
  });

  it("are a clock that goes back, and completions before their issue", () => {
    expect(doubtOf({ clockSteps: 2 })[0]).toMatch(/^The clock goes back 2 times: .+ doubtful\.$/);
    expect(doubtOf({ implausibleLatencies: 1 })).toEqual(["1 request completes before the issue: no latency."]);
  });

  it("count a loss once that recorder and sequence numbers both tell", () => {
    expect(doubtOf({ droppedEvents: 7, missingEvents: 5, sequenceGaps: 2 })[0]).toContain("7 records (0.7 %)");
  });
});
