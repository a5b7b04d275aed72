import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it, onTestFinished } from "vitest";
import { LOCK_NAME, withPublishLock } from "../../src/io/publishLock.ts";
import { folder } from "../support/folders.ts";

/** Rewrites a lock from beside, as a build on another machine does. */
function beatingElsewhere(path: string, everyMs: number, times: number): Worker {
  const code = `
    const { path, everyMs, times } = require("node:worker_threads").workerData;
    const fs = require("node:fs");
    let beats = 0;
    const timer = setInterval(() => {
      if (beats++ < times) return fs.writeFileSync(path, "elsewhere 1 x " + beats);
      fs.rmSync(path);
      clearInterval(timer);
    }, everyMs);`;
  const worker = new Worker(code, { eval: true, workerData: { path, everyMs, times } });
  onTestFinished(() => void worker.terminate());
  return worker;
}

describe("the lock of an output folder", () => {
  it("is there while somebody publishes, and gone after that", () => {
    const root = folder();
    withPublishLock(root, () => expect(readFileSync(join(root, LOCK_NAME), "utf8")).toMatch(/^[0-9a-f]{16} \d+ /));
    expect(existsSync(join(root, LOCK_NAME))).toBe(false);
    expect(() =>
      withPublishLock(root, () => {
        throw new Error("full");
      }),
    ).toThrow("full");
    expect(existsSync(join(root, LOCK_NAME))).toBe(false);
  });

  it("of a build that is gone is taken over at once", () => {
    const root = folder();
    let own = "";
    withPublishLock(root, () => {
      own = readFileSync(join(root, LOCK_NAME), "utf8");
    });
    writeFileSync(join(root, LOCK_NAME), own.replace(/ \d+ /, " 4194305 "));
    const started = performance.now();
    expect(withPublishLock(root, () => "done", 60_000)).toBe("done");
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it.each(["", "elsewhere 1 x\n"])(
    "of which that cannot be known (%j) is taken over when it was silent for long",
    (text) => {
      const root = folder({ [LOCK_NAME]: text });
      const started = performance.now();
      expect(withPublishLock(root, () => "done", 300)).toBe("done");
      expect(performance.now() - started).toBeGreaterThan(300);
    },
  );

  it("is waited for as long as its build says that it goes on", async () => {
    const root = folder({ [LOCK_NAME]: "elsewhere 1 x\n" });
    const worker = beatingElsewhere(join(root, LOCK_NAME), 50, 20);
    await new Promise((resolve) => worker.once("online", resolve));
    const started = performance.now();
    withPublishLock(root, () => undefined, 5000);
    expect(performance.now() - started).toBeGreaterThan(500);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("that another build took is missed", () => {
    const root = folder();
    const stolen = () =>
      withPublishLock(root, ({ beat }) => {
        writeFileSync(join(root, LOCK_NAME), "elsewhere 1 x\n");
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1100);
        beat();
      });
    expect(stolen).toThrow(/blkreport-lock: invalid lock: it is no longer this build's; another build publishes here/);
    expect(readFileSync(join(root, LOCK_NAME), "utf8")).toBe("elsewhere 1 x\n");
  });
});
