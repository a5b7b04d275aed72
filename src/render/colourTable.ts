import type { ColourRuns } from "./colourRuns.ts";

const MOST_COLOURS = 256;
/** So many of the most frequent colours are kept as they are; the others are chosen so that none is far from all. */
const MOST_FREQUENT = 192;

/** At most 256 colours, and by the number of every colour of a picture, the place of the one that stands for it. */
export interface ColourTable {
  readonly colours: Uint32Array;
  readonly places: Uint8Array;
}

/** A table of colours. Where a picture has more of them (edges that are smoothed), the rare ones become their nearest. */
export function colourTable({ colours, counts }: Pick<ColourRuns, "colours" | "counts">): ColourTable {
  const most = Math.min(colours.length, MOST_COLOURS);
  const chosen = largestFirst(counts).slice(0, most);
  const frequent = colours.length > most ? MOST_FREQUENT : most;
  // By the number of a colour: its place, and how far the colour there is from it.
  const places = new Uint8Array(colours.length);
  const distances = new Int32Array(colours.length).fill(0x7fff_ffff);
  for (let place = 0; place < frequent; place++) choose(chosen[place]!, place);
  if (frequent < most) {
    const sums = Int32Array.from(colours, sumOfChannels);
    const order = largestFirst(sums);
    nearestFrequent(sums, order);
    const positions = ranks(order);
    for (let place = frequent; place < most; place++) {
      chosen[place] = farthest(distances);
      approach(chosen[place]!, place, sums, order, positions);
    }
  }
  return { colours: chosen.map((number) => colours[number]!), places };

  function choose(number: number, place: number): void {
    places[number] = place;
    distances[number] = 0;
  }

  /** Gives every colour the nearest of the frequent ones, which it looks for on both sides of it in the order of sums. */
  function nearestFrequent(sums: Int32Array, order: Uint32Array): void {
    const kept = order.filter((number) => distances[number] === 0);
    let after = 0;
    for (const number of order) {
      if (number === kept[after]) {
        after++;
        continue;
      }
      for (let i = after; i < kept.length && mayBeNearer(number, kept[i]!, sums); i++) offer(number, kept[i]!);
      for (let i = after - 1; i >= 0 && mayBeNearer(number, kept[i]!, sums); i--) offer(number, kept[i]!);
    }
  }

  /** Tells the colours around one that it is chosen: none is farther from its own than this one was. */
  function approach(number: number, place: number, sums: Int32Array, order: Uint32Array, positions: Uint32Array) {
    const reach = SUM_PER_DISTANCE * Math.sqrt(distances[number]!);
    const least = sums[number]! - reach;
    const largest = sums[number]! + reach;
    choose(number, place);
    const at = positions[number]!;
    for (let i = at + 1; i < order.length && sums[order[i]!]! > least; i++) offer(order[i]!, number);
    for (let i = at - 1; i >= 0 && sums[order[i]!]! < largest; i--) offer(order[i]!, number);
  }

  function mayBeNearer(number: number, other: number, sums: Int32Array): boolean {
    const apart = (sums[number]! - sums[other]!) / SUM_PER_DISTANCE;
    return apart * apart <= distances[number]!;
  }

  /** Of two that are as near, the first in the table stands for a colour. */
  function offer(number: number, other: number): void {
    const distance = distanceOf(colours[number]!, colours[other]!);
    const place = places[other]!;
    if (distance > distances[number]! || (distance === distances[number]! && place > places[number]!)) return;
    distances[number] = distance;
    places[number] = place;
  }
}

/** Sums of four channels are at most so many times as far apart as their colours. */
const SUM_PER_DISTANCE = 2;

function sumOfChannels(colour: number): number {
  return (colour & 255) + ((colour >>> 8) & 255) + ((colour >>> 16) & 255) + (colour >>> 24);
}

/** The square of how far two colours are apart. */
function distanceOf(a: number, b: number): number {
  const first = (a & 255) - (b & 255);
  const second = ((a >>> 8) & 255) - ((b >>> 8) & 255);
  const third = ((a >>> 16) & 255) - ((b >>> 16) & 255);
  const fourth = (a >>> 24) - (b >>> 24);
  return first * first + second * second + third * third + fourth * fourth;
}

function farthest(distances: Int32Array): number {
  let found = 0;
  for (let i = 1; i < distances.length; i++) if (distances[i]! > distances[found]!) found = i;
  return found;
}

/** The numbers of values, that of the largest first, of equal ones in their order: without a function that compares, sorting is native. */
function largestFirst(values: Float64Array | Int32Array): Uint32Array<ArrayBuffer> {
  const { length } = values;
  const keys = new Float64Array(length);
  for (let i = 0; i < length; i++) keys[i] = values[i]! * length + (length - 1 - i);
  keys.sort();
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const key = keys[length - 1 - i]!;
    order[i] = length - 1 - (key - Math.floor(key / length) * length);
  }
  return order;
}

/** By number, its place in an order. */
function ranks(order: Uint32Array): Uint32Array {
  const places = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) places[order[place]!] = place;
  return places;
}
