import type { Accesses } from "../analysis/metrics/accesses.ts";
import type { Summary } from "../analysis/summary.ts";
import type { Op } from "../model/ops.ts";
import { colour, type Token } from "../theme/colours.ts";
import type { Drawing } from "./chart.ts";
import { areas, type Rectangle, rectangle } from "./kit/shapes.ts";
import { chartSpec, type Layer } from "./kit/spec.ts";
import { deviceOf } from "./sectorMap/starts.ts";

const WIDTH_PX = 160;
const HEIGHT_PX = 48;
const LANE_PX = 23;
/** Where the lower lane begins. */
const WRITES_Y = HEIGHT_PX - LANE_PX;
/** What moved no data is a strip at the lane's foot. */
const STRIP_PX = 4;
const LEAST_PX = 1.5;
const NO_PADDING = { left: 0, right: 0, top: 0, bottom: 0 } as const;

interface Lane {
  readonly ops: readonly Op[];
  readonly token: Token;
  readonly y: number;
  readonly heightPx: number;
}

const LANES: readonly Lane[] = [
  { ops: ["writeZeroes"], token: "zero", y: HEIGHT_PX - STRIP_PX, heightPx: STRIP_PX },
  { ops: ["discard", "secureErase"], token: "discard", y: HEIGHT_PX - STRIP_PX, heightPx: STRIP_PX },
  { ops: ["read"], token: "read", y: 0, heightPx: LANE_PX },
  { ops: ["write", "zoneAppend"], token: "write", y: WRITES_Y, heightPx: LANE_PX },
];

/** The device from left to right, reads above writes; null where the default scope has no single device or no data request. */
export function thumbnail(summary: Summary): Drawing | null {
  const scope = summary.defaultScope;
  const accesses = summary.scopes[scope]?.accesses;
  if (accesses?.ok !== true || Object.keys(accesses.value.byOp).length === 0) return null;
  const bytes = deviceOf(summary, scope)?.bytes ?? endOf(accesses.value);
  const layer = [
    areas([rectangle(0, 0, WIDTH_PX, LANE_PX), rectangle(0, WRITES_Y, WIDTH_PX, LANE_PX)], {
      fill: colour("cell-empty"),
    }),
    ...LANES.flatMap((lane) => laneLayers(accesses.value, lane, WIDTH_PX / bytes)),
  ];
  const spec = chartSpec(WIDTH_PX, HEIGHT_PX, NO_PADDING, layer);
  return { spec, widthPx: WIDTH_PX, heightPx: HEIGHT_PX };
}

function endOf({ addressStartBytes, addressBinBytes, addressBins }: Accesses): number {
  return addressStartBytes + addressBinBytes * addressBins;
}

function laneLayers(accesses: Accesses, { ops, token, y, heightPx }: Lane, pxPerByte: number): readonly Layer[] {
  const bins = ops.flatMap((op) => touchedBins(accesses.byOp[op]?.cells ?? []));
  const { addressStartBytes, addressBinBytes } = accesses;
  const marks = stretches(bins).map(([from, to]): Rectangle => {
    const width = Math.max(LEAST_PX, (to - from) * addressBinBytes * pxPerByte);
    const x = (addressStartBytes + from * addressBinBytes) * pxPerByte;
    return rectangle(Math.max(0, Math.min(x, WIDTH_PX - width)), y, Math.min(width, WIDTH_PX), heightPx);
  });
  return marks.length === 0 ? [] : [areas(marks, { fill: colour(token) })];
}

/** The address bins of flattened [time bin, address bin, requests] triples. */
function touchedBins(cells: readonly number[]): readonly number[] {
  return cells.filter((_, i) => i % 3 === 1);
}

/** Ranges [from, to) of neighbouring bins, ascending. */
function stretches(bins: readonly number[]): readonly (readonly [number, number])[] {
  const joined: [number, number][] = [];
  for (const bin of [...new Set(bins)].sort((a, b) => a - b)) {
    const last = joined.at(-1);
    if (last?.[1] === bin) last[1] = bin + 1;
    else joined.push([bin, bin + 1]);
  }
  return joined;
}
