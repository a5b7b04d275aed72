import { describe, expect, it } from "vitest";
import { cutToWidth, wrapped } from "../../../src/charts/kit/text.ts";
import { shareOf, shareOfNamed } from "../../../src/charts/kit/words.ts";
import { listed } from "../../../src/model/quantities.ts";
import { textWidth } from "../../../src/theme/textWidth.ts";

describe("texts in charts", () => {
  it("stay whole where they fit", () => {
    expect(cutToWidth("fio", 100)).toBe("fio");
  });

  it("are cut to the width that they have, and end in …", () => {
    const cut = cutToWidth("kworker/u4:3-events_unbound", 60);
    expect(cut).toMatch(/^kwork.*…$/);
    expect(textWidth(cut)).toBeLessThanOrEqual(60);
  });

  it("are never cut inside a character", () => {
    expect(cutToWidth("😀😀😀😀😀😀😀😀", 40)).toMatch(/^(😀)+…$/u);
  });

  it("are broken at spaces", () => {
    const lines = wrapped("each cell is one sector and each row is 32 KiB", 100);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join(" ")).toBe("each cell is one sector and each row is 32 KiB");
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(100);
  });
});

describe("words in charts", () => {
  it("are counts below a hundred, per cent from there on", () => {
    expect([shareOf(2, 65), shareOf(20, 200)]).toEqual(["2 of 65", "10 %"]);
    expect([shareOfNamed(2, 65, "reads"), shareOfNamed(20, 200, "reads")]).toEqual(["2 of 65 reads", "10 % of reads"]);
  });

  it("are listed as in a sentence", () => {
    expect([listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])]).toEqual([
      "",
      "a",
      "a and b",
      "a, b and c",
    ]);
  });
});
