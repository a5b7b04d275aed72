import type { CompressionCodec, PageHeader } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import type { ByteNames } from "../text/byteNames.ts";
import { readHybrid } from "./hybrid.ts";
import { readPlain } from "./plainValues.ts";

/** How the values of a column chunk are written. */
export interface ChunkShape {
  readonly type: "BOOLEAN" | "INT32" | "INT64" | "BYTE_ARRAY";
  readonly codec: CompressionCodec;
  readonly isOptional: boolean;
}

/** A page of values, without what its header says. */
interface Page {
  readonly count: number;
  readonly encoding: string;
  /** Which rows have a value; null where all have. */
  readonly levels: Uint8Array | null;
  readonly values: Uint8Array;
}

/** Reads column chunks of the usual types and encodings into numbers. */
export class ChunkReader {
  /** Levels, and places in a dictionary: room for those of a page. */
  #scratch = new Int32Array(0);

  /**
   * Fills `into` with the chunk's values, NaN for null and the number of its name for a text; gives false where it is
   * not quite as usual.
   */
  read(chunk: Uint8Array, shape: ChunkShape, names: ByteNames, into: Float64Array): boolean {
    const reader = { view: new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength), offset: 0 };
    let dictionary = new Float64Array(0);
    let row = 0;
    while (row < into.length) {
      if (reader.offset >= chunk.length) return false;
      const header = parquetHeader(reader);
      const body = chunk.subarray(reader.offset, reader.offset + header.compressed_page_size);
      reader.offset += header.compressed_page_size;
      if (header.dictionary_page_header !== undefined) {
        const values = decompressPage(body, header.uncompressed_page_size, shape.codec, undefined);
        // Each value has a byte at least.
        if (header.dictionary_page_header.num_values > values.length) return false;
        dictionary = new Float64Array(header.dictionary_page_header.num_values);
        if (!readPlain(values, shape.type, names, dictionary, dictionary.length)) return false;
        continue;
      }
      const page = dataPage(header, body, shape);
      if (page === null || page.count > into.length - row) return false;
      if (!this.#readPage(page, shape, names, dictionary, into.subarray(row, row + page.count))) return false;
      row += page.count;
    }
    return true;
  }

  #readPage(
    { count, encoding, levels, values }: Page,
    { type }: ChunkShape,
    names: ByteNames,
    dictionary: Float64Array,
    into: Float64Array,
  ): boolean {
    if (this.#scratch.length < count) this.#scratch = new Int32Array(count);
    const scratch = this.#scratch;
    let present = count;
    if (levels !== null) {
      if (!readHybrid(levels, 0, levels.length, 1, scratch, count)) return false;
      present = 0;
      for (let i = 0; i < count; i++) present += scratch[i]!;
    }
    const nulls = present < count && present > 0 ? scratch.slice(0, count) : null;
    if (present > 0 && !this.#readValues(encoding, values, type, names, dictionary, into, present)) return false;
    if (present === 0) into.fill(Number.NaN);
    else if (nulls !== null) spread(into, nulls, present);
    return true;
  }

  #readValues(
    encoding: string,
    values: Uint8Array,
    type: ChunkShape["type"],
    names: ByteNames,
    dictionary: Float64Array,
    into: Float64Array,
    count: number,
  ): boolean {
    if (encoding === "PLAIN") return readPlain(values, type, names, into, count);
    const scratch = this.#scratch;
    if (encoding === "RLE" && type === "BOOLEAN") {
      // Its length stands before it.
      if (!readHybrid(values, 4, values.length, 1, scratch, count)) return false;
      for (let i = 0; i < count; i++) into[i] = scratch[i]!;
      return true;
    }
    if (!encoding.endsWith("_DICTIONARY") || values.length === 0) return false;
    const width = values[0]!;
    if (width === 0) scratch.fill(0, 0, count);
    else if (!readHybrid(values, 1, values.length, width, scratch, count)) return false;
    for (let i = 0; i < count; i++) {
      const place = scratch[i]!;
      if (place >= dictionary.length) return false;
      into[i] = dictionary[place]!;
    }
    return true;
  }
}

/** Takes a data page of either version apart; null where it is none, or repeats values. */
function dataPage(header: PageHeader, body: Uint8Array, { codec, isOptional }: ChunkShape): Page | null {
  const { data_page_header: first, data_page_header_v2: second, uncompressed_page_size: pageBytes } = header;
  if (first !== undefined) {
    const page = decompressPage(body, pageBytes, codec, undefined);
    const { num_values: count, encoding } = first;
    if (!isOptional) return { count, encoding, levels: null, values: page };
    if (page.length < 4) return null;
    const to = 4 + new DataView(page.buffer, page.byteOffset).getUint32(0, true);
    return { count, encoding, levels: page.subarray(4, to), values: page.subarray(to) };
  }
  if (second === undefined || second.repetition_levels_byte_length > 0) return null;
  const { num_values: count, encoding, definition_levels_byte_length: levelBytes } = second;
  const rest = body.subarray(levelBytes);
  const values = second.is_compressed === false ? rest : decompressPage(rest, pageBytes - levelBytes, codec, undefined);
  return { count, encoding, levels: isOptional ? body.subarray(0, levelBytes) : null, values };
}

/** Moves the values, which stand at the front, to the rows that have one, and puts NaN into the others. */
function spread(into: Float64Array, levels: Int32Array, present: number): void {
  let from = present;
  for (let row = levels.length - 1; row >= 0; row--) into[row] = levels[row] === 1 ? into[--from]! : Number.NaN;
}
