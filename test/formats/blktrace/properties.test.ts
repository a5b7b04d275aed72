import { basename } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blktrace } from "../../../src/formats/blktrace/index.ts";
import { inputFromBytes, type PlainTrace, readAll } from "../../support/inputs.ts";
import { bytesOf, capture } from "./captures.ts";
import { ours, slow } from "./compare.ts";
import { slowBinary } from "./slowBinary.ts";
import { type Shape, type Written, writeTrace } from "./writeTrace.ts";

interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What must not depend on how the bytes come or the rows go. */
async function facts(
  files: readonly File[],
  chunkBytes: number,
  batchRows: number,
): Promise<Omit<PlainTrace, "chunkRows">> {
  const inputs = files.map(({ name, bytes }) => inputFromBytes(name, bytes, chunkBytes));
  const { chunkRows, ...trace } = await readAll(blktrace, inputs, { batchRows });
  expect(chunkRows.reduce((sum, rows) => sum + rows, 0)).toBe(trace.requests.length);
  return trace;
}

function filesOf(name: string): File[] {
  return capture(name).files.map((file) => ({ name: basename(file), bytes: bytesOf(file) }));
}

describe.each(["write-hello", "lv-write-hello", "cgroup"])("%s", (name) => {
  const files = filesOf(name);

  it("is the same trace from any chunks, in any batches, and with the files in any order", async () => {
    const expected = await facts(files, 65536, 4096);
    const order = fc.shuffledSubarray(files, { minLength: files.length });
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 300 }), async (...how) => {
        expect(await facts(...how)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });
});

/** A life of a request; many of them share sectors and overlap in time. */
const life = fc.record({
  op: fc.constantFrom("R", "W", "WS", "WD", "F"),
  sector: fc.integer({ min: 0, max: 3 }).map((i) => i * 8),
  sectors: fc.constantFrom(8, 16),
  startNs: fc.integer({ min: 0, max: 1000 }),
  steps: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 4, maxLength: 4 }),
  cpus: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }),
  minor: fc.constantFrom(0, 16),
});
type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

/** Its events; the number of the life keeps times apart. */
function eventsOf({ op, sector, sectors, startNs, steps, cpus, minor }: Life, number: number): Written[] {
  const place = op === "F" ? { sector: 0, bytes: 0 } : { sector, bytes: sectors * 512 };
  let clockNs = startNs;
  return (["Q", "G", "D", "C"] as const).map((action, i) => {
    clockNs += steps[i]!;
    return { action, is: op, ...place, timeNs: clockNs * 1000 + number * 4 + i, cpu: cpus[i]!, pid: number, minor };
  });
}

function perCpuFiles(lives: readonly Life[], shape?: Shape, first: readonly Written[] = []): File[] {
  const events = lives.flatMap(eventsOf).sort((a, b) => Number(a.timeNs) - Number(b.timeNs));
  return [0, 1, 2].map((cpu) => ({
    name: `sda.blktrace.${cpu}`,
    bytes: writeTrace([...first, ...events.filter((event) => event.cpu === cpu)], shape),
  }));
}

/** A name of five letters: what comes after it is not aligned, and is read record by record. */
const oddName: Written = { notify: 0, timeNs: 0, pid: 7, payload: new TextEncoder().encode("fiveL") };

describe("any workload", () => {
  it("gives the requests and latencies of the slow pairing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(life, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 999 }),
        async (lives, chunk) => {
          const files = perCpuFiles(lives);
          const trace = await facts(files, chunk, 16);
          expect(ours({ ...trace, chunkRows: [] })).toEqual(slow(slowBinary(files.map(({ bytes }) => bytes))));
          expect(trace.end.quality).toMatchObject({ unmatchedIssues: 0, unmatchedCompletions: 0, clockSteps: 0 });
          expect(trace.bios).toHaveLength(trace.events.filter(({ kind }) => kind === "bioQueued").length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("is the same trace in either byte order, and where its records are not aligned", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 60 }), async (lives) => {
        const expected = await facts(perCpuFiles(lives), 65536, 16);
        expect(await facts(perCpuFiles(lives, { bigEndian: true }), 65536, 16)).toEqual(expected);
        const { end, ...unaligned } = await facts(perCpuFiles(lives, {}, [oddName]), 65536, 16);
        const { end: expectedEnd, ...others } = expected;
        const { requests, completions, bios, events } = unaligned;
        const withoutProcess = <T extends object>(rows: readonly T[]) => rows.map((row) => ({ ...row, process: 0 }));
        const queuedByNobody = (rows: typeof events) =>
          rows.map((row) => (row.kind === "bioQueued" ? { ...row, extra: 0 } : row));
        expect(completions).toEqual(others.completions);
        expect(withoutProcess(bios)).toEqual(withoutProcess(others.bios));
        expect(queuedByNobody(events)).toEqual(queuedByNobody(others.events));
        expect(withoutProcess(requests)).toEqual(withoutProcess(others.requests));
        expect(end.quality.records).toBe(expectedEnd.quality.records + 3);
      }),
      { numRuns: 40 },
    );
  });
});
