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

/** Few pixels are looked up: half of the rows of a chart are the same as the one above, and neighbours mostly have one colour. */
export function colourRuns(rgba: Uint8Array, widthPx: number, heightPx: number): ColourRuns {
  const bytes = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  const words = new Uint32Array(rgba.buffer, rgba.byteOffset, widthPx * heightPx);
  const rowBytes = 4 * widthPx;
  const known = new Map<number, number>();
  const counts: number[] = [];
  const rowStarts = new Uint32Array(heightPx + 1);
  let ends = new Uint32Array(RUNS_AT_FIRST);
  let numbers = new Uint32Array(RUNS_AT_FIRST);
  let runs = 0;
  let rowsAlike = 1;
  for (let y = 0; y < heightPx; y += rowsAlike) {
    const firstRun = runs;
    ends = withRoom(ends, runs + widthPx);
    numbers = withRoom(numbers, runs + widthPx);
    const start = y * widthPx;
    const end = start + widthPx;
    for (let at = start; at < end; runs++) {
      const colour = words[at]!;
      for (at++; at < end && words[at] === colour; ) at++;
      ends[runs] = at - start;
      numbers[runs] = numberOf(colour);
    }
    rowsAlike = 1;
    const rowAt = y * rowBytes;
    while (y + rowsAlike < heightPx && isSameRow(bytes, rowAt, rowAt + rowsAlike * rowBytes, rowBytes)) rowsAlike++;
    rowStarts.fill(runs, y + 1, y + rowsAlike + 1);
    for (let run = firstRun, from = 0; run < runs; from = ends[run++]!)
      counts[numbers[run]!]! += (ends[run]! - from) * rowsAlike;
  }
  const colours = Uint32Array.from(known.keys());
  return { colours, counts: Float64Array.from(counts), rowStarts, ends, numbers };

  function numberOf(colour: number): number {
    // As a signed number it needs no memory of its own.
    const key = colour | 0;
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, counts.length);
    return counts.push(0) - 1;
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
