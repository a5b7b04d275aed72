import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shortPath } from "../../src/render/shortPath.ts";

/** Every corner of a path of relative and absolute straight steps, in tenths of a pixel. */
function corners(d: string): number[][] {
  const points: number[][] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const [, command, rest] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const [a = 0, b = 0] = (rest!.match(/-?(\d+\.?\d*|\.\d+)/g) ?? []).map((n) => Math.round(Number(n) * 10));
    if (command === "M" || command === "L") [x, y] = [a, b];
    else if (command === "m" || command === "l") [x, y] = [x + a, y + b];
    else if (command === "h") x += a;
    else if (command === "v") y += a;
    else [x, y] = [startX, startY];
    if (command === "M" || command === "m") [startX, startY] = [x, y];
    points.push([x, y]);
  }
  return points;
}

const tenth = fc.integer({ min: -9999, max: 9999 }).map((units) => units / 10);

describe("shortPath", () => {
  it("writes a rectangle as three steps and a return", () => {
    expect(shortPath("M12,24L20,24L20,32L12,32L12,24Z")).toBe("M12,24h8v8h-8z");
  });

  it("keeps the last line of a shape that does not return to its start", () => {
    expect(shortPath("M0,0L10,5L3,9Z")).toBe("M0,0l10,5l-7,4z");
  });

  it("draws the next shape from where the last one started", () => {
    expect(shortPath("M0,0L5,0L5,5L0,5ZM10,0L15,0L15,5L10,5Z")).toBe("M0,0h5v5h-5zm10,0h5v5h-5z");
  });

  it("rounds to a tenth without summing up errors", () => {
    const stairs = Array.from({ length: 30 }, (_, i) => `${i === 0 ? "M" : "L"}${i * 0.14},${i * 0.14}`).join("");
    expect(corners(shortPath(stairs)).at(-1)).toEqual([41, 41]);
  });

  it("rounds curves and leaves their commands", () => {
    expect(shortPath("M2.257,0A2.257,2.257,0,1,1,-2.257,1e-15")).toBe("M2.3,0A2.3,2.3,0,1,1,-2.3,0");
  });

  it("gives an empty path for an empty one", () => {
    expect(shortPath("")).toBe("");
  });

  it("keeps every corner of any open line", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(tenth, tenth), { minLength: 1 }), (points) => {
        const d = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x},${y}`).join("");
        const expected = points.map(([x, y]) => [Math.round(x * 10) + 0, Math.round(y * 10) + 0]);
        expect(corners(shortPath(d)).map(([x, y]) => [x! + 0, y! + 0])).toEqual(expected);
      }),
    );
  });
});
