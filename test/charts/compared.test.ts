import { describe, expect, it } from "vitest";
import type { Summary } from "../../src/analysis/summary.ts";
import type { Absent, ComparisonChart, Drawing, Figure } from "../../src/charts/chart.ts";
import { comparedLatency } from "../../src/charts/comparedLatency.ts";
import { comparedMaps } from "../../src/charts/comparedMaps.ts";
import { comparedSeeks } from "../../src/charts/comparedSeeks.ts";
import { comparedSizes } from "../../src/charts/comparedSizes.ts";
import { ecdfPoints, withExact } from "../../src/charts/kit/ecdf.ts";
import { paired } from "../../src/charts/sectorMap/segments.ts";
import { compare } from "../../src/compare/index.ts";
import { metricOf, summaryOf, withMetrics } from "./cases.ts";
import { figureIn, outside, textsIn, warningsOf } from "./drawn.ts";
import { evenly, recordedSummary, summaryOf as summaryOfRequests } from "./time/summaries.ts";

const misaligned = summaryOf("mkfs-part63");
const aligned = summaryOf("mkfs-part2048");
const wal = summaryOf("sqlite-wal");
const hello = summaryOf("write-hello");

function shown(chart: ComparisonChart, a: Summary, b: Summary): Figure | Absent | null {
  return chart.figure(compare(a, b), a, b);
}

function drawn(chart: ComparisonChart, a: Summary, b: Summary): Figure {
  return figureIn(shown(chart, a, b));
}

/** The drawing without the config that all share, one layer a line. */
function readable({ spec, widthPx, heightPx }: Drawing): string {
  const { config: _, layer, ...frame } = spec;
  const lines = (layer as readonly unknown[]).map((each) => `  ${JSON.stringify(each)}`).join(",\n");
  return `{"widthPx":${widthPx},"heightPx":${heightPx},"frame":${JSON.stringify(frame)},"layer":[\n${lines}\n]}\n`;
}

const SEVERAL = [comparedMaps, comparedSizes, comparedSeeks] as const;
const LAYOUTS = ["wide", "narrow"] as const;
const GOLDEN = SEVERAL.flatMap((chart) => LAYOUTS.map((layout) => [chart, layout] as const));

describe("the charts of a comparison", () => {
  it.each(GOLDEN)("$id stays as it was, %s", async (chart, layout) => {
    const [name, a, b] = chart.map ? ["hello", hello, hello] : ["mkfs", misaligned, aligned];
    const file = `../golden/charts/compared/${name}.${chart.id}.${layout}.json`;
    await expect(readable(drawn(chart, a, b).draw(layout))).toMatchFileSnapshot(file);
  });

  it.each(LAYOUTS)("latency-ecdf stays as it was, %s", async (layout) => {
    const [a, b] = await Promise.all([recordedSummary("disk-4k/part63"), recordedSummary("disk-4k/part2048")]);
    const drawing = drawn(comparedLatency, a, b).draw(layout);
    await expect(readable(drawing)).toMatchFileSnapshot(
      `../golden/charts/compared/disk-4k.latency-ecdf.${layout}.json`,
    );
  });

  it.each(GOLDEN)("$id draws without a warning, %s", async (chart, layout) => {
    expect(await warningsOf(drawn(chart, misaligned, aligned).draw(layout))).toEqual([]);
  });

  it.each(LAYOUTS)("draws both maps inside their frame, %s", (layout) => {
    expect(outside(drawn(comparedMaps, misaligned, aligned).draw(layout))).toEqual([]);
  });

  it.each(SEVERAL)("$id names the kind of chart and says the answer to who cannot see it", (chart) => {
    const { answer, alternativeText } = drawn(chart, misaligned, aligned);
    expect(alternativeText).toMatch(/^(Cumulative distributions|Two sector maps)/);
    expect(alternativeText).toContain(answer);
  });
});

describe("two distributions in one panel", () => {
  it("are both named at their curves, and in the answer", () => {
    const { answer, draw } = drawn(comparedSizes, misaligned, aligned);
    expect(textsIn(draw("wide")).filter((text) => text === "A" || text === "B")).toHaveLength(6);
    expect(answer).toBe(
      "The median read is 4 KiB in both; the median write is 2 KiB in A and 4 KiB in B; " +
        "the median write-zeroes is 96 KiB in A and 64 KiB in B.",
    );
  });

  it("are one curve where they are the same", () => {
    const texts = textsIn(drawn(comparedSeeks, wal, wal).draw("wide"));
    expect(texts).toContain("A and B");
    expect(texts).not.toContain("A");
  });

  it("are told apart by their dashes, and by the shape of their symbols", () => {
    const layers = drawn(comparedSizes, misaligned, aligned).draw("wide").spec["layer"] as { mark: object }[];
    const marks = layers.map(({ mark }) => mark as { type: string; strokeDash?: unknown; shape?: string });
    const lines = marks.filter(({ type }) => type === "line");
    expect(lines.map(({ strokeDash }) => strokeDash !== undefined)).toEqual([false, true, false, true, false, true]);
    const shapes = marks.filter(({ type }) => type === "point").map(({ shape }) => shape);
    expect(shapes).toEqual(["square", "circle", "square", "circle", "square", "circle"]);
  });

  it("say which ops only one side has", () => {
    expect(drawn(comparedSizes, wal, summaryOf("xfs-fstrim")).answer).toContain("There are reads only in B");
  });

  it("have every request of both sides in the table", () => {
    const { table } = drawn(comparedSizes, misaligned, aligned);
    const counted = (side: string) =>
      table.rows.filter((row) => row[1] === side).reduce((sum, row) => sum + Number(row[4]), 0);
    const recorded = (summary: Summary) =>
      Object.values(metricOf(summary, "requestSizes").byOp).reduce((sum, { count }) => sum + count, 0);
    expect([counted("A"), counted("B")]).toEqual([recorded(misaligned), recorded(aligned)]);
  });

  it("are not there where neither side has a request", () => {
    const empty = withMetrics(wal, { requestSizes: { byOp: {} } });
    expect(shown(comparedSizes, empty, empty)).toBeNull();
  });

  it("say which side does not record what they need", async () => {
    const timed = await summaryOfRequests(evenly("read", 10, 1000));
    const untimed = await summaryOfRequests(evenly("read", 10, 1000), { recorded: { completion: false } });
    expect(shown(comparedLatency, timed, untimed)).toEqual({
      absent: "B: This format does not say when requests were completed. blktrace, ftrace and the nbdkit log do.",
    });
    expect(shown(comparedLatency, untimed, untimed)).toEqual({ absent: expect.stringMatching(/^Neither A nor B: /) });
  });
});

describe("a curve of shares", () => {
  const buckets = [
    [512, 1024, 1],
    [4096, 8192, 3],
  ];

  it("is exact at the edges of the buckets, and begins and ends at the least and the most", () => {
    expect(ecdfPoints(buckets, { least: 600, most: 5000 })).toEqual([
      { value: 600, share: 0 },
      { value: 1024, share: 0.25 },
      { value: 4096, share: 0.25 },
      { value: 5000, share: 1 },
    ]);
  });

  it("goes through what is known exactly, and never back", () => {
    const points = withExact(ecdfPoints(buckets, { least: 600, most: 5000 }), [
      { value: 4096, share: 0.5 },
      { value: 4000, share: 0.9 },
    ]);
    expect(points.map(({ value }) => value)).toEqual([600, 1024, 4096, 4096, 4096, 5000]);
  });
});

describe("both sector maps", () => {
  it("show each side's own classes where both are the same", () => {
    const same = drawn(comparedMaps, wal, wal);
    expect(textsIn(same.draw("wide")).join(" ")).not.toContain("same in both");
    expect(same.answer).toMatch(/^A touched (.*); B touched \1\.$/);
  });

  it("count what the sector map of each counts", () => {
    const written = (summary: Summary) => {
      const { cells } = metricOf(summary, "sectorMap");
      return cells.alignedWrite + cells.unalignedWrite;
    };
    const [a, b] = drawn(comparedMaps, misaligned, aligned).answer.split("; ");
    expect(a).toContain(`${written(misaligned)} written`);
    expect(b).toContain(`${written(aligned)} written`);
  });

  it("name both strips of each block of rows", () => {
    for (const layout of LAYOUTS) {
      const texts = textsIn(drawn(comparedMaps, misaligned, aligned).draw(layout));
      expect(texts.filter((text) => text === "A").length).toBe(texts.filter((text) => text === "B").length);
      expect(texts).toContain("A");
    }
  });

  it("say why they are not there in a scope of several devices", () => {
    const scope = wal.defaultScope;
    const several: Summary = {
      ...wal,
      scopes: {
        ...wal.scopes,
        [scope]: { ...wal.scopes[scope]!, sectorMap: { ok: false, missing: ["single device"] } },
      },
    };
    expect(shown(comparedMaps, wal, several)).toHaveProperty("absent");
  });

  it("are laid over each other stretch by stretch", () => {
    const stretch = (first: number, end: number, look: number) => ({ first, end, looks: [look] });
    expect(paired([stretch(0, 8, 1), stretch(20, 24, 3)], [stretch(4, 12, 2)])).toEqual([
      { first: 0, end: 4, looks: [1, 0] },
      { first: 4, end: 8, looks: [1, 2] },
      { first: 8, end: 12, looks: [0, 2] },
      { first: 20, end: 24, looks: [3, 0] },
    ]);
  });
});
