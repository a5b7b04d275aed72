import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asNbdkitLog, asQtr, madeTrace } from "../support/builtTraces.ts";
import { converted, readPlain, textFile } from "./kit.ts";

const stamp = (at: number) => `2026-01-01 00:00:00.${String(at).padStart(6, "0")} connection=1`;
const nbdkit = (lines: readonly string[]) =>
  textFile("nbdkit.log", lines.map((line, i) => `${stamp(i * 100)} ${line}\n`).join(""));

describe("a trace as qtr", () => {
  it("is the file itself where it was one", async () => {
    const property = fc.asyncProperty(madeTrace, async (trace) => {
      const text = asQtr(trace);
      expect((await converted(textFile("disk.qtr", text), "qtr")).text).toBe(text);
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it("has the same requests and spans as the trace it was made of", async () => {
    const property = fc.asyncProperty(madeTrace, fc.integer({ min: 1, max: 20 }), async (trace, depth) => {
      const { file } = await converted(textFile("nbdkit.log", asNbdkitLog(trace, depth)), "qtr");
      const { requests, end } = await readPlain(file);
      expect(new TextDecoder().decode(file.bytes)).toBe(asQtr(trace));
      expect(requests).toHaveLength(trace.length);
      expect(end.devices[0]!.bytes).toBe(0xa00000);
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it("counts what it cannot hold: other operations, and parts of sectors", async () => {
    const trace = nbdkit([
      'Connect export="" tls=0 size=0x100000 write=1 flush=1',
      "Read id=1 offset=0x200 count=0x400 ...",
      "Write id=2 offset=0x201 count=0x200 fua=0 ...",
      "Flush id=3 ...",
      "Trim id=4 offset=0x0 count=0x1000 fua=0 ...",
      "Flush id=5 ...",
    ]);
    const { text, notes, requests } = await converted(trace, "qtr");
    expect(text).toBe("S 2048\nR 1 2\n");
    expect(requests).toBe(1);
    expect(notes).toEqual([
      "qtr has no times, completions, flags and errors: left out",
      "qtr has no parts of sectors: 1 request left out",
      "qtr has no flushes: 2 requests left out",
      "qtr has no discards: 1 request left out",
    ]);
  });

  it("ends the disk with the last request where its size is not known, and says so", async () => {
    const trace = nbdkit(["Read id=1 offset=0x0 count=0x200 ...", "Read id=2 offset=0x1000 count=0x200 ..."]);
    const { text, notes } = await converted(trace, "qtr");
    expect(text).toBe("S 9\nR 0 1\nR 8 1\n");
    expect(notes).toEqual([
      "qtr has no times, completions, flags and errors: left out",
      "the size of the disk is not known: S is where the last request ends",
    ]);
  });
});
