import { SECTOR_CLASSES } from "../../analysis/metrics/sectorMap.ts";
import type { ScopeInfo, Summary } from "../../analysis/summary.ts";
import type { Op } from "../../model/ops.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { metricOf } from "../metricOf.ts";

/** The device from left to right as SVG paths: reads above, what changed it below, unaligned stretches struck through. */
export interface Thumbnail {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly ground: string;
  readonly reads: string;
  readonly writes: string;
  readonly zeroes: string;
  readonly discards: string;
  readonly readHatch: string;
  readonly writeHatch: string;
}

const WIDTH = 160;
const LANE = 22;
const HEIGHT = 48;
const WRITE_TOP = HEIGHT - LANE;
const LEAST_WIDTH = 1.5;
const HATCH_STEP = 4;

type Stretch = readonly [from: number, to: number];

/** null where no scope of the trace has addresses of one device. */
export function thumbnailOf(summary: Summary): Thumbnail | null {
  const scope = scopeWithAddresses(summary);
  if (scope === null) return null;
  const bytes = deviceBytes(summary, scope);
  const lane = (op: Op) => columns(touched(summary, scope.id, op), bytes);
  const [readHatch, writeHatch] = ["unalignedRead", "unalignedWrite"].map((name) =>
    columns(classRuns(summary, scope.id, SECTOR_CLASSES.indexOf(name as (typeof SECTOR_CLASSES)[number])), bytes),
  );
  return {
    widthPx: WIDTH,
    heightPx: HEIGHT,
    ground: box([0, WIDTH], 0) + box([0, WIDTH], WRITE_TOP),
    reads: boxes(lane("read"), 0),
    writes: boxes([...lane("write"), ...lane("zoneAppend")], WRITE_TOP),
    zeroes: outlines(lane("writeZeroes"), WRITE_TOP),
    discards: outlines(lane("discard"), WRITE_TOP),
    readHatch: hatches(readHatch ?? [], 0),
    writeHatch: hatches(writeHatch ?? [], WRITE_TOP),
  };
}

function scopeWithAddresses(summary: Summary): ScopeInfo | null {
  const { scopeList, defaultScope } = summary;
  const byPreference = [...scopeList].sort(
    (a, b) => Number(b.id === defaultScope) - Number(a.id === defaultScope) || b.requests - a.requests,
  );
  return byPreference.find(({ id }) => metricOf(summary, id, "accesses") !== null) ?? null;
}

function deviceBytes(summary: Summary, { id, devices }: ScopeInfo): number {
  const accesses = metricOf(summary, id, "accesses")!;
  const end = accesses.addressStartBytes + accesses.addressBins * accesses.addressBinBytes;
  return summary.trace.devices[devices[0] ?? -1]?.bytes ?? Math.max(1, end);
}

/** The bytes that an op touched, by address bins. */
function touched(summary: Summary, scope: string, op: Op): readonly Stretch[] {
  const { addressStartBytes, addressBinBytes, byOp } = metricOf(summary, scope, "accesses")!;
  const cells = byOp[op]?.cells ?? [];
  const bins = new Set<number>();
  for (let i = 1; i < cells.length; i += 3) bins.add(cells[i]!);
  return [...bins].map((bin) => {
    const from = addressStartBytes + bin * addressBinBytes;
    return [from, from + addressBinBytes];
  });
}

function classRuns(summary: Summary, scope: string, sectorClass: number): readonly Stretch[] {
  const runs = metricOf(summary, scope, "sectorMap")?.runs ?? [];
  return runs
    .filter((run) => run[2] === sectorClass)
    .map(([start = 0, sectors = 0]) => [start * SECTOR_BYTES, (start + sectors) * SECTOR_BYTES]);
}

/** Stretches of bytes as stretches of pixels, joined where they meet. */
function columns(stretches: readonly Stretch[], bytes: number): readonly Stretch[] {
  const pixels = stretches
    .map(([from, to]): [number, number] => [Math.floor((from / bytes) * WIDTH), Math.ceil((to / bytes) * WIDTH)])
    .filter(([from]) => from < WIDTH)
    .sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, to] of pixels) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], Math.min(to, WIDTH));
    else joined.push([from, Math.min(to, WIDTH)]);
  }
  return joined;
}

function boxes(stretches: readonly Stretch[], top: number): string {
  return stretches.map((stretch) => box(stretch, top)).join("");
}

function box([from, to]: Stretch, top: number): string {
  const width = Math.max(LEAST_WIDTH, to - from);
  return `M${Math.min(from, WIDTH - width)},${top}h${width}v${LANE}h${-width}z`;
}

/** Half a pixel inside, for a stroke of one pixel. */
function outlines(stretches: readonly Stretch[], top: number): string {
  return stretches
    .map(
      ([from, to]) =>
        `M${from + 0.5},${top + 0.5}h${Math.max(1, to - from - 1)}v${LANE - 1}h${-Math.max(1, to - from - 1)}z`,
    )
    .join("");
}

function hatches(stretches: readonly Stretch[], top: number): string {
  let path = "";
  for (const [from, to] of stretches) {
    for (let x = from; x + HATCH_STEP <= to; x += HATCH_STEP) path += `M${x},${top + LANE}l${HATCH_STEP},${-LANE}`;
  }
  return path;
}
