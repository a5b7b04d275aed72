import { describe, expect, it } from "vitest";
import { alignment } from "../../src/charts/alignment.ts";
import type { Chart, Drawing, Layout } from "../../src/charts/chart.ts";
import { footprint } from "../../src/charts/footprint.ts";
import { operations } from "../../src/charts/operations.ts";
import { processes } from "../../src/charts/processes.ts";
import { requestSizes } from "../../src/charts/requestSizes.ts";
import { sectorMap } from "../../src/charts/sectorMap.ts";
import { seekDistances } from "../../src/charts/seekDistances.ts";
import { type Case, summaryOf } from "./cases.ts";
import { figureIn } from "./drawn.ts";

const GOLDEN: readonly (readonly [Case, Chart, Layout])[] = [
  ["write-hello", sectorMap, "wide"],
  ["write-hello", sectorMap, "narrow"],
  ["write-hello", operations, "wide"],
  ["write-hello", requestSizes, "wide"],
  ["write-hello", alignment, "narrow"],
  ["write-hello", seekDistances, "narrow"],
  ["sqlite-wal", processes, "wide"],
  ["sqlite-wal", footprint, "narrow"],
  ["xfs-fstrim", operations, "narrow"],
  ["mkfs-part63", requestSizes, "wide"],
];

/** The drawing without the config that all share, one layer a line, so that a change reads as a few lines. */
function readable({ spec, widthPx, heightPx }: Drawing): string {
  const { config: _, layer, ...frame } = spec;
  const lines = (layer as readonly unknown[]).map((each) => `  ${JSON.stringify(each)}`).join(",\n");
  return `{"widthPx":${widthPx},"heightPx":${heightPx},"frame":${JSON.stringify(frame)},"layer":[\n${lines}\n]}\n`;
}

describe("golden specs (npm run golden:update writes them anew)", () => {
  it.each(GOLDEN)("%s, %#, %s", async (name, chart, layout) => {
    const summary = summaryOf(name);
    const drawing = figureIn(chart.figure(summary, summary.defaultScope)).draw(layout);
    await expect(readable(drawing)).toMatchFileSnapshot(`../golden/charts/${name}/${chart.id}.${layout}.json`);
  });
});
