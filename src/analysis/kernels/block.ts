import { bucketOf, bucketOfHalf, HIGH_HALF } from "./buckets.ts";
import {
  addToSum,
  FIRST_BUCKET,
  histogramCount,
  LOW,
  type LogHistogram,
  startLogHistogram,
  takeFacts,
} from "./logHistogram.ts";

/*
 * A block: a group for each of some rows, and one number for each, sorted by group. What all rows of a group change in
 * their histogram is held in variables meanwhile. There is one block for all, and nothing is kept in it: whoever has it
 * says the groups, sorts it, says the numbers, once or several times, adds them, and goes on. Its arrays are constants of this file, because the engine then knows where they
 * are: it would look up the place and the length of any other array at each access.
 */

/** The most rows of a block. */
export const BLOCK_ROWS = 4096;
/** The most groups. */
const MOST_GROUPS = 1024;

const groupOf = new Uint16Array(BLOCK_ROWS);
/** By row: the place of its number. */
const placeOf = new Uint16Array(BLOCK_ROWS);
/** Those of group g end before place `ends[g]`, where those of the next one begin. */
const numbers = new Float64Array(BLOCK_ROWS);
const halves = new Int32Array(numbers.buffer);
const ends = new Uint32Array(MOST_GROUPS);
// Constants of this file, too: imported ones are looked up.
const HIGH = HIGH_HALF;
const FIRST = FIRST_BUCKET;
const LOW_SUM = LOW;

/** Says the group of a row. */
export function putGroup(row: number, group: number): void {
  groupOf[row] = group;
}

/** Says the number of a row, which is sorted: from 0 to 2^53, or NaN where there is none. */
export function putNumber(row: number, number: number): void {
  numbers[placeOf[row]!] = number;
}

/**
 * Says the numbers of all rows: `to − from` in the chosen places, from `first` on; where time ran backwards, there is none.
 * Whether there is any.
 */
export function putDurations(
  from: Float64Array,
  to: Float64Array,
  places: Uint32Array,
  first: number,
  rowCount: number,
): boolean {
  let known = 0;
  for (let row = 0; row < rowCount; row++) {
    const i = places[first + row]!;
    const duration = to[i]! - from[i]!;
    if (duration >= 0) {
      numbers[placeOf[row]!] = duration;
      known++;
    } else numbers[placeOf[row]!] = Number.NaN;
  }
  return known > 0;
}

/** Whether any of the chosen times is known. */
export function isRecorded(times: Float64Array, places: Uint32Array, first: number, count: number): boolean {
  for (let row = 0; row < count; row++) if (!Number.isNaN(times[places[first + row]!]!)) return true;
  return false;
}

/** Sorts the rows by their groups, which are below `groups`; those of a group stay in their order. */
export function sortBlock(groups: number, rowCount: number): void {
  for (let group = 0; group < groups; group++) ends[group] = 0;
  for (let row = 0; row < rowCount; row++) ends[groupOf[row]!]!++;
  let before = 0;
  for (let group = 0; group < groups; group++) {
    const count = ends[group]!;
    ends[group] = before;
    before += count;
  }
  for (let row = 0; row < rowCount; row++) placeOf[row] = ends[groupOf[row]!]!++;
}

/** All rows in group 0, in their order. */
export function leaveInOrder(rowCount: number): void {
  for (let row = 0; row < rowCount; row++) placeOf[row] = row;
  ends[0] = rowCount;
}

function beginOf(group: number): number {
  return group === 0 ? 0 : ends[group - 1]!;
}

export function isEmptyGroup(group: number): boolean {
  return beginOf(group) === ends[group];
}

/** Turns the numbers of a group, which are times, into those since the one before; a pair that does not increase counts as 1. Gives the last time. */
export function turnIntoGaps(group: number, previous: number): number {
  const until = ends[group]!;
  let before = previous;
  for (let k = beginOf(group); k < until; k++) {
    const time = numbers[k]!;
    const gap = time - before;
    numbers[k] = gap <= 1 ? 1 : gap;
    before = time;
  }
  return before;
}

/** Adds the numbers of each group to its own histogram, which starts with its first number. */
export function addGroups(histograms: (LogHistogram | undefined)[], groups: number): void {
  for (let group = 0; group < groups; group++) {
    if (isEmptyGroup(group)) continue;
    while (histograms.length <= group) histograms.push(undefined);
    const histogram = histograms[group] ?? startLogHistogram();
    addGroup(histogram, group);
    if (histogramCount(histogram) > 0) histograms[group] = histogram;
  }
}

/** Adds the numbers of a group's rows, in their order. */
export function addGroup(histogram: LogHistogram, group: number): void {
  const from = beginOf(group);
  const until = ends[group]!;
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  let low = histogram.values[LOW_SUM]!;
  let count = 0;
  for (let k = from; k < until; k++) {
    const number = numbers[k]!;
    if (!(number >= 0)) continue;
    count++;
    low += number;
    if (number < min) min = number;
    if (number > max) max = number;
  }
  if (count === 0) return;
  if (!takeFacts(histogram, count, min, max, low))
    for (let k = from; k < until; k++) if (numbers[k]! >= 0) addToSum(histogram.values, numbers[k]!);
  if (bucketOf(min) === bucketOf(max)) histogram.values[FIRST + bucketOf(max)]! += count;
  else addCounts(histogram.values, from, until);
}

/** There is room for all numbers; only NaN's bucket lies beyond it. */
function addCounts(values: Float64Array, from: number, until: number): void {
  for (let k = from; k < until; k++) {
    const place = FIRST + bucketOfHalf(halves[2 * k + HIGH]!);
    if (place < values.length) values[place]!++;
  }
}
