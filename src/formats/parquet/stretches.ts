import { type AsyncBuffer, type DecodedArray, type FileMetaData, parquetScan } from "hyparquet";

/** Rows are decoded so many at a time at most, where a row group has more. */
const MOST_ROWS = 1 << 20;

/** Some rows of a file, column by column. */
export interface Stretch {
  readonly length: number;
  readonly columns: ReadonlyMap<string, DecodedArray>;
}

/** The rows of a file from its first to its last, a row group at a time. */
export async function* rowStretches(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columnNames: readonly string[],
): AsyncGenerator<Stretch, void, undefined> {
  const scan = await parquetScan({ file, metadata, columns: [...columnNames], parsers: PARSERS, geoparquet: false });
  for (const { rowStart, rowEnd } of scan.ranges)
    for (let from = rowStart; from < rowEnd; from += MOST_ROWS) {
      const to = Math.min(rowEnd, from + MOST_ROWS);
      const columns = new Map<string, DecodedArray>();
      for (const column of columnNames) {
        const values = await scan.readColumn({ column, rowStart: from, rowEnd: to });
        if (values.length !== to - from) throw new Error(`column ${column} has ${values.length} of ${to - from} rows`);
        columns.set(column, values);
      }
      yield { length: to - from, columns };
    }
}

/** Times as nanoseconds since 1970, exact. */
const PARSERS = {
  timestampFromMilliseconds: (milliseconds: bigint) => milliseconds * 1_000_000n,
  timestampFromMicroseconds: (microseconds: bigint) => microseconds * 1000n,
  timestampFromNanoseconds: (nanoseconds: bigint) => nanoseconds,
};
