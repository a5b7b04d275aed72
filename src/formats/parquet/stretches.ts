import { type AsyncBuffer, type DecodedArray, type FileMetaData, parquetScan } from "hyparquet";
import { PlainColumnReader, type PlainColumns, type Texts } from "./plainColumns.ts";
import type { Field, Table } from "./table.ts";

/** Rows are decoded so many at a time at most, where a row group has more. */
const MOST_ROWS = 1 << 20;

/** The columns of some rows, by what they hold. */
export type Cells = Readonly<Partial<Record<Field, DecodedArray>>>;

/** Some rows of a file, column by column: of plain columns, or of any. */
export type Stretch =
  | { readonly length: number; readonly plain: PlainColumns; readonly texts: Texts }
  | { readonly length: number; readonly plain: null; readonly cells: Cells };

/** The rows of a file from its first to its last, a row group at a time. */
export async function* rowStretches(
  file: AsyncBuffer,
  metadata: FileMetaData,
  table: Table,
): AsyncGenerator<Stretch, void, undefined> {
  const { columnNames, nameOf } = table;
  const scan = await parquetScan({ file, metadata, columns: [...columnNames], parsers: PARSERS, geoparquet: false });
  const plainReader = new PlainColumnReader(file, metadata, table);
  let groupEnd = 0;
  for (const group of metadata.row_groups) {
    const rowStart = groupEnd;
    groupEnd += Number(group.num_rows);
    const plain = groupEnd - rowStart <= MOST_ROWS ? await plainReader.read(group) : null;
    if (plain !== null) {
      yield { length: groupEnd - rowStart, plain, texts: plainReader.texts };
      continue;
    }
    for (let from = rowStart; from < groupEnd; from += MOST_ROWS) {
      const to = Math.min(groupEnd, from + MOST_ROWS);
      const columns = new Map<string, DecodedArray>();
      for (const column of columnNames) {
        const values = await scan.readColumn({ column, rowStart: from, rowEnd: to });
        if (values.length !== to - from) throw new Error(`column ${column} has ${values.length} of ${to - from} rows`);
        columns.set(column, values);
      }
      const cells = Object.fromEntries(Object.entries(nameOf).map(([field, name]) => [field, columns.get(name)!]));
      yield { length: to - from, plain: null, cells };
    }
  }
}

/** Times as nanoseconds since 1970, exact. */
const PARSERS = {
  timestampFromMilliseconds: (milliseconds: bigint) => milliseconds * 1_000_000n,
  timestampFromMicroseconds: (microseconds: bigint) => microseconds * 1000n,
  timestampFromNanoseconds: (nanoseconds: bigint) => nanoseconds,
};
