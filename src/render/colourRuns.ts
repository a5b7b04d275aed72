/** Neighbouring pixels of one colour, row by row. */
export interface ColourRuns {
  /** As 32-bit words of four channels in the order of bytes, by their number, which tells the order in which they first appear. */
  readonly colours: Uint32Array;
  /** Pixels of each colour. */
  readonly counts: Float64Array;
  /** By row, its first run, and the end of the last one; a row without runs is the same as the one above. */
  readonly rowStarts: Uint32Array;
  /** By run, the column after its last one, and the number of its colour. */
  readonly ends: Uint32Array;
  readonly numbers: Uint32Array;
}

const RUNS_AT_FIRST = 65_536;

/** By some bits of a colour's hash, the one that was looked up last, and its number: asking a map takes several times as long. */
const RECENT_BITS = 12;
const recentColours = new Int32Array(1 << RECENT_BITS);
const recentNumbers = new Int32Array(1 << RECENT_BITS);

/** Few pixels are looked up: half of the rows of a chart are the same as the one above, and neighbours mostly have one colour. */
export function colourRuns(rgba: Uint8Array, widthPx: number, heightPx: number): ColourRuns {
  const bytes = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  const words = new Int32Array(rgba.buffer, rgba.byteOffset, widthPx * heightPx);
  const rowBytes = 4 * widthPx;
  const known = new Map<number, number>();
  recentNumbers.fill(-1);
  const counts: number[] = [];
  const rowStarts = new Uint32Array(heightPx + 1);
  let ends = new Uint32Array(RUNS_AT_FIRST);
  let numbers = new Uint32Array(RUNS_AT_FIRST);
  let runs = 0;
  let rowsAlike = 1;
  for (let y = 0; y < heightPx; y += rowsAlike) {
    rowsAlike = 1;
    const rowAt = y * rowBytes;
    while (y + rowsAlike < heightPx && isSameRow(bytes, rowAt, rowAt + rowsAlike * rowBytes, rowBytes)) rowsAlike++;
    ends = withRoom(ends, runs + widthPx);
    numbers = withRoom(numbers, runs + widthPx);
    const start = y * widthPx;
    const end = start + widthPx;
    for (let at = start; at < end; runs++) {
      const first = at;
      const colour = words[at]!;
      for (at++; at < end && words[at] === colour; ) at++;
      const number = numberOf(colour);
      ends[runs] = at - start;
      numbers[runs] = number;
      counts[number]! += (at - first) * rowsAlike;
    }
    rowStarts.fill(runs, y + 1, y + rowsAlike + 1);
  }
  const colours = Uint32Array.from(known.keys());
  return { colours, counts: Float64Array.from(counts), rowStarts, ends, numbers };

  function numberOf(key: number): number {
    const slot = Math.imul(key, 0x9e37_79b1) >>> (32 - RECENT_BITS);
    if (recentColours[slot] === key && recentNumbers[slot]! >= 0) return recentNumbers[slot]!;
    const number = known.get(key) ?? counts.push(0) - 1;
    known.set(key, number);
    recentColours[slot] = key;
    recentNumbers[slot] = number;
    return number;
  }
}

/** An array for each pixel would be a hundred times as large as what is written, and cost more than looking colours up. */
function withRoom(array: Uint32Array<ArrayBuffer>, least: number): Uint32Array<ArrayBuffer> {
  if (least <= array.length) return array;
  const larger = new Uint32Array(2 * least);
  larger.set(array);
  return larger;
}

function isSameRow(bytes: Buffer, a: number, b: number, length: number): boolean {
  return bytes.compare(bytes, a, a + length, b, b + length) === 0;
}
