import { type AsyncBuffer, type FileMetaData, parquetSchema, type SchemaElement, type SchemaTree } from "hyparquet";
import { ByteNames } from "../text/byteNames.ts";
import { ChunkReader, type ChunkShape } from "./chunkReader.ts";
import type { Field, Table } from "./table.ts";

/** The texts of the file's columns; a column of texts has their places here. With more of them others take their place. */
export type Texts = readonly string[];
const MOST_TEXTS = 1 << 18;

/** The rows of a row group by their fields, NaN for null: numbers, 0 and 1, or places in the texts. */
export type PlainColumns = ReadonlyMap<Field, Float64Array>;
type RowGroup = FileMetaData["row_groups"][number];

export const TEXT_FIELDS: ReadonlySet<Field> = new Set<Field>(["op", "device", "process", "flags"]);

/** Reads the row groups of tables as blkreport writes them, without making an object of a value. */
export class PlainColumnReader {
  readonly #file: AsyncBuffer;
  readonly #columns: readonly PlainColumn[] | null;
  readonly #chunks = new ChunkReader();
  #texts: string[] = [];
  #names = this.#freshNames();
  readonly #room = new Map<Field, Float64Array>();

  constructor(file: AsyncBuffer, metadata: FileMetaData, table: Table) {
    this.#file = file;
    this.#columns = hasPlainUnits(table) ? plainColumnsOf(metadata, table) : null;
  }

  get texts(): Texts {
    return this.#texts;
  }

  /** The columns of a row group, valid until the next call; null where one is not quite as usual. */
  async read(group: RowGroup): Promise<PlainColumns | null> {
    if (this.#columns === null) return null;
    const rows = Number(group.num_rows);
    if (this.#texts.length > MOST_TEXTS) this.#names = this.#freshNames();
    const read = new Map<Field, Float64Array>();
    for (const { field, place, ...shape } of this.#columns) {
      const meta = group.columns[place]?.meta_data;
      if (meta === undefined || Number(meta.num_values) !== rows) return null;
      const from = Number(meta.dictionary_page_offset ?? meta.data_page_offset);
      const chunk = new Uint8Array(await this.#file.slice(from, from + Number(meta.total_compressed_size)));
      const into = this.#roomOf(field, rows);
      if (!this.#chunks.read(chunk, { ...shape, codec: meta.codec }, this.#names, into)) return null;
      read.set(field, into);
    }
    return read;
  }

  #freshNames(): ByteNames {
    const texts: string[] = [];
    this.#texts = texts;
    return new ByteNames((name) => texts.push(name) - 1);
  }

  #roomOf(field: Field, rows: number): Float64Array {
    let room = this.#room.get(field);
    if (room === undefined || room.length < rows) {
      room = new Float64Array(rows);
      this.#room.set(field, room);
    }
    return room.subarray(0, rows);
  }
}

/** Whether the table's numbers are nanoseconds and bytes, and count from the first request. */
function hasPlainUnits({ nameOf, zero, unitNs, offsetUnitBytes, lengthUnitBytes }: Table): boolean {
  const isNs = unitNs.time === 1 && unitNs.queue === 1 && unitNs.completed === 1;
  const isBytes = offsetUnitBytes === 1 && lengthUnitBytes === 1;
  return zero === "first request" && isNs && isBytes && nameOf.latency === undefined;
}

interface PlainColumn extends Pick<ChunkShape, "type" | "isOptional"> {
  readonly field: Field;
  /** Among the file's columns. */
  readonly place: number;
}

/** Where the fields stand; null where the file has nested columns, or one has another type than blkreport writes. */
function plainColumnsOf(metadata: FileMetaData, { nameOf }: Table): readonly PlainColumn[] | null {
  const schema = parquetSchema(metadata).children;
  if (schema.some(({ children }) => children.length > 0)) return null;
  const columns = Object.entries(nameOf).map(([field, name]) => plainColumn(schema, field as Field, name));
  return columns.includes(null) ? null : (columns as PlainColumn[]);
}

function plainColumn(schema: readonly SchemaTree[], field: Field, name: string): PlainColumn | null {
  const place = schema.findIndex(({ element }) => element.name === name);
  const { element } = schema[place]!;
  const { type, repetition_type: repetition } = element;
  if (repetition !== "REQUIRED" && repetition !== "OPTIONAL") return null;
  const expected = TEXT_FIELDS.has(field)
    ? isText(element)
    : field === "isComplete"
      ? isPlain(element, "BOOLEAN")
      : isWhole(element);
  return expected ? { field, place, type: type as ChunkShape["type"], isOptional: repetition === "OPTIONAL" } : null;
}

function isText({ type, converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return type === "BYTE_ARRAY" && (converted ?? "UTF8") === "UTF8" && (logical?.type ?? "STRING") === "STRING";
}

function isWhole(element: SchemaElement): boolean {
  return isPlain(element, "INT32") || isPlain(element, "INT64");
}

function isPlain(
  { type, converted_type: converted, logical_type: logical }: SchemaElement,
  expected: ChunkShape["type"],
): boolean {
  return type === expected && converted === undefined && logical === undefined;
}
