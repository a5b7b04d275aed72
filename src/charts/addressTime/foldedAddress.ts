import { bytesText, countText } from "../../model/quantities.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { textWidth } from "../../theme/textWidth.ts";
import { type Stretch, shownStretches } from "../kit/addressFolds.ts";
import { firstThatFits } from "../kit/fit.ts";
import { px } from "../kit/pixels.ts";
import { type Layer, rules, texts } from "../kit/spec.ts";
import { binarySteps, multiplesWithin } from "../kit/steps.ts";
import type { TimePart } from "./foldedTime.ts";
import type { RequestRow } from "./rows.ts";

const RULE = { shareOfRange: 1 / 32, leastBytes: 262_144, mostFolds: 7 };
const LEAST_PART_PX = 20;
const FOLD_PX = 24;
const PAD_PX = 8;
const PX_A_LABEL = 26;
const LEAST_LABEL_GAP_PX = 15;
const SMALLEST_STEP_BYTES = 4096;

/** A stretch of addresses in pixels: low addresses are at the bottom. */
export interface AddressPart extends Stretch {
  readonly topPx: number;
  readonly bottomPx: number;
}

export interface FoldedAddress {
  /** From the lowest addresses up. */
  readonly parts: readonly AddressPart[];
  readonly heightPx: number;
}

/** The address axis with what was not touched left out. */
export function foldAddress(rows: readonly RequestRow[], leastHeightPx: number): FoldedAddress {
  const touched = rows.map(({ offsetBytes, lengthBytes }) => ({
    fromBytes: offsetBytes,
    toBytes: offsetBytes + lengthBytes,
  }));
  const stretches = shownStretches(touched, RULE);
  const heightPx = Math.max(leastHeightPx, stretches.length * (LEAST_PART_PX + FOLD_PX));
  const shownBytes = stretches.reduce((sum, { fromBytes, toBytes }) => sum + toBytes - fromBytes, 0);
  const freePx = heightPx - FOLD_PX * (stretches.length - 1) - LEAST_PART_PX * stretches.length;
  let bottom = heightPx;
  const parts = stretches.map((stretch) => {
    const bottomPx = bottom;
    const topPx = bottom - LEAST_PART_PX - ((stretch.toBytes - stretch.fromBytes) / shownBytes) * freePx;
    bottom = topPx - FOLD_PX;
    return { ...stretch, topPx: px(topPx), bottomPx: px(bottomPx) };
  });
  return { parts, heightPx };
}

/** Pixels from the top. */
export function addressY({ parts }: FoldedAddress, bytes: number): number {
  return partY(parts.find(({ toBytes }) => bytes <= toBytes) ?? parts.at(-1)!, bytes);
}

/** The same of addresses in one part. */
export function partY({ fromBytes, toBytes, topPx, bottomPx }: AddressPart, bytes: number): number {
  const share = (bytes - fromBytes) / (toBytes - fromBytes);
  return px(bottomPx - PAD_PX - share * (bottomPx - topPx - 2 * PAD_PX));
}

export interface AddressLabel {
  readonly y: number;
  readonly text: string;
}

/** First sectors: round ones where there is room, at least one for each part. */
export function addressLabels(folded: FoldedAddress): readonly AddressLabel[] {
  const labels: AddressLabel[] = [];
  const put = (bytes: number): void => {
    const y = addressY(folded, bytes);
    if (labels.every((each) => Math.abs(each.y - y) >= LEAST_LABEL_GAP_PX)) {
      labels.push({ y, text: countText(bytes / SECTOR_BYTES) });
    }
  };
  for (const { fromBytes, toBytes, topPx, bottomPx } of folded.parts) {
    const most = Math.max(1, Math.floor((bottomPx - topPx - 10) / PX_A_LABEL));
    const { step } = binarySteps(Math.max(SMALLEST_STEP_BYTES, toBytes - fromBytes), most);
    const before = labels.length;
    multiplesWithin(step, fromBytes, toBytes).forEach(put);
    if (labels.length === before) put(fromBytes);
  }
  return labels;
}

export function widestLabelPx(labels: readonly AddressLabel[]): number {
  return Math.max(...labels.map(({ text }) => textWidth(text)));
}

/** Dashed lines where addresses are left out, with how much, in the part of the plot with most room. */
export function addressFolds({ parts }: FoldedAddress, plotPx: number, room: TimePart): readonly Layer[] {
  const folds = parts.slice(1).map((part, i) => {
    const size = bytesText(part.fromBytes - parts[i]!.toBytes);
    const text = firstThatFits([`${size} untouched`, size], room.rightPx - room.leftPx - 16);
    return { y: px(part.bottomPx + FOLD_PX / 2), text, left: px(room.rightPx - 16 - textWidth(text)) };
  });
  if (folds.length === 0) return [];
  const lines = folds.flatMap(({ y, left }) => [
    { x: 0, x2: left, y, y2: y },
    ...(room.rightPx < plotPx - 1 ? [{ x: room.rightPx, x2: plotPx, y, y2: y }] : []),
  ]);
  const labels = folds.map(({ y, text }) => ({ x: room.rightPx - 8, y, text }));
  return [rules(lines, "ink-3", { strokeDash: [3, 3] }), texts(labels, "ink-3", "right")];
}
