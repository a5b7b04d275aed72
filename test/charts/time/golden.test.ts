import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addressTime } from "../../../src/charts/addressTime.ts";
import { addressTimeByProcess } from "../../../src/charts/addressTimeByProcess.ts";
import { cacheSize } from "../../../src/charts/cacheSize.ts";
import type { Chart, Layout } from "../../../src/charts/chart.ts";
import { concentration } from "../../../src/charts/concentration.ts";
import { deviceOverhead } from "../../../src/charts/deviceOverhead.ts";
import { durability } from "../../../src/charts/durability.ts";
import { iops } from "../../../src/charts/iops.ts";
import { iostat } from "../../../src/charts/iostat.ts";
import { largerBlocks } from "../../../src/charts/largerBlocks.ts";
import { latencyBySize } from "../../../src/charts/latencyBySize.ts";
import { latencyEcdf } from "../../../src/charts/latencyEcdf.ts";
import { latencyPhases } from "../../../src/charts/latencyPhases.ts";
import { latencyTime } from "../../../src/charts/latencyTime.ts";
import { queueDepth } from "../../../src/charts/queueDepth.ts";
import { reuseTimes } from "../../../src/charts/reuseTimes.ts";
import { sequentialRuns } from "../../../src/charts/sequentialRuns.ts";
import { throughput } from "../../../src/charts/throughput.ts";
import { workingSet } from "../../../src/charts/workingSet.ts";
import { figureIn, layersOf } from "./drawn.ts";
import { recordedSummary } from "./summaries.ts";

const GOLDEN = join(import.meta.dirname, "../../golden/charts/time");

const CASES: readonly (readonly [recording: string, chart: Chart, layout: Layout])[] = [
  ["guestfish/mkfs-ext2-part63", addressTime, "wide"],
  ["guestfish/mkfs-ext2-part63", addressTime, "narrow"],
  ["guestfish/mkfs-ext2-part63", latencyEcdf, "wide"],
  ["databases/sqlite-wal", throughput, "wide"],
  ["databases/sqlite-wal", latencyPhases, "wide"],
  ["devices/io-errors", queueDepth, "narrow"],
  ["devices/io-errors", latencyTime, "wide"],
  ["filesystems/ext4-life", throughput, "narrow"],
  ["disk-4k/part63", addressTime, "narrow"],
  ["databases/sqlite-wal", iostat, "wide"],
  ["databases/sqlite-wal", addressTimeByProcess, "wide"],
  ["databases/sqlite-wal", iops, "narrow"],
  ["databases/sqlite-wal", durability, "wide"],
  ["databases/sqlite-wal", deviceOverhead, "wide"],
  ["databases/sqlite-wal", concentration, "narrow"],
  ["disk-4k/part63", largerBlocks, "wide"],
  ["disk-4k/part63", latencyBySize, "narrow"],
  ["disk-4k/part63", reuseTimes, "wide"],
  ["disk-4k/part63", cacheSize, "wide"],
  ["guestfish/mkfs-ext2-part63", sequentialRuns, "narrow"],
  ["guestfish/mkfs-ext2-part63", workingSet, "wide"],
];

/** A layer a line: what changed shows. The config is the theme's. */
function lines(
  chart: Chart,
  recording: string,
  layout: Layout,
  answer: string,
  drawing: Parameters<typeof layersOf>[0],
): string {
  const { config: _, layer: __, ...rest } = drawing.spec;
  const head = JSON.stringify({ recording, chart: chart.id, layout, answer, ...rest });
  return `${[head, ...layersOf(drawing).map((layer) => JSON.stringify(layer))].join("\n")}\n`;
}

describe("golden specs", () => {
  it.each(CASES)("%s stays as it was", async (recording, chart, layout) => {
    const figure = figureIn(chart, await recordedSummary(recording));
    const text = lines(chart, recording, layout, figure.answer, figure.draw(layout));
    const file = `${recording.replace("/", "-")}.${chart.id}.${layout}.jsonl`;
    await expect(text).toMatchFileSnapshot(join(GOLDEN, file));
  });
});
