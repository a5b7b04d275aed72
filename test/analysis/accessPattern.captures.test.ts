import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/analysis/analyse.ts";
import type { Reuse } from "../../src/analysis/metrics/reuse.ts";
import type { MetricId, MetricValues } from "../../src/analysis/summary.ts";
import { FORMATS } from "../../src/formats/index.ts";
import { TraceBuilder } from "../../src/model/builder.ts";
import { expectReuse, expectRuns } from "../support/agreeReuse.ts";
import { headOf, inputFromBytes, readAll } from "../support/inputs.ts";
import { recordingsIn } from "../support/recordings.ts";
import { countsOf, lruMisses, type SlowAccess, touchesOf } from "../support/slowReuse.ts";

/*
 * Sequential runs and reuse of real recordings, held to lists of their requests: the published ones, and where the
 * captures that they were chosen from are at hand, those too.
 */

const ROOT = join(import.meta.dirname, "../..");
/** Lists of longer ones take minutes. */
const MOST_REQUESTS = 3000;

async function compare(files: readonly string[], mostRequests = MOST_REQUESTS): Promise<number> {
  const read = files.map((path) => ({ name: basename(path), bytes: readFileSync(path) }));
  const format = FORMATS.find((each) => each.detect(headOf(read[0]!.name, read[0]!.bytes), {}).match);
  if (format === undefined) return 0;
  const inputs = () => read.map(({ name, bytes }) => inputFromBytes(name, bytes));
  const { requests, end } = await readAll(format, inputs());
  const { scopes } = await analyse(async (consume) => {
    const builder = new TraceBuilder(consume, { batchRows: 1000 });
    await format.read(inputs(), builder, {});
    return builder.finish();
  });
  const figures = <Id extends MetricId>(id: Id) => (scopes["whole"]![id] as { value: MetricValues[Id] }).value;
  const lowest = requests
    .filter(({ device, lengthBytes }) => end.devices[device]?.stacked !== true && lengthBytes > 0)
    .slice(0, mostRequests + 1)
    .map(({ op, device, offsetBytes: offset, lengthBytes: length, issueNs: at }) => ({
      op,
      device,
      offset,
      length,
      at,
    }));
  if (lowest.length > mostRequests) return 0;
  expectRuns(
    figures("runs"),
    lowest.filter(({ op }) => !["flush", "zoneReset", "zoneOther", "other"].includes(op)),
  );
  const accesses = lowest
    .filter(({ op }) => ["read", "write", "zoneAppend"].includes(op))
    .map(({ op, ...request }) => ({ ...request, write: op !== "read" }));
  const reuse = figures("reuse");
  if (reuse.exact) expectReuse(reuse, accesses, end.recorded.clock);
  else expectEstimates(reuse, accesses);
  return accesses.length;
}

/** Where more is touched than is followed block by block. */
function expectEstimates(reuse: Reuse, accesses: readonly SlowAccess[]): void {
  const touches = touchesOf(accesses);
  const blocks = countsOf(touches).size;
  expect(blocks).toBeGreaterThan(65_536);
  expect(Math.abs(reuse.blocks / blocks - 1)).toBeLessThanOrEqual(3 * reuse.relativeError);
  const { accesses: all, points, standardErrors } = reuse.lruCache.all!;
  expect(all).toBe(touches.length);
  const chosen = points.map((_, i) => i).filter((i) => i % 8 === 7);
  for (const i of chosen) {
    const exact = lruMisses(touches, points[i]![0]! / 4096);
    expect(Math.abs(points[i]![1]! - exact) / all).toBeLessThanOrEqual(3 * standardErrors![i]!);
  }
}

describe("access patterns of the published recordings", () => {
  it.each(recordingsIn(join(ROOT, "traces")))("%s: equal lists of requests", async (_, files) => {
    expect(await compare(files, 20_000)).toBeGreaterThan(0);
  });
});

describe("access patterns of all captures", () => {
  const captures = join(ROOT, "../shared/captures");
  it.skipIf(!existsSync(captures))("equal lists of requests", { timeout: 300_000 }, async () => {
    let compared = 0;
    for (const [, files] of recordingsIn(captures)) if ((await compare(files)) > 0) compared++;
    expect(compared).toBeGreaterThan(30);
  });
});
