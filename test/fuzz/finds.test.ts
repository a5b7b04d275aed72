import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { TraceError, type Verb } from "../../src/model/errors.ts";

const load = (name: string) => import(pathToFileURL(join("test/fuzz", name)).href);
const { faultOf } = await load("verdict.mjs");
const { openThread } = await load("watch.mjs");
const { shrunk } = await load("shrink.mjs");
const { choices } = await load("random.mjs");

describe("the fuzzer", () => {
  const files = [{ name: "a.qtr", bytes: new TextEncoder().encode("S 8\nR 0 x\n") }];
  const fault = (error: unknown): string | null =>
    faultOf(error, { isRefusal: (one: unknown) => one instanceof TraceError }, { folder: "/tmp/in", files });
  const refusal = (verb: Verb, what: string, cure = "record it again") =>
    new TraceError({ file: "/tmp/in/a.qtr", line: 2 }, verb, what, cure);

  it("takes a refusal with a place, a verb and a cure for an answer", () => {
    expect(fault(refusal("invalid", 'count "x"'))).toBeNull();
  });

  it.each([
    ["a stack", new TypeError("Cannot read properties of undefined")],
    ["what only programmers understand", refusal("invalid", "count undefined")],
    ["no verb", refusal("wrong" as Verb, "count")],
    ["no cure", refusal("invalid", "count", "")],
    ["no place", new TraceError({ file: "" }, "invalid", "count", "record it again")],
  ])("does not take %s for one", (_, error) => {
    expect(fault(error)).not.toBeNull();
  });

  it.each([
    ["an endless loop", "for (;;) {}", /^hang/],
    ["an endless expression", '/^(a+)+$/.test("a".repeat(40) + "b")', /^hang/],
    [
      "what fills the heap",
      "const all = []; for (;;) all.push(new Array(1e5).fill({}))",
      /^(?:memory|the thread ended|hang)/,
    ],
    ["a thread that dies", "process.exit(3)", /^the thread ended/],
  ])("ends %s, and says which input it was", async (_, loop, lost) => {
    const text = `import { parentPort, workerData } from "node:worker_threads";
      parentPort.on("message", () => { Atomics.store(workerData.at, 0, 7); ${loop} });
      parentPort.postMessage("ready");`;
    const thread = openThread({}, new URL(`data:text/javascript,${encodeURIComponent(text)}`));
    await thread.ready;
    expect(await thread.ask({ do: "run" })).toEqual({ lost: expect.stringMatching(lost), number: 7 });
    await thread.close();
  });

  it("leaves out what a fault does not need", async () => {
    const isSame = async (some: typeof files) => some[0]!.bytes.includes(120);
    const [small] = await shrunk(files, isSame);
    expect(new TextDecoder().decode(small.bytes)).toBe("x");
  });

  it("makes the same choices again from the same seed and number, and others from others", () => {
    const some = (seed: number, number: number) => {
      const { below } = choices(seed, number);
      return Array.from({ length: 8 }, () => below(1000));
    };
    expect(some(1, 2)).toEqual(some(1, 2));
    expect(new Set([some(1, 2), some(2, 1), some(1, 3), some(2, 2)].map(String)).size).toBe(4);
  });
});
