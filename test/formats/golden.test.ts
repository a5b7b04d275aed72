import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detect } from "../../src/formats/detect.ts";
import { FORMATS } from "../../src/formats/index.ts";
import { factsOf } from "../support/facts.ts";
import { headOf, inputFromBytes, type PlainTrace, readAll } from "../support/inputs.ts";

/* Each folder is a case: one trace, and what must be read from it. A new case is a new folder. */
const CASES = "test/golden/formats";

interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function loadCase(folder: string): Case {
  const [name] = readdirSync(join(CASES, folder)).filter((file) => file !== "expected.json");
  return { name: name!, bytes: readFileSync(join(CASES, folder, name!)) };
}

function read({ name, bytes }: Case, chunkBytes?: number, batchRows?: number): Promise<PlainTrace> {
  const { format } = detect(headOf(name, bytes));
  if (format === null) throw new Error(`${name} is not recognised`);
  return readAll(format, [inputFromBytes(name, bytes, chunkBytes)], batchRows === undefined ? {} : { batchRows });
}

describe.each(readdirSync(CASES))("%s", (folder) => {
  const trace = loadCase(folder);

  it("is recognised by exactly one format", () => {
    const answers = FORMATS.filter((format) => format.detect(headOf(trace.name, trace.bytes)).match);
    expect(answers.map(({ id }) => id)).toHaveLength(1);
  });

  it("gives the expected facts", async () => {
    const facts = `${JSON.stringify(factsOf(await read(trace)), null, 2)}\n`;
    await expect(facts).toMatchFileSnapshot(join("../../", CASES, folder, "expected.json"));
  });

  it("gives the same whatever the pieces and batches", async () => {
    const { chunkRows: _, ...whole } = await read(trace);
    for (const [chunkBytes, batchRows] of [
      [1, 1],
      [7, 2],
      [4096, 7],
    ]) {
      const { chunkRows: __, ...pieces } = await read(trace, chunkBytes, batchRows);
      expect(pieces).toEqual(whole);
    }
  });
});
