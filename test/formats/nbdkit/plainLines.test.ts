import { expect, it } from "vitest";
import { nbdkitLog } from "../../../src/formats/nbdkit/index.ts";
import { inputFromText, type PlainTrace, readAll } from "../../support/inputs.ts";

const CONNECT = '2026-11-22 21:45:42.999000 connection=1 Connect export="" tls=0 size=0x1fffffffffffff write=1';

function read(lines: readonly string[], chunkBytes?: number): Promise<PlainTrace> {
  return readAll(nbdkitLog, [inputFromText("nbdkit.log", `${lines.join("\n")}\n`, chunkBytes)]);
}

it("reads numbers of every length", async () => {
  const hexes = Array.from({ length: 14 }, (_, digits) => 2 ** (4 * digits) - 1 - digits).slice(1);
  const lines = hexes.flatMap((number, i) => [
    `2026-11-22 21:45:43.00000${i % 10} connection=1 Write id=${number} offset=0x${number.toString(16)} count=0x0 fua=${i % 2} ...`,
    `2026-11-22 21:45:44.00000${i % 10} connection=1 ...Write id=${number} return=0`,
  ]);
  const { requests, completions, end } = await read([CONNECT, ...lines]);
  expect(requests.map(({ offsetBytes }) => offsetBytes)).toEqual(hexes);
  expect(requests.map(({ flags }) => flags)).toEqual(hexes.map((_, i) => i % 2));
  expect(completions.map(({ row }) => row)).toEqual(hexes.map((_, row) => row));
  expect(end.quality).toMatchObject({ notUnderstood: 0, unmatchedIssues: 0, unmatchedCompletions: 0 });
});

it("counts from the first stamp over the ends of seconds, days and years", async () => {
  const stamps = ["2026-12-31 23:59:58.999999", "2026-12-31 23:59:59.000000", "2026-12-31 23:59:59.999999"];
  const all = [...stamps, "2027-01-01 00:00:00.000001", "2027-01-01 00:00:00.000002", "2027-01-01 00:00:01.000000"];
  const lines = all.map((stamp, i) => `${stamp} connection=1 Flush id=${i + 1} ...`);
  const { requests } = await read([CONNECT.replace("2026-11-22 21:45:42.999000", stamps[0]!), ...lines]);
  const microseconds = all.map((stamp) => {
    const [second, fraction] = stamp.split(".");
    return Date.parse(`${second!.replace(" ", "T")}Z`) * 1000 + Number(fraction);
  });
  expect(requests.map(({ issueNs }) => issueNs)).toEqual(microseconds.map((time) => (time - microseconds[0]!) * 1000));
});

it("refuses a request that ends beyond 2^53 bytes, with its place", async () => {
  const request = "2026-11-22 21:45:43.000000 connection=1 Read id=1 offset=0x1fffffffffffff count=0x200 ...";
  await expect(read([CONNECT, request])).rejects.toThrow('nbdkit.log:2: unsupported request "offset=0x1fffffffffffff"');
});

it("reads up to the last byte of the lines it holds, and not beyond", async () => {
  const piece = 8191;
  const header = CONNECT.padEnd(piece - 1);
  // It fills a piece and begins the next, which comes to stand behind it.
  const long = "2026-11-22 21:45:42.999500 connection=1 Cache id=1".padEnd(piece + 20);
  const flushes = Array.from({ length: 99 }, (_, i) => `2026-11-22 21:45:43.000000 connection=1 Flush id=${i + 2} ...`);
  const rest = [...flushes, ...flushes].join("\n").slice(0, piece - 30);
  const blankLines = piece - 20 - rest.length - 2;
  const lines = [header, long, rest, ...Array<string>(blankLines).fill("")];
  expect(lines.join("\n").length + 1).toBe(3 * piece);
  const { requests } = await read(lines, piece);
  expect(requests.length).toBe(rest.split("\n").filter((line) => line.endsWith("...")).length);
});
