import type { ReadModifyWrite } from "../analysis/metrics/readModifyWrite.ts";
import type { Summary } from "../analysis/summary.ts";
import { allOf, bytesText, counted } from "../model/quantities.ts";
import { colour } from "../theme/colours.ts";
import type { Chart, DataTable, Drawing, Figure, Layout } from "./chart.ts";
import { axisLine, centredWithin, valueGrid, withoutOverlap } from "./kit/axes.ts";
import { apart } from "./kit/fit.ts";
import { figureOf } from "./kit/metricValue.ts";
import { px } from "./kit/pixels.ts";
import { type PlotWidth, plotWidth } from "./kit/plotWidth.ts";
import { decimalText } from "./kit/rates.ts";
import { scopeInfo } from "./kit/scope.ts";
import { type Extent, line, points, scaledSpec } from "./kit/series.ts";
import { type Layer, rules, texts } from "./kit/spec.ts";
import { table } from "./kit/table.ts";
import { shareOfNamed } from "./kit/words.ts";

type AtBlock = ReadModifyWrite["byBlock"][number];
type Way = "alone" | "joined";

/** What read-modify-write costs on devices that write larger blocks than they are asked to. */
export const largerBlocks: Chart = {
  id: "larger-blocks",
  title: "What would a device with larger blocks have to move?",
  label: "Larger blocks",
  metrics: ["readModifyWrite"],
  figure: (summary, scope) =>
    figureOf(summary, scope, "readModifyWrite", (value) => largerBlocksFigure(value, physicalBlock(summary, scope))),
};

/** The physical block of the scope's devices, where it is known and the same. */
function physicalBlock(summary: Summary, scope: string): number | null {
  const blocks = scopeInfo(summary, scope).devices.map((device) => summary.trace.devices[device]?.physicalBlockBytes);
  return new Set(blocks).size === 1 ? (blocks[0] ?? null) : null;
}

function largerBlocksFigure(value: ReadModifyWrite, physical: number | null): Figure | null {
  if (value.writes === 0) return null;
  const said = answer(value);
  return {
    answer: said,
    alternativeText: `Lines of the bytes that move for each byte written, by the device's block. ${said}`,
    note: note(value),
    table: tableOf(value),
    draw: (layout) => draw(value, physical, layout),
  };
}

/** Bytes that the device reads and writes for each byte that it was asked to write. */
function factor({ bytes }: ReadModifyWrite, at: AtBlock, way: Way): number {
  return (bytes + at[way].readBytes + at[way].extraWrittenBytes) / bytes;
}

const NAMED_BYTES = [4096, 65536, 1048576];

function named({ byBlock }: ReadModifyWrite): readonly AtBlock[] {
  return byBlock.filter(({ blockBytes }) => NAMED_BYTES.includes(blockBytes));
}

/** "1.04 ×": near one, what matters is behind the point. */
function times(factor: number): string {
  if (factor >= 10) return `${decimalText(factor)} ×`;
  return `${factor.toFixed(factor < 2 ? 2 : 1)} ×`;
}

/** "all 10 writes cover a block in part", "12 % of writes cover …". */
function partly(partial: number, writes: number): string {
  const which = partial === writes ? allOf(writes, "write") : shareOfNamed(partial, writes, "writes");
  return `${which} ${partial === 1 ? "covers" : "cover"} a block in part`;
}

function answer(value: ReadModifyWrite): string {
  const [small, ...larger] = named(value);
  const partial = small!.alone.partialWrites;
  const rest = larger.map((at) => `${times(factor(value, at, "alone"))} with ${bytesText(at.blockBytes)}`).join(", ");
  const writes = counted(value.writes, "write");
  const first =
    partial === 0
      ? `With blocks of 4 KiB no more than the ${bytesText(value.bytes)} of the ${writes}`
      : `With blocks of 4 KiB ${times(factor(value, small!, "alone"))} the ${bytesText(value.bytes)} written, because ${partly(partial, value.writes)}`;
  return `${first}; ${rest}, each write by itself.`;
}

function note(value: ReadModifyWrite): DataTable {
  return table(
    [
      ["block", "block", "text"],
      ["alone", "each alone", "text"],
      ["joined", "joined", "text"],
    ],
    value.byBlock
      .filter((_, i) => i % 2 === 0)
      .map((at) => [bytesText(at.blockBytes), times(factor(value, at, "alone")), times(factor(value, at, "joined"))]),
  );
}

function tableOf(value: ReadModifyWrite): DataTable {
  return table(
    [
      ["blockBytes", "Block", "bytes"],
      ["writes", "Writes", "text"],
      ["partialWrites", "In part", "count"],
      ["readBytes", "Read before", "bytes"],
      ["extraWrittenBytes", "Written besides", "bytes"],
      ["movedPerByte", "Moved for a byte", "text"],
    ],
    value.byBlock.flatMap((at) =>
      (["alone", "joined"] as const).map((way) => [
        at.blockBytes,
        way === "alone" ? "each alone" : "joined",
        at[way].partialWrites,
        at[way].readBytes,
        at[way].extraWrittenBytes,
        Number(factor(value, at, way).toPrecision(6)),
      ]),
    ),
  );
}

const TOP_PX = 40;
const BOTTOM_PX = 44;
const RIGHT_PX = { wide: 78, narrow: 70 } as const;
const HEIGHT_PX = { wide: 170, narrow: 150 } as const;
const LEAST_TICK_GAP_PX = 22;
/** The least that the scale reaches: below, all is nearly one. */
const LEAST_SCALE = 4;

interface Frame {
  readonly plot: PlotWidth;
  readonly heightPx: number;
  readonly most: number;
  readonly x: Extent;
  readonly y: Extent;
}

function frameOf(value: ReadModifyWrite, layout: Layout): Frame {
  const plot = plotWidth(layout, { rightPx: RIGHT_PX[layout] });
  const heightPx = HEIGHT_PX[layout];
  const largest = Math.max(LEAST_SCALE, ...value.byBlock.map((at) => factor(value, at, "alone")));
  const most = 2 ** Math.ceil(Math.log2(largest));
  const domain = [value.byBlock[0]!.blockBytes, value.byBlock.at(-1)!.blockBytes] as const;
  return {
    plot,
    heightPx,
    most,
    x: { field: "blockBytes", domain, range: [0, plot.plotPx], type: "log" },
    y: { field: "movedPerByte", domain: [1, most], range: [heightPx, 0], type: "log" },
  };
}

function xOf({ x, plot }: Frame, bytes: number): number {
  const [from, to] = x.domain;
  return px((plot.plotPx * Math.log2(bytes / from)) / Math.log2(to / from));
}

function yOf({ most, heightPx }: Frame, value: number): number {
  return px(heightPx * (1 - Math.log2(value) / Math.log2(most)));
}

function valueAxis(frame: Frame): readonly Layer[] {
  const octaves = Math.log2(frame.most);
  const every = Math.max(1, Math.ceil((LEAST_TICK_GAP_PX * octaves) / frame.heightPx));
  const marks = Array.from({ length: Math.floor(octaves / every) + 1 }, (_, i) => 2 ** (i * every));
  return valueGrid(
    marks.map((value) => ({ y: yOf(frame, value), text: `${decimalText(value)} ×` })),
    frame.plot.plotPx,
  );
}

function blockAxis(frame: Frame, { byBlock }: ReadModifyWrite): readonly Layer[] {
  const { plot, heightPx } = frame;
  const labels = byBlock.map(({ blockBytes }) => {
    const text = bytesText(blockBytes);
    return { x: centredWithin(xOf(frame, blockBytes), text, plot), y: heightPx + 14, text };
  });
  const ticks = byBlock.map(({ blockBytes }) => ({ x: xOf(frame, blockBytes), y: 0, text: "" }));
  return [
    ...axisLine([{ x: 0, x2: plot.plotPx, y: heightPx, y2: heightPx }], ticks, heightPx),
    texts(withoutOverlap(labels), "ink-2", "center"),
    texts([{ x: plot.plotPx, y: heightPx + 32, text: "block of the device" }], "ink-3", "right"),
  ];
}

/** A line at the device's own block, where it is one of the axis. */
function ownBlock(frame: Frame, { byBlock }: ReadModifyWrite, physical: number | null): readonly Layer[] {
  if (physical === null || !byBlock.some(({ blockBytes }) => blockBytes === physical)) return [];
  const x = xOf(frame, physical);
  return [
    rules([{ x, x2: x, y: -6, y2: frame.heightPx }], "ink-3", { strokeDash: [2, 2] }),
    texts([{ x: Math.max(x, 0), y: -12, text: `this device: ${bytesText(physical)}` }], "ink-2"),
  ];
}

const LOOK = {
  alone: { name: "each alone", shape: "circle", dash: [] },
  joined: { name: "joined", shape: "square", dash: [5, 3] },
} as const;

function curve(frame: Frame, value: ReadModifyWrite, way: Way): readonly Layer[] {
  const { shape, dash } = LOOK[way];
  const rows = value.byBlock.map((at) => ({
    blockBytes: at.blockBytes,
    movedPerByte: Number(factor(value, at, way).toPrecision(6)),
  }));
  const filled = way === "alone" ? "write" : "bg";
  return [
    line(rows, frame.x, frame.y, "write", dash.length === 0 ? {} : { strokeDash: dash }),
    points(rows, frame.x, frame.y, {
      shape,
      size: 36,
      fill: colour(filled),
      stroke: colour("write"),
      strokeWidth: 1.5,
    }),
  ];
}

function draw(value: ReadModifyWrite, physical: number | null, layout: Layout): Drawing {
  const frame = frameOf(value, layout);
  const { plot, heightPx: plotHeightPx } = frame;
  const ways: readonly Way[] = value.joinedWrites === value.writes ? ["alone"] : ["joined", "alone"];
  const last = value.byBlock.at(-1)!;
  const heights = apart(
    ways.map((way) => yOf(frame, factor(value, last, way))),
    14,
    0,
    plotHeightPx,
  );
  const padding = { left: plot.leftPx, right: plot.rightPx, top: TOP_PX, bottom: BOTTOM_PX };
  const heightPx = TOP_PX + plotHeightPx + BOTTOM_PX;
  const layers = [
    ...valueAxis(frame),
    ...blockAxis(frame, value),
    ...ownBlock(frame, value, physical),
    ...ways.flatMap((way) => curve(frame, value, way)),
    ...ways.map((way, i) => texts([{ x: plot.plotPx + 10, y: heights[i]!, text: LOOK[way].name }], "write")),
    texts([{ x: -plot.leftPx + 2, y: -30, text: "bytes read and written for each byte asked" }], "ink-2"),
  ];
  return { spec: scaledSpec(plot.widthPx, heightPx, padding, layers), widthPx: plot.widthPx, heightPx };
}
