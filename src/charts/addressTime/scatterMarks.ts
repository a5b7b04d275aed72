import type { Op } from "../../model/ops.ts";
import { countText } from "../../model/quantities.ts";
import { colour } from "../../theme/colours.ts";
import { textWidth } from "../../theme/textWidth.ts";
import { OP_STYLE, SHOWN_OPS } from "../kit/opStyle.ts";
import { px } from "../kit/pixels.ts";
import { type Layer, rules, texts } from "../kit/spec.ts";
import { symbols } from "../kit/symbols.ts";
import { addressY, type FoldedAddress } from "./foldedAddress.ts";
import { type FoldedTime, foldedX } from "./foldedTime.ts";
import type { RequestRow } from "./rows.ts";

/** A request taller than this shows its length as a bar. */
const LEAST_BAR_PX = 7;
const KEY_ROW_PX = 20;

/** Told apart by shape; only what moves data into the device is filled. */
const SHAPE: Partial<Record<Op, string>> = {
  read: "circle",
  write: "square",
  zoneAppend: "triangle-up",
  writeZeroes: "diamond",
  discard: "cross",
  secureErase: "triangle-down",
};

function symbol(op: Op): Layer {
  const token = OP_STYLE[op].token;
  const shape = SHAPE[op] ?? "triangle-right";
  return op === "write" || op === "zoneAppend"
    ? { shape, size: 44, fill: colour(token), stroke: colour("bg"), strokeWidth: 1 }
    : { shape, size: 46, fill: colour("bg"), stroke: colour(token), strokeWidth: 1.5 };
}

function opMarks(op: Op, rows: readonly RequestRow[], time: FoldedTime, address: FoldedAddress): readonly Layer[] {
  const places = rows.map(({ issueNs, offsetBytes, lengthBytes }) => {
    const y = addressY(address, offsetBytes);
    return { x: foldedX(time, issueNs), y, y2: addressY(address, offsetBytes + lengthBytes) };
  });
  const bars = places.filter(({ y, y2 }) => y - y2 > LEAST_BAR_PX).map((place) => ({ ...place, x2: place.x }));
  const middles = places.map(({ x, y, y2 }) => ({ x, y: px((y + y2) / 2) }));
  return [
    ...(bars.length > 0 ? [rules(bars, OP_STYLE[op].token, { strokeWidth: 3 })] : []),
    symbols(middles, symbol(op)),
  ];
}

/** The ops that have an address here, in the order of the key. */
function drawnOps(rows: readonly RequestRow[]): readonly Op[] {
  return SHOWN_OPS.filter((op) => rows.some((row) => row.op === op));
}

/** A symbol a request; writes last, on top. */
export function scatterMarks(rows: readonly RequestRow[], time: FoldedTime, address: FoldedAddress): readonly Layer[] {
  const ops = drawnOps(rows).toSorted((a, b) => Number(a === "write") - Number(b === "write"));
  return ops.flatMap((op) =>
    opMarks(
      op,
      rows.filter((row) => row.op === op),
      time,
      address,
    ),
  );
}

interface Key {
  readonly heightPx: number;
  readonly layers: (bottomPx: number) => readonly Layer[];
}

/** The ops with their counts, in as many lines as they need. */
export function scatterKey(rows: readonly RequestRow[], leftPx: number, widthPx: number): Key {
  let x = 0;
  let line = 0;
  const entries = drawnOps(rows).map((op) => {
    const count = rows.filter((row) => row.op === op).length;
    const { singular, plural } = OP_STYLE[op];
    const text = `${countText(count)} ${count === 1 ? singular : plural}`;
    const wide = 16 + textWidth(text);
    if (x > 0 && x + wide > widthPx) {
      x = 0;
      line++;
    }
    const entry = { op, text, x: px(leftPx + x), line };
    x += wide + 22;
    return entry;
  });
  const heightPx = (line + 1) * KEY_ROW_PX;
  return {
    heightPx,
    layers: (bottomPx) =>
      entries.flatMap(({ op, text, x: left, line: row }) => {
        const y = bottomPx - heightPx + row * KEY_ROW_PX + KEY_ROW_PX / 2;
        return [symbols([{ x: left + 5, y }], symbol(op)), texts([{ x: left + 16, y, text }], "ink")];
      }),
  };
}
