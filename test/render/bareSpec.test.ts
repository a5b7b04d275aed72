import { describe, expect, it } from "vitest";
import { bareSpec, withDomains } from "../../src/render/bareSpec.ts";

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

  it("tells charts apart whose domains begin elsewhere", () => {
    expect(bareSpec(chart([], [1, 4])).bare).not.toEqual(bareSpec(chart([], [0, 4])).bare);
  });

  it("is what it was with its domains again", () => {
    const { bare, domains } = bareSpec(chart([], [0.001, 31622.776601683792, 1e21]));
    expect(JSON.parse(withDomains(JSON.stringify(bare), domains)).layer[0].encoding.x.scale.domain).toEqual([
      0.001, 31622.776601683792, 1e21,
    ]);
  });

  it("leaves domains where a text could be taken for one", () => {
    const { bare, domains } = bareSpec(chart([], [0, 4], "sector 876543210000000"));
    expect(withDomains(JSON.stringify(bare), domains)).toContain("sector 876543210000000");
    expect(domains).toEqual([]);
  });
});
