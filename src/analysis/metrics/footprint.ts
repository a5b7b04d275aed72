import { type Static, Type } from "typebox";
import { OP_CODE, OPS } from "../../model/ops.ts";
import { SECTOR_BYTES } from "../../model/units.ts";
import { type BitPages, joinedByPage, sectorsByPage, setBits, startBitPages } from "../kernels/bitPages.ts";
import { defineMetric, type View } from "../metric.ts";
import { Count, Real } from "../schemas.ts";

/** A constant of this module is folded into the code; an imported one is loaded each time. */
const SECTOR = SECTOR_BYTES;
/** 16 GiB in pages of 1 MiB; what lies beyond is sampled. */
const MOST_PAGES = 16384;

/** How much of the device was touched at least once, in whole sectors; reads and writes, discards and write-zeroes apart. */
export const Footprint = Type.Object({
  distinctBytes: Count,
  distinctReadBytes: Count,
  distinctWrittenBytes: Count,
  /** Bytes written to sectors that this scope had already written. */
  rewrittenBytes: Count,
  /** Bytes read from sectors that this scope had already read. */
  rereadBytes: Count,
  distinctDiscardedBytes: Count,
  distinctZeroedBytes: Count,
  /** false: estimated from a sample of the address space, within relativeError (one standard error of distinctBytes). */
  exact: Type.Boolean(),
  relativeError: Real,
});
export type Footprint = Static<typeof Footprint>;

const READ = 0;
const WRITTEN = 1;
const DISCARDED = 2;
const ZEROED = 3;
/** Planes of each device: sectors of two devices are never the same. */
const PLANES = 4;
const NO_PLANE = 255;

const PLANE = new Uint8Array(OPS.length).fill(NO_PLANE);
PLANE[OP_CODE.read] = READ;
PLANE[OP_CODE.write] = WRITTEN;
PLANE[OP_CODE.zoneAppend] = WRITTEN;
PLANE[OP_CODE.discard] = DISCARDED;
PLANE[OP_CODE.secureErase] = DISCARDED;
PLANE[OP_CODE.writeZeroes] = ZEROED;

interface State {
  readonly pages: BitPages;
  /** Sectors of all requests of each plane, each as often as it was touched. */
  readonly sectors: Float64Array;
}

export const footprint = defineMetric({
  id: "footprint",
  schema: Footprint,
  weight: "light",
  needs: [],
  start: (): State => ({ pages: startBitPages(MOST_PAGES), sectors: new Float64Array(PLANES) }),
  add,
  finish: figures,
});

function add({ pages, sectors }: State, { requests, rows, rowCount }: View): void {
  const { op, device, offsetBytes, lengthBytes } = requests;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const plane = PLANE[op[i]!]!;
    const length = lengthBytes[i]!;
    if (plane === NO_PLANE || !(length > 0)) continue;
    const offset = offsetBytes[i]!;
    const first = Math.floor(offset / SECTOR);
    const last = Math.floor((offset + length - 1) / SECTOR);
    sectors[plane]! += last - first + 1;
    setBits(pages, device[i]! * PLANES + plane, first, last);
  }
}

function figures({ pages, sectors }: State): Footprint {
  const scale = 2 ** pages.level;
  const distinct = (plane: number) => {
    const counts = sectorsByPage(pages, (p) => p % PLANES === plane);
    return Math.min(sum(counts) * scale, sectors[plane]!) * SECTOR_BYTES;
  };
  const touched = joinedByPage(pages, readAndWritten);
  return {
    distinctBytes: Math.min(sum(touched) * scale, sectors[READ]! + sectors[WRITTEN]!) * SECTOR_BYTES,
    distinctReadBytes: distinct(READ),
    distinctWrittenBytes: distinct(WRITTEN),
    rewrittenBytes: sectors[WRITTEN]! * SECTOR_BYTES - distinct(WRITTEN),
    rereadBytes: sectors[READ]! * SECTOR_BYTES - distinct(READ),
    distinctDiscardedBytes: distinct(DISCARDED),
    distinctZeroedBytes: distinct(ZEROED),
    exact: pages.level === 0,
    relativeError: relativeError(touched, 1 / scale),
  };
}

/** The plane to join with a device's reads or writes; discards and write-zeroes are not counted. */
function readAndWritten(plane: number): number {
  if (plane % PLANES === READ) return plane + WRITTEN - READ;
  return plane % PLANES === WRITTEN ? plane + READ - WRITTEN : -1;
}

/**
 * One standard error of the sum that a sample with inclusion probability p estimates: sqrt((1 - p) · Σ x²) / Σ x,
 * from the Horvitz-Thompson estimator's variance for independent draws (Horvitz and Thompson 1952, JASA 47:663).
 * Drawing one page of each group, as here, errs less where neighbouring pages are alike.
 */
function relativeError(counts: readonly number[], share: number): number {
  const squares = counts.reduce((total, count) => total + count * count, 0);
  return squares === 0 ? 0 : Math.sqrt((1 - share) * squares) / sum(counts);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
