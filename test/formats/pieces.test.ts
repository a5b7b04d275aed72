import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nbdkitLog } from "../../src/formats/nbdkit/index.ts";
import { qtr } from "../../src/formats/qtr/index.ts";
import type { Format } from "../../src/model/format.ts";
import { asNbdkitLog, asQtr, type Made, madeTrace } from "../support/builtTraces.ts";
import { inputFromText, type PlainTrace, readAll } from "../support/inputs.ts";

const batchRows = fc.constantFrom(1, 2, 7, 64, 65536);
const chunkBytes = fc.constantFrom(1, 2, 7, 61, 4096);

async function read(format: Format, text: string, chunk?: number, batch?: number): Promise<PlainTrace> {
  return readAll(format, [inputFromText("trace", text, chunk)], batch === undefined ? {} : { batchRows: batch });
}

/** What the markers mean, found the slow way: all rows at hand, every four reads tried. */
function spansByHindsight(trace: readonly Made[]): { fromRow: number; toRow: number }[] {
  const reads = trace.flatMap(({ op, sector, count }, row) => (op === "R" && count === 1 ? [{ sector, row }] : []));
  const spans: { fromRow: number; toRow: number }[] = [];
  let on = false;
  for (let i = 0; i + 3 < reads.length; i++) {
    const four = reads.slice(i, i + 4);
    const [first, last] = [four[0]!.row, four[3]!.row];
    const sectors = four.map(({ sector }) => sector).join();
    if (last - first >= 64 || !(sectors === "2,21,15,2" || sectors === "2,15,21,2")) continue;
    if (sectors === "2,21,15,2" && !on) spans.push({ fromRow: last + 1, toRow: trace.length });
    if (sectors === "2,15,21,2" && on) spans.at(-1)!.toRow = Math.max(first, spans.at(-1)!.fromRow);
    on = sectors === "2,21,15,2";
    i += 3;
  }
  return spans;
}

describe.each([
  { format: qtr, write: asQtr },
  { format: nbdkitLog, write: (trace: readonly Made[]) => asNbdkitLog(trace, 3) },
])("a generated $format.id trace", ({ format, write }) => {
  it("gives the requests that were written", async () => {
    const property = fc.asyncProperty(madeTrace, async (trace) => {
      const { requests } = await read(format, write(trace));
      const made = requests.map(({ op, offsetBytes, lengthBytes }) => ({
        op: op === "read" ? "R" : "W",
        sector: offsetBytes / 512,
        count: lengthBytes / 512,
      }));
      expect(made).toEqual(trace);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it("gives the same rows, completions and spans whatever the pieces and batches", async () => {
    const property = fc.asyncProperty(madeTrace, chunkBytes, batchRows, async (trace, chunk, batch) => {
      const text = write(trace);
      const { chunkRows: _, ...whole } = await read(format, text);
      const { chunkRows, ...pieces } = await read(format, text, chunk, batch);
      expect(pieces).toEqual(whole);
      expect(Math.max(0, ...chunkRows)).toBeLessThan(batch + 64);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("marks what hindsight marks, exact in every chunk", async () => {
    const property = fc.asyncProperty(madeTrace, batchRows, async (trace, batch) => {
      const { requests, end } = await read(format, write(trace), 4096, batch);
      const expected = spansByHindsight(trace);
      expect(end.spans.map(({ fromRow, toRow }) => ({ fromRow, toRow }))).toEqual(expected);
      for (const { row, spans } of requests)
        expect(spans).toEqual(expected.flatMap(({ fromRow, toRow }, i) => (fromRow <= row && row < toRow ? [i] : [])));
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

it("hands on at most 65,536 rows at a time", async () => {
  const trace = Array.from({ length: 80_000 }, (_, i): Made => ({ op: "R", sector: i % 65 ? i : 2, count: 1 }));
  const { chunkRows, end } = await read(qtr, asQtr(trace));
  expect(Math.max(...chunkRows)).toBeLessThanOrEqual(65_536);
  expect(end.rows).toBe(80_000);
});

it("keeps a completion of the rows that wait for a pattern until they are handed on", async () => {
  const on = [2, 21, 15, 2].map((sector): Made => ({ op: "R", sector, count: 1 }));
  const trace = [...on, ...[2, 15].map((sector): Made => ({ op: "R", sector, count: 1 })), ...on];
  const { completions } = await read(nbdkitLog, asNbdkitLog(trace, 1), 4096, 1);
  expect(completions.map(({ row }) => row)).toEqual(trace.map((_, row) => row));
});
