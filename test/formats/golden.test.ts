import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detect } from "../../src/formats/detect.ts";
import { FORMATS } from "../../src/formats/index.ts";
import type { ReadHints } from "../../src/model/format.ts";
import { factsOf } from "../support/facts.ts";
import { headOf, inputFromBytes, type PlainTrace, readAll } from "../support/inputs.ts";

/*
 * Each folder is a case: one trace, what must be read from it, and in read.json what its side file says of how to read it,
 * where that is needed. A new case is a new folder.
 */
const CASES = "test/golden/formats";
const BESIDE = ["expected.json", "read.json"];

interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly hints: ReadHints;
}

function loadCase(folder: string): Case {
  const files = readdirSync(join(CASES, folder));
  const name = files.find((file) => !BESIDE.includes(file))!;
  const hints = files.includes("read.json") ? readFileSync(join(CASES, folder, "read.json"), "utf8") : "{}";
  return { name, bytes: readFileSync(join(CASES, folder, name)), hints: JSON.parse(hints) as ReadHints };
}

function read({ name, bytes, hints }: Case, chunkBytes?: number, batchRows?: number): Promise<PlainTrace> {
  const { format } = detect(headOf(name, bytes), hints);
  if (format === null) throw new Error(`${name} is not recognised`);
  const input = inputFromBytes(name, bytes, chunkBytes);
  return readAll(format, [input], batchRows === undefined ? {} : { batchRows }, hints);
}

describe.each(readdirSync(CASES))("%s", (folder) => {
  const trace = loadCase(folder);

  it("is recognised by exactly one format", () => {
    const answers = FORMATS.filter((format) => format.detect(headOf(trace.name, trace.bytes), trace.hints).match);
    expect(answers.map(({ id }) => id).length).toBe(trace.hints.format === undefined ? 1 : answers.length);
    expect(detect(headOf(trace.name, trace.bytes), trace.hints).format).not.toBeNull();
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
