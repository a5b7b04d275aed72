import { GROUPS, spreadOf, standardError } from "./blockSample.ts";
import { MOST_QUARTERS, quarterEdge, quarterOf } from "./quarterOctaves.ts";

const MOST_POINTS = 56;

/**
 * How many accesses an LRU cache of each size would miss, from stack distances (Mattson et al. 1970, IBM Syst. J. 9:78):
 * a cache of c blocks keeps what fewer than c other blocks came after.
 */
export interface MissCurve {
  /** Every access, counted exactly. */
  accesses: number;
  /** First accesses of a block: no cache of any size has it. */
  compulsory: number;
  mostDistance: number;
  /** Accesses by class of distance. */
  readonly byDistance: Float64Array;
  /** [class, the last for first accesses][random group]; empty while nothing is sampled. */
  groups: Float64Array;
}

export function startMissCurve(): MissCurve {
  return {
    accesses: 0,
    compulsory: 0,
    mostDistance: -1,
    byDistance: new Float64Array(MOST_QUARTERS),
    groups: new Float64Array(0),
  };
}

/** Adds accesses of blocks that each stand for `weight` blocks, all at one stack distance in blocks; -1 for first accesses. */
export function addToCurve(curve: MissCurve, distance: number, blocks: number, group: number, weight: number): void {
  let place = MOST_QUARTERS;
  if (distance < 0) curve.compulsory += blocks * weight;
  else {
    place = quarterOf(distance);
    curve.byDistance[place]! += blocks * weight;
    if (distance > curve.mostDistance) curve.mostDistance = distance;
  }
  if (weight > 1) addToGroup(curve, place * GROUPS + group, weight);
}

function addToGroup(curve: MissCurve, place: number, weight: number): void {
  if (curve.groups.length === 0) curve.groups = new Float64Array((MOST_QUARTERS + 1) * GROUPS);
  curve.groups[place]! += spreadOf(weight);
}

/** A point of the curve. */
export interface MissPoint {
  readonly cacheBlocks: number;
  readonly misses: number;
  /** One standard error of `misses`. */
  readonly error: number;
}

/** Misses of a cache that holds nothing smaller than each class: from the last class down. */
function missesByQuarter({ byDistance, compulsory, accesses }: MissCurve): Float64Array {
  const misses = new Float64Array(MOST_QUARTERS + 1);
  let sum = compulsory;
  for (let quarter = MOST_QUARTERS; quarter >= 0; quarter--) {
    if (quarter < MOST_QUARTERS) sum += byDistance[quarter]!;
    misses[quarter] = Math.min(sum, accesses);
  }
  misses[0] = accesses;
  return misses;
}

/**
 * The curve at sizes of 1 and 1.25, 1.5, 1.75 times a power of two (fewer of them where it is long), to the size that misses first accesses only.
 * The sum of sampled misses is held against all accesses, which is SHARDS_adj: hot blocks that the sample lacks or has too often hardly matter.
 */
export function missPoints(curve: MissCurve, weight: number): MissPoint[] {
  const misses = missesByQuarter(curve);
  const last = curve.mostDistance < 0 ? 1 : quarterOf(curve.mostDistance) + 1;
  const step = [1, 2, 4].find((each) => last / each <= MOST_POINTS) ?? 4;
  const points: MissPoint[] = [];
  for (let quarter = 1; ; quarter += step) {
    const cacheBlocks = quarterEdge(quarter);
    if (!Number.isInteger(cacheBlocks)) continue;
    points.push({ cacheBlocks, misses: misses[quarter]!, error: errorAt(curve, misses, quarter, weight) });
    if (cacheBlocks > curve.mostDistance) return points;
  }
}

/** Which blocks are in the sample, and how far it is off in telling distances, are taken as independent. */
function errorAt(curve: MissCurve, misses: Float64Array, quarter: number, weight: number): number {
  if (weight === 1) return 0;
  const cacheBlocks = quarterEdge(quarter);
  const distanceError = Math.sqrt((weight - 1) / cacheBlocks);
  const smaller = missesAt(misses, cacheBlocks * (1 - distanceError));
  const larger = missesAt(misses, cacheBlocks * (1 + distanceError));
  return Math.min(Math.hypot(errorOfMisses(curve, quarter), (smaller - larger) / 2), curve.accesses);
}

function missesAt(misses: Float64Array, cacheBlocks: number): number {
  if (cacheBlocks < 1) return misses[0]!;
  const quarter = quarterOf(cacheBlocks);
  const from = quarterEdge(quarter);
  const share = (cacheBlocks - from) / (quarterEdge(quarter + 1) - from);
  return misses[quarter]! + share * (misses[quarter + 1]! - misses[quarter]!);
}

function errorOfMisses({ groups }: MissCurve, quarter: number): number {
  if (groups.length === 0) return 0;
  const sums = new Float64Array(GROUPS);
  for (let place = quarter; place <= MOST_QUARTERS; place++)
    for (let group = 0; group < GROUPS; group++) sums[group]! += groups[place * GROUPS + group]!;
  return standardError(sums);
}
