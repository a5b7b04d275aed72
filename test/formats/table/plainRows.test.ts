import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatById } from "../../../src/formats/index.ts";
import type { ReadHints } from "../../../src/model/format.ts";
import { inputFromText, readAll } from "../../support/inputs.ts";
import { COLLECTIONS } from "./slowTable.ts";

/** What comes of a trace; of one that is refused, why. */
async function outcome(format: string, text: string, hints: ReadHints, chunkBytes?: number): Promise<unknown> {
  try {
    return await readAll(formatById(format), [inputFromText("table", text, chunkBytes)], {}, hints);
  } catch (error) {
    return (error as Error).message;
  }
}

/** A line with a carriage return never is of the usual shape, so that such a text is read line by line. */
async function expectBothReadersAgree(format: string, lines: string[], hints: ReadHints, chunk: number): Promise<void> {
  const usual = await outcome(format, `${lines.join("\n")}\n`, hints, chunk);
  expect(usual).toEqual(await outcome(format, `${lines.join("\r\n")}\r\n`, hints));
}

const chunkBytes = fc.constantFrom(1, 7, 61, 4096);
const odd = [
  "",
  " ",
  "-1",
  "-7",
  "+1",
  "1.",
  ".5",
  "1.5",
  "0.0000000001",
  "1e3",
  "x",
  '"',
  '"1"',
  '"a,b"',
  " 1",
  "1 ",
  "é",
];
const large = ["123456789", "1234567890", "9007199254740991", "9007199254740993", "99999999999999999999", "007"];

describe("rows of the usual shape, which are read many in one call", () => {
  const field = fc.oneof(
    { weight: 5, arbitrary: fc.nat(5000).map(String) },
    { weight: 1, arbitrary: fc.constantFrom(...odd, ...large) },
  );
  const row = fc
    .tuple(fc.constantFrom("read", "write", "flush", "R", "x", ""), field, field, field, field, field, field, field)
    .map((fields) => fields.join(","));
  const line = fc.oneof(
    { weight: 12, arbitrary: row },
    {
      weight: 1,
      arbitrary: fc.constantFrom("# a note", "#read,1,1,1,1,1,1,1", "", "read,1", `${"read,1,1,1,1,1,1,1"},9`),
    },
  );

  it("are what they are line by line, in a table whose header names its columns", async () => {
    const header = "op,offset_bytes,length_bytes,issue_ns,complete_us,queue_ns,device,pid";
    const rows = fc.array(line, { minLength: 1, maxLength: 60 });
    const property = fc.asyncProperty(rows, chunkBytes, (lines, chunk) =>
      expectBothReadersAgree("csv", [header, ...Array(200).fill("read,0,512,5,6,,sda,7"), ...lines], {}, chunk),
    );
    await fc.assert(property, { numRuns: 100 });
  });

  it.each(COLLECTIONS.map(({ id, write, hints }) => ({ id, write, hints })))(
    "are what they are line by line, in $id's",
    async ({ id, write, hints }) => {
      const first = write({ tick: 0, device: 1, isRead: true, block: 8, blocks: 8, latency: 5 });
      const separator = id === "fiu" || id === "mqsim" ? " " : ",";
      const count = first.split(separator).length;
      const change = fc.record({
        line: fc.nat(19),
        column: fc.nat(count - 1),
        text: fc.constantFrom(...odd, ...large),
      });
      const property = fc.asyncProperty(fc.array(change, { maxLength: 4 }), chunkBytes, (changes, chunk) => {
        const lines = Array.from({ length: 420 }, (_, i) =>
          write({ tick: i * 50, device: i % 3, isRead: i % 2 === 0, block: i * 8, blocks: 8, latency: (i * 7) % 400 }),
        );
        for (const { line: at, column, text } of changes)
          lines[at * 21] = lines[at * 21]!.split(separator).with(column, text).join(separator);
        return expectBothReadersAgree(id, lines, hints, chunk);
      });
      await fc.assert(property, { numRuns: 20 });
    },
  );
});
