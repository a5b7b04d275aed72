import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detect } from "../../src/formats/detect.ts";
import { FORMATS } from "../../src/formats/index.ts";
import type { HintKey, ReadHints } from "../../src/model/format.ts";
import { HINT_MEANING } from "../../src/report/pages/guide/hintMeaning.ts";
import { summarizeTrace } from "../../src/report/summarizeTrace.ts";
import { headOf, inputFromBytes, readAll } from "../support/inputs.ts";

const CASES = "test/golden/formats";

function loadCase(folder: string) {
  const files = readdirSync(join(CASES, folder));
  const name = files.find((file) => !["expected.json", "read.json"].includes(file))!;
  const hints: ReadHints = files.includes("read.json")
    ? JSON.parse(readFileSync(join(CASES, folder, "read.json"), "utf8"))
    : {};
  const bytes = readFileSync(join(CASES, folder, name));
  const { format } = detect(headOf(name, bytes), hints);
  return { name, bytes, hints, format: format! };
}

/** The same hints, which keep in `asked` each key that is looked at. */
function listened(hints: ReadHints, asked: Set<string>): ReadHints {
  const listen = <T extends object>(target: T, prefix: string): T =>
    new Proxy(target, {
      get(object, key) {
        asked.add(prefix + String(key));
        return Reflect.get(object, key);
      },
    });
  return listen({ ...hints, units: listen({ ...hints.units }, "units.") }, "");
}

describe("what a format reads of the hints", () => {
  it("is what it says, over all golden cases", async () => {
    const asked = new Map(FORMATS.map(({ id }) => [id, new Set<string>()]));
    for (const { name, bytes, hints, format } of readdirSync(CASES).map(loadCase)) {
      const all = listened(hints, asked.get(format.id)!);
      format.detect(headOf(name, bytes), all);
      await readAll(format, [inputFromBytes(name, bytes)], {}, all);
    }
    for (const { id, reads } of FORMATS) {
      const keys = [...asked.get(id)!].filter((key) => key !== "format" && key !== "units");
      expect({ id, reads: keys.sort() }).toEqual({ id, reads: [...reads].sort() });
    }
  });
});

describe("what a side file says of how to read a trace", () => {
  async function notesOf(folder: string, read: ReadHints) {
    const { name, bytes, hints, format } = loadCase(folder);
    const files = [{ name, bytes: bytes.length, sha256: "" }];
    const side = { read: { ...hints, ...read } };
    const request = { slug: name, title: name, format: format.id, files, side, sideFileName: `${name}.json` };
    const { quality } = await summarizeTrace(request, () => [inputFromBytes(name, bytes)]);
    return quality.notes.filter(({ code }) => code === "unused-hint").map(({ text }) => text);
  }

  it("is said to be of no use where the format does not need it", async () => {
    expect(await notesOf("nbdkit-rm-rf", { format: "nbdkitLog", layer: "blk" })).toEqual([
      'the side file says "layer" under "read", which nbdkit log filter has no use for; it uses "format" alone',
    ]);
    expect(await notesOf("spc-financial1", { units: { offsetBytes: 512, lengthBytes: 512 } })).toEqual([
      'the side file says "units.lengthBytes" under "read", which SPC trace file has no use for; it uses "units.offsetBytes"',
    ]);
  });

  it("needs no words where the format uses it", async () => {
    expect(await notesOf("spc-financial1", {})).toEqual([]);
    expect(await notesOf("parquet-named-columns", {})).toEqual([]);
  });

  it("is read by some format, whatever the key", () => {
    const keys = new Set<HintKey>(FORMATS.flatMap(({ reads }): readonly HintKey[] => reads));
    expect([...keys].sort()).toEqual(Object.keys(HINT_MEANING).sort());
  });
});
