import { closePath, lineTo, moveTo, newPen, pathOf } from "../pen.ts";
import { inPixels } from "../tenths.ts";
import { boxPath } from "./paths.ts";
import { pathTenths } from "./pathTenths.ts";
import type { Point } from "./usualSpec.ts";

/** The arm of a cross is this part of it. */
const ARMS_OF_A_CROSS = 2.5;

/** The outline of a symbol around zero, of so many square pixels, as Vega draws it. */
export function symbolPath(shape: string, size: number): string {
  const r = Math.sqrt(size) / 2;
  if (shape === "circle") return circle(r);
  if (shape === "square") return boxPath(-r, -r, 2 * r, 2 * r, pathTenths);
  return polygon(CORNERS[shape]!(r));
}

const CORNERS: Readonly<Record<string, (r: number) => readonly Point[]>> = {
  diamond: (r) => [
    [-r, 0],
    [0, -r],
    [r, 0],
    [0, r],
  ],
  "triangle-up": (r) => {
    const h = (Math.sqrt(3) / 2) * r;
    return [
      [0, -h],
      [-r, h],
      [r, h],
    ];
  },
  cross: (r) => {
    const s = r / ARMS_OF_A_CROSS;
    return [
      [-r, -s],
      [-r, s],
      [-s, s],
      [-s, r],
      [s, r],
      [s, s],
      [r, s],
      [r, -s],
      [s, -s],
      [s, -r],
      [-s, -r],
      [-s, -s],
    ];
  },
};

function polygon(corners: readonly Point[]): string {
  const pen = newPen();
  for (const [i, [x, y]] of corners.entries()) (i === 0 ? moveTo : lineTo)(pen, pathTenths(x), pathTenths(y));
  closePath(pen);
  return pathOf(pen);
}

/** Two halves. */
function circle(r: number): string {
  const [right, left] = [inPixels(pathTenths(r)), inPixels(pathTenths(-r))];
  const half = `A${right},${right},0,1,1,`;
  return r === 0 ? "M0,0" : `M${right},0${half}${left},0${half}${right},0`;
}
