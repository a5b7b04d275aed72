import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { FACTS_KEY, factsText, NOT_IN_ROWS } from "../../formats/parquet/facts.ts";
import { COLUMNS } from "../../formats/parquet/layout.ts";
import type { Rows } from "../rows.ts";
import { deviceLabels, type Source } from "../source.ts";
import type { Target, Writer } from "../target.ts";
import { addCells, type Cells, emptyCells } from "./cells.ts";
import { FileMarks } from "./fileMarks.ts";

const ROW_GROUP_ROWS = 1 << 17;

/** A table of requests with the types of src/formats/parquet/layout.ts, for pandas, DuckDB, Arrow and back again. */
export const parquet = {
  id: "parquet",
  title: "parquet",
  suffix: ".parquet",
  binary: true,
  oneDevice: false,
  carries: ["clock", "completion", "queue", "merges", "process", "flags", "error"],
  marks: true,
  completions: true,
  writer: parquetWriter,
} as const satisfies Target;

function parquetWriter(source: Source): Writer {
  const labels = deviceLabels(source.devices);
  const marks = new FileMarks(source);
  const file = new ByteWriter();
  const writer = new ParquetWriter({ writer: file, schema: schema(), createdBy: "blkreport" });
  let group: Cells = emptyCells();

  const closeGroup = (): void => {
    const columnData = COLUMNS.map(({ name }) => ({ name, data: group[name] }));
    if (group.op.length > 0) writer.write({ columnData, rowGroupSize: ROW_GROUP_ROWS });
    group = emptyCells();
  };
  const facts = (): string =>
    factsText({
      startUnixNs: source.startUnixNs,
      recorded: { ...source.recorded, ...NOT_IN_ROWS },
      devices: source.selected.map((index) => ({ label: labels[index]!, ...source.devices[index]! })),
      ...marks.placed(),
    });
  return {
    add(rows: Rows) {
      marks.pass(rows);
      for (let from = 0; from < rows.length; ) {
        const to = Math.min(rows.length, from + ROW_GROUP_ROWS - group.op.length);
        addCells(group, rows, from, to, source, labels);
        if (group.op.length === ROW_GROUP_ROWS) closeGroup();
        from = to;
      }
      return taken(file);
    },
    finish() {
      closeGroup();
      if (writer.row_groups.length === 0) writer.row_groups.push(emptyGroup(writer.schema));
      writer.kvMetadata = [{ key: FACTS_KEY, value: facts() }];
      writer.finish();
      return taken(file);
    },
    leftOut: () => 0,
    notes: () => [],
  };
}

function schema(): ParquetWriter["schema"] {
  const columns = COLUMNS.map(({ name, type, nullable }) => ({
    name,
    repetition_type: nullable ? ("OPTIONAL" as const) : ("REQUIRED" as const),
    ...(type === "STRING"
      ? { type: "BYTE_ARRAY" as const, converted_type: "UTF8" as const, logical_type: { type: "STRING" as const } }
      : { type }),
  }));
  return [{ name: "requests", num_children: columns.length }, ...columns];
}

/** hyparquet-writer writes an empty list of row groups with a type that other readers refuse: a group of no rows is well. */
function emptyGroup([, ...columns]: ParquetWriter["schema"]): ParquetWriter["row_groups"][number] {
  const nothing = { num_values: 0n, total_uncompressed_size: 0n, total_compressed_size: 0n, data_page_offset: 4n };
  return {
    columns: columns.map(({ name, type }) => ({
      file_offset: 4n,
      meta_data: { type: type!, encodings: ["PLAIN"], path_in_schema: [name], codec: "UNCOMPRESSED", ...nothing },
    })),
    total_byte_size: 0n,
    num_rows: 0n,
  };
}

/** What was written since the last call; the writer goes on counting from the file's start. */
function taken(file: ByteWriter): Uint8Array {
  const bytes = file.getBytes().slice();
  file.index = 0;
  return bytes;
}
