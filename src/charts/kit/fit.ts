import { textWidth } from "../../theme/textWidth.ts";
import { cutToWidth } from "./text.ts";

/** The first wording that fits; else the last, cut. */
export function firstThatFits(wordings: readonly string[], widthPx: number): string {
  return wordings.find((each) => textWidth(each) <= widthPx) ?? cutToWidth(wordings.at(-1) ?? "", widthPx);
}

/** Heights of labels, in the order given, moved apart until neighbours are `gapPx` away, within the bounds. */
export function apart(heights: readonly number[], gapPx: number, topPx: number, bottomPx: number): readonly number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!);
  const moved = [...heights];
  let least = topPx;
  for (const i of order) {
    moved[i] = Math.max(moved[i]!, least);
    least = moved[i]! + gapPx;
  }
  let most = bottomPx;
  for (const i of order.reverse()) {
    moved[i] = Math.min(moved[i]!, most);
    most = moved[i]! - gapPx;
  }
  return moved;
}
