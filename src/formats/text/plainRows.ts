import type { PlainLines } from "./readLines.ts";

const LINE_FEED = 10;

/** Reads the line that begins there and has a line feed; gives where that is, or -1 where the line is not as usual. */
type RowReader = (bytes: Uint8Array, from: number) => number;

/** Reads rows of the usual shape, many in one call. */
export class PlainRows implements PlainLines {
  lines = 0;
  readonly #readRow: RowReader;

  constructor(readRow: RowReader) {
    this.#readRow = readRow;
  }

  /** Hot: since there is a last line feed, nothing has to look for the end of the bytes. */
  read(bytes: Uint8Array, from: number, end: number): number {
    const last = end > from ? bytes.lastIndexOf(LINE_FEED, end - 1) : -1;
    let at = from;
    let lines = 0;
    while (at <= last) {
      const lineFeed = this.#readRow(bytes, at);
      if (lineFeed < 0) break;
      at = lineFeed + 1;
      lines++;
    }
    this.lines = lines;
    return at;
  }
}
