import { join } from "node:path";
import { expect, it } from "vitest";
import { lacksOf, readRecording } from "../../src/capture/recording.ts";
import { ROOT } from "../support/site.ts";

const PLAN = { format: "nbdkitLog", before: [], after: [], recorded: "", trace: "traces/a.log" } as const;
const COMMAND = { argv: ["true"], env: {} } as const;

it("a recording without the markers that were asked for says so; one with them lacks nothing", async () => {
  const lacks = async (trace: string) => {
    const plan = { ...PLAN, command: COMMAND, spans: ["qtrace"] };
    const end = await readRecording(plan, [join(ROOT, "traces/guestfish", trace)]);
    return lacksOf(plan, end!, 0, plan.trace).map(({ message }) => message);
  };
  expect(await lacks("write-hello.log")).toEqual([]);
  expect(await lacks("add-mount.log")).toEqual([
    'traces/a.log: missing markers of "qtrace": 0 of 1 pairs are in the trace; the command failed before they were set, or they went to another disk; record it again with --force',
  ]);
});
