import { endianness } from "node:os";

/** Neighbouring pixels of one colour, row by row. */
export interface ColourRuns {
  readonly widthPx: number;
  readonly heightPx: number;
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

/** Finds the runs of a picture whose rows come in one piece or in several. */
export interface RunsFinder {
  /** The next rows, four channels of a byte for each pixel. */
  add(rgba: Uint8Array): void;
  /** What was found, when all rows have come. */
  end(): ColourRuns;
}

/** Few pixels are looked up: half of the rows of a chart are the same as the one above, and neighbours mostly have one colour. */
export function findRuns(widthPx: number, heightPx: number): RunsFinder {
  const rowBytes = 4 * widthPx;
  const known = new Map<number, number>();
  const rowStarts = new Uint32Array(heightPx + 1);
  let ends = new Uint32Array(RUNS_AT_FIRST);
  let numbers = new Uint32Array(RUNS_AT_FIRST);
  let runs = 0;
  let rows = 0;
  let above = Buffer.alloc(0);
  return {
    add(rgba) {
      const bytes = inOurOrder(rgba);
      const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
      // Since the last piece there may have been another picture's.
      recentNumbers.fill(-1);
      for (let at = 0; at < bytes.length; at += rowBytes) {
        const isNew =
          at === 0 ? !above.equals(bytes.subarray(0, rowBytes)) : !isSameRow(bytes, at - rowBytes, at, rowBytes);
        if (isNew) addRow(words, at / 4);
        rowStarts[++rows] = runs;
      }
      above = Buffer.from(bytes.subarray(bytes.length - rowBytes));
    },
    end() {
      const colours = Uint32Array.from(known.keys());
      const ofRuns = { ends: ends.subarray(0, runs), numbers: numbers.subarray(0, runs) };
      const found = { widthPx, heightPx, colours, rowStarts, ...ofRuns };
      return { ...found, counts: countsOf(found) };
    },
  };

  function addRow(words: Int32Array, start: number): void {
    const end = start + widthPx;
    ends = withRoom(ends, runs + widthPx);
    numbers = withRoom(numbers, runs + widthPx);
    const [ownEnds, ownNumbers] = [ends, numbers];
    let run = runs;
    for (let at = start; at < end; run++) {
      const colour = words[at]!;
      for (at++; at < end && words[at] === colour; ) at++;
      ownEnds[run] = at - start;
      ownNumbers[run] = numberOf(colour);
    }
    runs = run;
  }

  function numberOf(key: number): number {
    const slot = Math.imul(key, 0x9e37_79b1) >>> (32 - RECENT_BITS);
    if (recentColours[slot] === key && recentNumbers[slot]! >= 0) return recentNumbers[slot]!;
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    recentColours[slot] = key;
    recentNumbers[slot] = number;
    return number;
  }
}

/** Aligned, with red in the lowest byte of each word, on any machine. */
function inOurOrder(rgba: Uint8Array): Buffer {
  if (endianness() === "BE") return Buffer.from(rgba).swap32();
  const aligned = rgba.byteOffset % 4 === 0 ? rgba : rgba.slice();
  return Buffer.from(aligned.buffer, aligned.byteOffset, aligned.byteLength);
}

function countsOf({ heightPx, colours, rowStarts, ends, numbers }: Omit<ColourRuns, "counts">): Float64Array {
  const counts = new Float64Array(colours.length);
  for (let y = 0, rowsAlike = 1; y < heightPx; y += rowsAlike, rowsAlike = 1) {
    const last = rowStarts[y + 1]!;
    while (y + rowsAlike < heightPx && rowStarts[y + rowsAlike + 1] === last) rowsAlike++;
    for (let run = rowStarts[y]!, x = 0; run < last; x = ends[run++]!)
      counts[numbers[run]!]! += (ends[run]! - x) * rowsAlike;
  }
  return counts;
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
