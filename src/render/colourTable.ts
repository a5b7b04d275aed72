const MOST_COLOURS = 256;
/** So many of the most frequent colours are kept as they are; the others are chosen so that none is far from all. */
const MOST_FREQUENT = 192;

/** The colours of a picture, as 32-bit words of four channels in the order of bytes, and where each pixel's one stands. */
interface ColourTable {
  readonly colours: Uint32Array;
  readonly indexes: Uint8Array;
}

/** A table of at most 256 colours. Where a picture has more (edges that are smoothed), the rare ones become their nearest. */
export function colourTable(pixels: Uint32Array): ColourTable {
  const { colours, counts, starts, numbers } = runsOfColours(pixels);
  const { chosen, nearest } = chooseColours(colours, counts);
  const indexes = new Uint8Array(pixels.length);
  for (let run = 0; run < numbers.length; run++) indexes.fill(nearest[numbers[run]!]!, starts[run], starts[run + 1]);
  return { colours: chosen.map((number) => colours[number]!), indexes };
}

interface RunsOfColours {
  readonly colours: Uint32Array;
  readonly counts: Float64Array;
  /** Where each run of pixels of one colour starts, and the end of the last one; the number of each one's colour. */
  readonly starts: readonly number[];
  readonly numbers: readonly number[];
}

/** Neighbours mostly have the same colour: few pixels are looked up. */
function runsOfColours(pixels: Uint32Array): RunsOfColours {
  const known = new Map<number, number>();
  const counts: number[] = [];
  const starts: number[] = [];
  const numbers: number[] = [];
  for (let start = 0, end = 0; start < pixels.length; start = end) {
    const colour = pixels[start]!;
    for (end = start + 1; end < pixels.length && pixels[end] === colour; ) end++;
    let number = known.get(colour);
    if (number === undefined) {
      number = known.size;
      known.set(colour, number);
      counts.push(0);
    }
    counts[number]! += end - start;
    starts.push(start);
    numbers.push(number);
  }
  starts.push(pixels.length);
  return { colours: Uint32Array.from(known.keys()), counts: Float64Array.from(counts), starts, numbers };
}

interface Choice {
  /** Numbers of colours. */
  readonly chosen: Uint32Array;
  /** By the number of a colour, the place in `chosen` of the one nearest to it. */
  readonly nearest: Uint8Array;
}

function chooseColours(colours: Uint32Array, counts: Float64Array): Choice {
  const most = Math.min(colours.length, MOST_COLOURS);
  const chosen = new Uint32Array(most);
  const nearest = new Uint8Array(colours.length);
  const distances = new Float64Array(colours.length).fill(Number.POSITIVE_INFINITY);
  const byCount = Array.from(colours.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
  for (let place = 0; place < most; place++) {
    const isFrequent = place < MOST_FREQUENT || colours.length <= MOST_COLOURS;
    const number = isFrequent ? byCount[place]! : farthest(distances);
    chosen[place] = number;
    approach(colours, colours[number]!, place, nearest, distances);
  }
  return { chosen, nearest };
}

function farthest(distances: Float64Array): number {
  let found = 0;
  for (let i = 1; i < distances.length; i++) if (distances[i]! > distances[found]!) found = i;
  return found;
}

/** Tells every colour of one that is chosen. */
function approach(
  colours: Uint32Array,
  colour: number,
  place: number,
  nearest: Uint8Array,
  distances: Float64Array,
): void {
  for (let i = 0; i < colours.length; i++) {
    const distance = distanceOf(colours[i]!, colour);
    if (distance >= distances[i]!) continue;
    distances[i] = distance;
    nearest[i] = place;
  }
}

function distanceOf(a: number, b: number): number {
  const first = (a & 255) - (b & 255);
  const second = ((a >>> 8) & 255) - ((b >>> 8) & 255);
  const third = ((a >>> 16) & 255) - ((b >>> 16) & 255);
  const fourth = (a >>> 24) - (b >>> 24);
  return first * first + second * second + third * third + fourth * fourth;
}
