import { describe, expect, it, onTestFinished } from "vitest";
import { openPool } from "../../src/work/pool.ts";
import type { SummarizeJob } from "../../src/work/summarizeJob.ts";

function pool(worker: string) {
  const opened = openPool(2, { worker: new URL(`../support/${worker}`, import.meta.url) });
  onTestFinished(() => opened.close());
  return opened;
}
const job = (slug: string) => ({ request: { slug } }) as SummarizeJob;

describe("the pool", () => {
  it.each([
    ["dies", "Error: the thread is dead"],
    ["exits", "Error: the worker ended with status 3"],
  ])("loses only the task whose worker %s, and goes on with a new one", async (how, message) => {
    const { run } = pool("dyingWorker.mjs");
    const names = ["a", "b", how, "c", "d", how, "e"];
    const results = await Promise.allSettled(names.map((name) => run("summarizeTask", job(name))));
    expect(results.map((result) => (result.status === "fulfilled" ? result.value : String(result.reason)))).toEqual(
      names.map((name) => (name === how ? message : name)),
    );
  });

  it("goes on after a task that fails", async () => {
    const { run } = pool("dyingWorker.mjs");
    await expect(run("drawScopeTask", {} as never)).rejects.toThrow("the task failed");
    expect(await run("summarizeTask", job("a"))).toBe("a");
  });

  it("does not wait for ever when no worker can start", async () => {
    await expect(pool("noSuchWorker.mjs").run("summarizeTask", job("a"))).rejects.toThrow(/noSuchWorker/);
  });

  it("says once that it is busy, and not before there is a task", async () => {
    let said = 0;
    const { run, close } = openPool(1, {
      worker: new URL("../support/dyingWorker.mjs", import.meta.url),
      onBusy: () => said++,
    });
    onTestFinished(close);
    expect(said).toBe(0);
    await Promise.all(["a", "b"].map((name) => run("summarizeTask", job(name))));
    expect(said).toBe(1);
  });

  it("starts no thread before the first task", async () => {
    await pool("noSuchWorker.mjs").close();
  });
});
