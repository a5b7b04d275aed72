import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detect } from "../../src/formats/detect.ts";
import { TraceError } from "../../src/model/errors.ts";
import type { ReadHints } from "../../src/model/format.ts";
import { blemishes } from "../support/facts.ts";
import { headOf, inputFromBytes, readAll } from "../support/inputs.ts";

/*
 * Each folder is a case: one input, and either error.txt, the message that people get for it,
 * or quality.json, what its page says where it can be read all the same; read.json is what its side file says of how to
 * read it. A new case is a new folder.
 */
const CASES = "test/broken";
const EXPECTED = ["error.txt", "quality.json"];
const HINTS = "read.json";

async function outcomeOf(
  name: string,
  bytes: Uint8Array,
  hints: ReadHints,
  chunkBytes?: number,
): Promise<{ file: string; text: string }> {
  const { format, reason } = detect(headOf(name, bytes), hints);
  if (format === null) return { file: "error.txt", text: `${name}: ${reason}\n` };
  try {
    const { end } = await readAll(format, [inputFromBytes(name, bytes, chunkBytes)], {}, hints);
    return { file: "quality.json", text: `${JSON.stringify({ rows: end.rows, ...blemishes(end) }, null, 2)}\n` };
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    return { file: "error.txt", text: `${error.message}\n` };
  }
}

const folders = readdirSync(CASES, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe.each(folders.map(({ name }) => name))("%s", (folder) => {
  const files = readdirSync(join(CASES, folder));
  const name = files.find((file) => file !== HINTS && !EXPECTED.includes(file))!;
  const bytes = readFileSync(join(CASES, folder, name));

  const hints = (
    files.includes(HINTS) ? JSON.parse(readFileSync(join(CASES, folder, HINTS), "utf8")) : {}
  ) as ReadHints;

  it("gives the expected message or quality record", async () => {
    const { file, text } = await outcomeOf(name, bytes, hints);
    await expect(text).toMatchFileSnapshot(join(folder, file));
    expect(EXPECTED.filter((expected) => expected !== file && files.includes(expected))).toEqual([]);
  });

  it("gives the same when the bytes come one by one", async () => {
    expect(await outcomeOf(name, bytes, hints, 1)).toEqual(await outcomeOf(name, bytes, hints));
  });
});
