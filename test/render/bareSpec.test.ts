import { describe, expect, it } from "vitest";
import { bareSpec, withNumbers } from "../../src/render/bareSpec.ts";

const chart = (values: readonly unknown[], domain: readonly unknown[], text = "") => ({
  layer: [{ data: { values }, mark: "line", encoding: { x: { field: "a", scale: { domain } } } }],
  text,
});

describe("bareSpec", () => {
  it("is the same for charts that differ in data and domains only", () => {
    const one = bareSpec(chart([{ a: 1 }], [0, 4.5]));
    const other = bareSpec(chart([{ a: 2 }, { a: 3 }], [0, 7e9]));
    expect(one.bare).toEqual(other.bare);
    expect([...other.data.values()]).toEqual([[{ a: 2 }, { a: 3 }]]);
  });

  it("is the same for charts of other sizes, whatever their domains are", () => {
    const sized = (width: number, left: number, end: number) => ({
      width,
      padding: { left, top: 0 },
      ...chart([], [0, end]),
    });
    const { bare, numbers } = bareSpec(sized(640, 96, 50));
    expect(bareSpec(sized(352, 3, 1000)).bare).toEqual(bare);
    expect(JSON.parse(withNumbers(JSON.stringify(bare), numbers))).toMatchObject({
      width: 640,
      padding: { left: 96, top: 0 },
    });
  });

  it("is the same whichever of two panels has the larger domain, but not where one domain goes down", () => {
    const panels = (...domains: (readonly number[])[]) => ({ layer: domains.map((domain) => chart([], domain)) });
    expect(bareSpec(panels([0, 5], [0, 7])).bare).toEqual(bareSpec(panels([0, 9], [0, 2])).bare);
    expect(bareSpec(panels([1, 5])).bare).not.toEqual(bareSpec(panels([5, 1])).bare);
    expect(bareSpec(panels([0, 5], [0, 5])).bare).not.toEqual(bareSpec(panels([0, 5], [0, 7])).bare);
  });

  it("keeps the order of numbers that several domains share", () => {
    const ends: number[][] = [];
    JSON.stringify(
      bareSpec({ layer: [chart([], [5, 10]), chart([], [3, 5]), chart([], [10, 3])] }).bare,
      (key, value) => {
        if (key === "domain") ends.push(value);
        return value;
      },
    );
    expect(ends.map(([a, b]) => Math.sign(b! - a!))).toEqual([1, 1, -1]);
    expect([ends[0]![0], ends[0]![1], ends[1]![0]]).toEqual([ends[1]![1], ends[2]![0], ends[2]![1]]);
  });

  it("leaves the width of a mark, for Vega-Lite reckons with it", () => {
    const bar = (width: number) => ({ mark: { type: "bar", width } });
    expect(bareSpec(bar(3)).bare).not.toEqual(bareSpec(bar(4)).bare);
  });

  it("tells charts apart whose domains begin elsewhere", () => {
    expect(bareSpec(chart([], [1, 4])).bare).not.toEqual(bareSpec(chart([], [0, 4])).bare);
  });

  it("is what it was with its domains again", () => {
    const { bare, numbers } = bareSpec(chart([], [0.001, 31622.776601683792, 1e21]));
    expect(JSON.parse(withNumbers(JSON.stringify(bare), numbers)).layer[0].encoding.x.scale.domain).toEqual([
      0.001, 31622.776601683792, 1e21,
    ]);
  });

  it("leaves domains where a text could be taken for one", () => {
    const { bare, numbers } = bareSpec(chart([], [0, 4], "sector 876543210000000"));
    expect(withNumbers(JSON.stringify(bare), numbers)).toContain("sector 876543210000000");
    expect(numbers).toEqual([]);
  });
});
