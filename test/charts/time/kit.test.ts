import { describe, expect, it } from "vitest";
import { shownStretches } from "../../../src/charts/kit/addressFolds.ts";
import { withoutOverlap } from "../../../src/charts/kit/axes.ts";
import { emptyGrid, levelRectangles } from "../../../src/charts/kit/density.ts";
import { apart, firstThatFits } from "../../../src/charts/kit/fit.ts";
import { countLevels, levelOf, levelTexts, levelTokens } from "../../../src/charts/kit/levels.ts";
import { logPosition, logTicks, wholeDecades } from "../../../src/charts/kit/logScale.ts";
import { byteRateText, countRateText, decimalText } from "../../../src/charts/kit/rates.ts";
import { rebinMax, rebinMean, rebinSum } from "../../../src/charts/kit/rebin.ts";
import { rollingMeans, rollingWindow } from "../../../src/charts/kit/rolling.ts";
import { binarySteps, decimalSteps, multiplesWithin, stepValues, wholeSteps } from "../../../src/charts/kit/steps.ts";
import { columnEdges, columnFactor } from "../../../src/charts/kit/timeColumns.ts";
import { type TimeScale, timeTicks, timeX } from "../../../src/charts/kit/timeScale.ts";

describe("steps of an axis", () => {
  it("are 1, 2 or 5 times a power of ten", () => {
    expect(decimalSteps(990, 3)).toEqual({ step: 500, max: 1000 });
    expect(decimalSteps(4, 4)).toEqual({ step: 1, max: 4 });
    expect(decimalSteps(0.03, 3)).toEqual({ step: 0.01, max: 0.03 });
  });

  it("are powers of two for bytes", () => {
    expect(binarySteps(2.5 * 2 ** 20, 3)).toEqual({ step: 2 ** 20, max: 3 * 2 ** 20 });
    expect(binarySteps(0.25, 3)).toEqual({ step: 1, max: 1 });
  });

  it("are whole numbers for depths", () => {
    expect(wholeSteps(1, 4)).toEqual({ step: 1, max: 1 });
    expect(wholeSteps(15, 4)).toEqual({ step: 5, max: 15 });
  });

  it("end where nothing is to be shown", () => {
    expect(decimalSteps(0, 4)).toEqual({ step: 1, max: 1 });
  });

  it("give values without the dust of binary fractions", () => {
    expect(stepValues({ step: 0.1, max: 0.3 })).toEqual([0, 0.1, 0.2, 0.3]);
    expect(multiplesWithin(0.1, 0.25, 0.51)).toEqual([0.3, 0.4, 0.5]);
    expect(multiplesWithin(10, 11, 19)).toEqual([]);
  });
});

describe("rebinning", () => {
  it("keeps the sum, with a short last bin", () => {
    expect(rebinSum([1, 2, 3, 4, 5], 2)).toEqual([3, 7, 5]);
  });

  it("keeps the largest", () => {
    expect(rebinMax([1, 9, 3, 4, 5], 2)).toEqual([9, 4, 5]);
  });

  it("weighs means by the time that they stand for", () => {
    expect(rebinMean([8, 2, 6], [1, 3, 0], 2)).toEqual([3.5, 0]);
  });
});

describe("levels of density", () => {
  it("double until the fifth covers the most", () => {
    expect(countLevels(31)).toEqual([1, 2, 4, 8, 16]);
    expect(countLevels(32)).toEqual([1, 3, 9, 27]);
    expect(countLevels(100_000)).toEqual([1, 11, 121, 1331, 14641]);
  });

  it("are only those that occur", () => {
    expect(countLevels(1)).toEqual([1]);
    expect(countLevels(3)).toEqual([1, 2]);
  });

  it("say their counts exactly", () => {
    expect(levelTexts([1, 2, 4, 8, 16], 20)).toEqual(["1", "2–3", "4–7", "8–15", "≥16"]);
    expect(levelTexts([1, 2, 4], 4)).toEqual(["1", "2–3", "4"]);
  });

  it("hold a count between their edges", () => {
    expect([0, 1, 2, 3, 4, 99].map((count) => levelOf(count, [1, 2, 4]))).toEqual([0, 1, 2, 2, 3, 3]);
  });

  it("take dark steps where they are few", () => {
    expect(levelTokens("w", 1)).toEqual(["w4"]);
    expect(levelTokens("n", 5)).toEqual(["n1", "n2", "n3", "n4", "n5"]);
  });
});

describe("a grid", () => {
  it("joins neighbours of one level in a row", () => {
    const grid = emptyGrid([0, 4, 8, 12], [8, 4, 0]);
    grid.counts.set([1, 1, 0, 0, 2, 2]);
    const [ones, twos] = levelRectangles(grid, [1, 2]);
    expect(ones).toEqual([
      [
        [
          [0, 4],
          [8, 4],
          [8, 8],
          [0, 8],
          [0, 4],
        ],
      ],
    ]);
    expect(twos).toEqual([
      [
        [
          [4, 0],
          [12, 0],
          [12, 4],
          [4, 4],
          [4, 0],
        ],
      ],
    ]);
  });
});

describe("untouched addresses", () => {
  const rule = { shareOfRange: 1 / 10, leastBytes: 100, mostFolds: 2 };
  const at = (...starts: readonly number[]) => starts.map((fromBytes) => ({ fromBytes, toBytes: fromBytes + 10 }));

  it("are left out where they are wide enough", () => {
    expect(shownStretches(at(0, 50, 1000), rule)).toEqual([
      { fromBytes: 0, toBytes: 60 },
      { fromBytes: 1000, toBytes: 1010 },
    ]);
  });

  it("are left out at the widest places only, where there are many", () => {
    const shown = shownStretches(at(0, 200, 500, 900), rule);
    expect(shown.map(({ fromBytes }) => fromBytes)).toEqual([0, 500, 900]);
  });

  it("are found whatever the order and overlap of the requests", () => {
    const touched = [...at(1000, 0), { fromBytes: 0, toBytes: 950 }];
    expect(shownStretches(touched, rule)).toEqual([{ fromBytes: 0, toBytes: 1010 }]);
  });

  it("are none where nothing was touched", () => {
    expect(shownStretches([], rule)).toEqual([]);
  });
});

describe("a logarithmic scale", () => {
  const scale = { fromNs: 1e3, toNs: 1e6, fromPx: 0, toPx: 300 };

  it("gives each decade the same room, and zero the edge", () => {
    expect([1e3, 1e4, 1e6, 0, 1e9].map((ns) => logPosition(scale, ns))).toEqual([0, 100, 300, 0, 300]);
  });

  it("spans a decade at least", () => {
    const [from, to] = wholeDecades(5000, 5000, 2);
    expect(to / from).toBeCloseTo(10);
    expect(from).toBeLessThanOrEqual(5000);
    expect(to).toBeGreaterThanOrEqual(5000);
  });

  it("begins at a nanosecond where a latency was zero", () => {
    expect(wholeDecades(0, 900, 2)).toEqual([1, 1000]);
  });

  it("has finer ticks where there is room", () => {
    expect(logTicks(scale, 60).map(({ text }) => text)).toEqual(["1 µs", "10 µs", "100 µs", "1 ms"]);
    expect(logTicks(scale, 20).map(({ text }) => text)).toContain("50 µs");
  });
});

describe("a time axis", () => {
  const scale = (toNs: number, rest: Partial<TimeScale> = {}): TimeScale => ({
    clock: "ns",
    fromNs: 0,
    toNs,
    plotPx: 600,
    ...rest,
  });
  const texts = (time: TimeScale, most = 5) => timeTicks(time, most).map(({ text }) => text);

  it("names its unit at zero", () => {
    expect(texts(scale(4.07e9))).toEqual(["0 s", "1", "2", "3", "4"]);
    expect(texts(scale(350e6))).toEqual(["0 ms", "100", "200", "300"]);
    expect(texts(scale(5 * 3600e9))).toEqual(["0 min", "100", "200", "300"]);
  });

  it("counts from the scope's first request", () => {
    const late = scale(22e9 + 350e6, { fromNs: 22e9 });
    expect(timeTicks(late, 5).map(({ atNs }) => timeX(late, atNs))).toEqual([0, 171.4, 342.9, 514.3]);
  });

  it("counts requests where the trace has no clock", () => {
    expect(texts(scale(88, { clock: "ordinal", fromNs: 74 }))).toEqual(["request 75", "80", "85"]);
  });

  it("has a single tick where no time passes", () => {
    expect(texts(scale(0))).toEqual(["0 ns"]);
    expect(timeX(scale(0), 0)).toBe(0);
  });

  it("joins bins until a column is wide enough", () => {
    const bins = { startNs: 0, binNs: 10, bins: 100 };
    expect(columnFactor(bins, scale(1000), 4)).toBe(1);
    expect(columnFactor(bins, scale(10_000), 4)).toBe(7);
    expect(columnEdges({ ...bins, bins: 3 }, 2, scale(30))).toEqual([0, 400, 600]);
  });
});

describe("labels", () => {
  it("move apart within their bounds", () => {
    expect(apart([50, 50], 14, 0, 100)).toEqual([50, 64]);
    expect(apart([98, 100], 14, 0, 100)).toEqual([86, 100]);
    expect(apart([40, 0], 14, 0, 100)).toEqual([40, 0]);
  });

  it("give way to those before them", () => {
    const labels = [0, 5, 60].map((x) => ({ x, y: 0, text: "10 ms" }));
    expect(withoutOverlap(labels).map(({ x }) => x)).toEqual([0, 60]);
  });

  it("take the longest wording that fits", () => {
    expect(firstThatFits(["247 ms without a request", "247 ms"], 60)).toBe("247 ms");
    expect(firstThatFits(["247 ms without a request"], 60)).toMatch(/…$/);
  });
});

describe("rates", () => {
  it("are written in few digits", () => {
    expect([0.001, 0.25, 2.64, 64, 989.6, 12_716].map(decimalText)).toEqual([
      "<0.01",
      "0.25",
      "2.6",
      "64",
      "990",
      "12\u202f716",
    ]);
    expect(countRateText(7.79)).toBe("7.8/s");
    expect(byteRateText(223_896.1)).toBe("219 KiB/s");
    expect(byteRateText(0.123)).toBe("0.1 B/s");
  });
});

describe("rolling means", () => {
  it("take a 25th of the values, an odd number", () => {
    expect([50, 100, 160].map((count) => rollingWindow(new Array(count).fill(1)))).toEqual([3, 5, 7]);
  });

  it("are not there for few values, or mostly zeros", () => {
    expect(rollingWindow(new Array(49).fill(1))).toBeNull();
    expect(rollingWindow(Array.from({ length: 100 }, (_, i) => (i < 49 ? 1 : 0)))).toBeNull();
  });

  it("are the mean of as many neighbours on either side as there are", () => {
    expect(rollingMeans([0, 3, 6, 0, 12], 3)).toEqual([1.5, 3, 3, 6, 6]);
  });
});
