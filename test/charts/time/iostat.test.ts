import { expect, it } from "vitest";
import { iostat } from "../../../src/charts/iostat.ts";
import { figureIn, textsOf } from "./drawn.ts";
import { evenly, summaryOf } from "./summaries.ts";

it("has iostat's columns in its table, each with its unit", async () => {
  const { table } = figureIn(iostat, await summaryOf(evenly("read", 100, 1e6), { recorded: { queue: true } }));
  expect(table.columns.map(({ name }) => name)).toEqual([
    "fromNs",
    "toNs",
    "readsPerSecond",
    "readBytesPerSecond",
    "meanRequestBytes",
    "busyShare",
    "meanQueuedRequests",
    "awaitNs",
    "serviceNs",
  ]);
  const counted = table.rows.reduce(
    (sum, [from, to, rate]) => sum + (Number(rate) * (Number(to) - Number(from))) / 1e9,
    0,
  );
  expect(counted).toBeCloseTo(100, 3);
});

it("says how long a request took on average, and how much of the time any was in flight", async () => {
  const { answer } = figureIn(iostat, await summaryOf(evenly("write", 101, 1e6), { recorded: { queue: true } }));
  expect(answer).toBe(
    "On average 1\u202f009 w/s; a request has 4 KiB and takes 50 µs (await: from queueing to completion); something is in flight for 5.0 % of the time (%util).",
  );
});

it("has no await where queueing is not recorded, and no panel for what does not occur", async () => {
  const figure = figureIn(iostat, await summaryOf(evenly("write", 100, 1e6)));
  const names = textsOf(figure.draw("wide")).map(({ text }) => text.split(" · ")[0]);
  expect(names.filter((name) => /\/s$|sz$|await|svctm|util/.test(name!))).toEqual([
    "w/s",
    "wkB/s",
    "avgrq-sz",
    "%util",
    "svctm",
  ]);
});

it("is not there without a clock", async () => {
  const summary = await summaryOf(evenly("write", 9, 1), { recorded: { clock: false, completion: false } });
  expect(iostat.figure(summary, "whole")).toEqual({ absent: expect.stringContaining("no times") });
});
