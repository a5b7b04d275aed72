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
  const chosen = new Uint32Array(most);
  const places = new Uint8Array(colours.length);
  const distances = new Int32Array(colours.length).fill(0x7fff_ffff);
  const byCount = Array.from(colours.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  for (let place = 0; place < most; place++) {
    const isFrequent = place < MOST_FREQUENT || colours.length <= MOST_COLOURS;
    chosen[place] = colours[isFrequent ? byCount[place]! : farthest(distances)]!;
    approach(colours, chosen[place]!, place, places, distances);
  }
  return { colours: chosen, places };
}

function farthest(distances: Int32Array): number {
  let found = 0;
  for (let i = 1; i < distances.length; i++) if (distances[i]! > distances[found]!) found = i;
  return found;
}

/** Tells every colour of one that is chosen. */
function approach(
  colours: Uint32Array,
  colour: number,
  place: number,
  places: Uint8Array,
  distances: Int32Array,
): void {
  for (let i = 0; i < colours.length; i++) {
    const distance = distanceOf(colours[i]!, colour);
    if (distance >= distances[i]!) continue;
    distances[i] = distance;
    places[i] = place;
  }
}

function distanceOf(a: number, b: number): number {
  const first = (a & 255) - (b & 255);
  const second = ((a >>> 8) & 255) - ((b >>> 8) & 255);
  const third = ((a >>> 16) & 255) - ((b >>> 16) & 255);
  const fourth = (a >>> 24) - (b >>> 24);
  return first * first + second * second + third * third + fourth * fourth;
}
