import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csv } from "../../../src/formats/csv/index.ts";
import { detect } from "../../../src/formats/detect.ts";
import { vscsi } from "../../../src/formats/vscsi/index.ts";
import { headOf, inputFromBytes, readAll } from "../../support/inputs.ts";

const GOLDEN = "test/golden/formats";

interface Command {
  readonly code: number;
  readonly sector: bigint;
  readonly sectors: number;
  readonly microseconds: bigint;
  readonly response: number;
}

/** Writes records as the C structures are laid out. */
function write(version: 1 | 2, commands: readonly Command[]): Uint8Array {
  const records = commands.map(({ code, sector, sectors, microseconds, response }, serial) => {
    const head = Buffer.alloc(16);
    const [command, stamp, sn, length, entries] = version === 1 ? [12, 14, 0, 4, 8] : [0, 2, 4, 8, 12];
    head.writeUInt16LE(code, command);
    head.writeUInt16LE(version << 8, stamp);
    head.writeUInt32LE(serial, sn);
    head.writeUInt32LE(sectors * 512, length);
    head.writeUInt32LE(1, entries);
    const tail = Buffer.alloc(version === 1 ? 16 : 24);
    tail.writeBigUInt64LE(sector, 0);
    tail.writeBigUInt64LE(microseconds, 8);
    if (version === 2) tail.writeBigUInt64LE(BigInt(response), 16);
    return Buffer.concat([head, tail]);
  });
  return Buffer.concat(records);
}

const OP_OF: Record<number, string> = { 40: "read", 136: "read", 42: "write", 138: "write" };

const command: fc.Arbitrary<Command> = fc.record({
  code: fc.constantFrom(40, 42, 136, 138),
  sector: fc.bigInt({ min: 0n, max: 2n ** 40n }),
  sectors: fc.nat(2048),
  microseconds: fc.bigInt({ min: 2n ** 60n, max: 2n ** 60n + 10n ** 9n }),
  response: fc.nat(1_000_000),
});

describe.each([1, 2] as const)("version %i", (version) => {
  it("gives its commands in order of time, however they come", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(command, { minLength: 2, maxLength: 100 }),
        fc.integer({ min: 1, max: 5000 }),
        async (commands, chunkBytes) => {
          const bytes = write(version, commands);
          expect(detect(headOf("disk", bytes)).format).toBe(vscsi);
          const hints = { units: { latency: "us" } } as const;
          const trace = await readAll(vscsi, [inputFromBytes("disk", bytes, chunkBytes)], {}, hints);
          const sorted = commands.toSorted((a, b) => Number(a.microseconds - b.microseconds));
          const first = sorted[0]!.microseconds;
          expect(
            trace.requests.map(({ op, offsetBytes, lengthBytes, issueNs }) => [op, offsetBytes, lengthBytes, issueNs]),
          ).toEqual(
            sorted.map(({ code, sector, sectors, microseconds }) => [
              OP_OF[code],
              Number(sector) * 512,
              sectors * 512,
              Number(microseconds - first) * 1000,
            ]),
          );
          const latencies = trace.completions.map(({ row, issueNs, completeNs }) => [row, completeNs - issueNs]);
          const expected = sorted.map(({ response }, row) => [row, response * 1000]);
          expect(latencies.toSorted(([a], [b]) => a! - b!)).toEqual(version === 1 ? [] : expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("counts a record that is none, and goes on behind it", async () => {
    const commands = Array.from({ length: 200 }, (_, i) => ({
      code: 42,
      sector: BigInt(i),
      sectors: 8,
      microseconds: BigInt(i),
      response: 1,
    }));
    const bytes = write(version, commands);
    bytes.fill(0xff, 150 * (version === 1 ? 32 : 40), 151 * (version === 1 ? 32 : 40));
    const { requests, end } = await readAll(vscsi, [inputFromBytes("disk", bytes, 1000)]);
    expect(requests.length).toBe(199);
    expect(end.quality).toMatchObject({ records: 200, notUnderstood: 1 });
    expect(end.quality.firstNotUnderstood?.byte).toBe(150 * (version === 1 ? 32 : 40));
  });
});

it("holds what vscsiStats writes as text", async () => {
  const hints = JSON.parse(readFileSync(`${GOLDEN}/csv-vscsistats/read.json`, "utf8"));
  const text = readFileSync(`${GOLDEN}/csv-vscsistats/vscsi.csv`);
  const binary = readFileSync(`${GOLDEN}/vscsi-version-1/disk.vscsitrace`);
  const fromText = await readAll(csv, [inputFromBytes("text", text)], {}, hints);
  const fromBinary = await readAll(vscsi, [inputFromBytes("binary", binary)]);
  expect(fromBinary.requests).toEqual(fromText.requests);
});

it("does not read response times whose unit nobody told", async () => {
  const commands = [1n, 2n].map((microseconds) => ({ code: 40, sector: 0n, sectors: 8, microseconds, response: 5 }));
  const { completions, end } = await readAll(vscsi, [inputFromBytes("disk", write(2, commands))]);
  expect(completions).toEqual([]);
  expect(end.recorded.completion).toBe(false);
  expect(end.quality.notes.map(({ code }) => code)).toEqual(["response-time-not-read"]);
});

it("is not seen in other bytes", () => {
  for (const bytes of [new Uint8Array(4096), new Uint8Array(4096).fill(1), Buffer.from("1,2,3\n".repeat(99))])
    expect(vscsi.detect(headOf("disk", bytes)).match).toBe(false);
});
