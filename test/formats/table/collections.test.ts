import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detect } from "../../../src/formats/detect.ts";
import { formatById } from "../../../src/formats/index.ts";
import { word } from "../../../src/formats/text/cursor.ts";
import type { ReadHints } from "../../../src/model/format.ts";
import { headOf, inputFromText, type PlainTrace, readAll } from "../../support/inputs.ts";
import { COLLECTIONS, type Seed, type SlowCollection, type SlowRequest } from "./slowTable.ts";

const GOLDEN = "test/golden/formats";

const seed: fc.Arbitrary<Seed> = fc.record({
  tick: fc.nat(3_000_000),
  device: fc.nat(40),
  isRead: fc.boolean(),
  block: fc.nat(2 ** 31 - 1),
  blocks: fc.nat(1024),
  latency: fc.nat(900_000),
});

/** In order of their times, as the reader puts them; equal ones as they stand. */
function slowRead({ id, read }: SlowCollection, lines: readonly string[], hints: ReadHints): SlowRequest[] {
  const separator = id === "fiu" || id === "mqsim" ? " " : ",";
  const requests = lines.map((line) =>
    read(
      line.split(separator).map((field) => field.trim()),
      hints,
    ),
  );
  return requests.toSorted((a, b) => Number(a.timeNs - b.timeNs));
}

function plain({ requests, completions, end }: PlainTrace, zeroNs: bigint): SlowRequest[] {
  const completeNs = new Map(completions.map((completion) => [completion.row, completion.completeNs]));
  return requests.map(({ row, op, device, offsetBytes, lengthBytes, issueNs }) => ({
    op,
    device: end.devices[device]!.name,
    offsetBytes,
    lengthBytes,
    timeNs: BigInt(issueNs) + zeroNs,
    latencyNs: completeNs.has(row) ? BigInt(completeNs.get(row)! - issueNs) : null,
  }));
}

describe.each(COLLECTIONS.map((collection) => [collection.id, collection] as const))("%s", (id, collection) => {
  it("holds the requests that its text holds, in whatever order and pieces it comes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(seed, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 20 }),
        async (seeds, chunkBytes, batchRows) => {
          const lines = seeds.map((one) => collection.write(one));
          const input = inputFromText("table", `${lines.join("\n")}\n`, chunkBytes);
          const trace = await readAll(formatById(id), [input], { batchRows }, collection.hints);
          const expected = slowRead(collection, lines, collection.hints);
          expect(plain(trace, expected[0]!.timeNs)).toEqual(expected);
          const withoutCompletion = expected.filter(({ latencyNs }) => latencyNs === null).length;
          const completed = expected.length - withoutCompletion;
          expect(trace.end.quality.unmatchedIssues).toBe(completed === 0 ? 0 : withoutCompletion);
        },
      ),
      { numRuns: 60 },
    );
  });

  const golden = readdirSync(GOLDEN).filter((folder) => folder.startsWith(`${id}-`));

  it.each(golden)("holds the requests that the text of %s holds", async (folder) => {
    const files = readdirSync(join(GOLDEN, folder));
    const name = files.find((file) => !file.endsWith(".json"))!;
    const text = readFileSync(join(GOLDEN, folder, name), "utf8");
    const hints = files.includes("read.json")
      ? (JSON.parse(readFileSync(join(GOLDEN, folder, "read.json"), "utf8")) as ReadHints)
      : {};
    const lines = text.split("\n").filter((line) => /^\s*\d/.test(line));
    const trace = await readAll(formatById(id), [inputFromText(name, text)], {}, hints);
    const expected = slowRead(collection, lines, hints);
    expect(plain(trace, expected[0]!.timeNs)).toEqual(expected);
  });

  it("is recognised with CRLF, a byte order mark and a first line that is cut", () => {
    const lines = Array.from({ length: 12 }, (_, i) =>
      collection.write({ tick: i, device: 3, isRead: i % 2 === 0, block: i, blocks: 8, latency: i }),
    );
    for (const text of [lines.join("\r\n"), `\ufeff${lines.join("\n")}`, lines.join("\n").slice(5)])
      expect(detect(headOf("table", word(text)), collection.hints).format?.id).toBe(id);
  });
});

describe("what a collection's lines do not tell", () => {
  it("is missing, with the words for the side file", async () => {
    const spc = readAll(formatById("spc"), [inputFromText("a.spc", "0,1,512,r,0.5\n")]);
    await expect(spc).rejects.toThrow('"units": { "offsetBytes": 512 }');
    const mqsim = readAll(formatById("mqsim"), [inputFromText("a", "1 0 0 8 1\n")], {}, { format: "mqsim" });
    await expect(mqsim).rejects.toThrow('"units": { "time": "ns" }');
  });

  it("is asked for before anything is read", () => {
    const head = headOf("a.spc", word("0,1,512,r,0.5\n"));
    expect(detect(head)).toMatchObject({ format: { id: "spc" }, needs: ['"units": { "offsetBytes": 512 }'] });
    expect(detect(head, { units: { offsetBytes: 512 } })).toMatchObject({ needs: [] });
  });

  it("leaves five whole numbers undecided", () => {
    expect(detect(headOf("a", word("1700000000,8,8,0,1\n"))).reason).toContain('"read": { "format": "tencentCbs" }');
    expect(detect(headOf("a", word("1,33898,28,512,8\n"))).reason).toContain('"read": { "format": "cloudPhysicsCsv" }');
    expect(detect(headOf("a", word("100 1 8 8 0\n"))).reason).toContain('"read": { "format": "mqsim" }');
    expect(detect(headOf("a", word("1,2,3,4,5\n")))).toMatchObject({ format: null });
  });
});

it("keeps no more than the devices it can tell apart", async () => {
  const lines = Array.from({ length: 5584 }, (_, volume) => `1538323200,${volume},8,${volume % 2},${volume}`);
  const { requests, end } = await readAll(formatById("tencentCbs"), [inputFromText("hour", `${lines.join("\n")}\n`)]);
  expect(requests.length).toBe(5584);
  expect(end.devices.length).toBeLessThan(5000);
  expect(end.quality.notes.map(({ code }) => code)).toEqual(["too-many-devices", "clock-resolution"]);
});

it("knows the processes of FIU's lines, and the wall clock of MSR's", async () => {
  const fiu = await readAll(formatById("fiu"), [inputFromText("a", "5 42 gzip 8 8 R 6 0 0\n")]);
  expect(fiu.end.processes[fiu.requests[0]!.process]).toEqual({ pid: 42, name: "gzip" });
  const msr = await readAll(formatById("msr"), [inputFromText("a", "128166372003061629,hm,0,Read,0,512,7\n")]);
  expect(msr.end.startUnixNs).toBe("1172163600306162900");
});
