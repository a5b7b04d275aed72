/*
 * Written by `blkreport convert --to parquet` (src/convert/parquet/, columns in layout.ts), or by pandas, DuckDB, Arrow …
 * from any table of requests. The file format: https://github.com/apache/parquet-format/blob/apache-parquet-format-2.11.0/README.md
 *
 *     50 41 52 31 …  row groups of column chunks, then the footer: schema, places of the chunks, metadata …  50 41 52 31
 *
 * "PAR1" stands at both ends, and a reader begins at the end.
 */

import { parquetMetadataAsync } from "hyparquet";
import type { TraceBuilder } from "../../model/builder.ts";
import { TraceError } from "../../model/errors.ts";
import type { Detection, Format, Head, ReadHints, TraceInput } from "../../model/format.ts";
import { FACTS_KEY, readFacts } from "./facts.ts";
import { assertEnd, asyncBuffer } from "./file.ts";
import { carries, guide } from "./guide.ts";
import { Marks } from "./marks.ts";
import { RequestRows } from "./requestRows.ts";
import { rowStretches } from "./stretches.ts";
import { tableOf } from "./table.ts";

/** What hyparquet's messages begin with; others are the engine's. */
const OWN_WORD = "parquet ";
const MAGIC = [0x50, 0x41, 0x52, 0x31];

/** Tables of requests in Apache Parquet. */
export const parquet = {
  id: "parquet",
  title: "Apache Parquet",
  carries,
  reads: ["columns", "units.time", "units.latency", "units.offsetBytes", "units.lengthBytes", "ops"],
  guide,
  detect: detectParquet,
  read: readParquet,
} as const satisfies Format;

function detectParquet({ bytes }: Head): Detection {
  const match = MAGIC.every((byte, i) => bytes[i] === byte);
  return { match, reason: match ? 'it begins with "PAR1"' : 'it does not begin with "PAR1"' };
}

async function readParquet([input]: readonly TraceInput[], out: TraceBuilder, hints: ReadHints): Promise<void> {
  const file = await asyncBuffer(input!);
  await assertEnd(file, input!.name);
  const metadata = await understood(input!.name, () => parquetMetadataAsync(file, { geoparquet: false }));
  const said = metadata.key_value_metadata?.find(({ key }) => key === FACTS_KEY)?.value;
  const facts = said === undefined ? null : readFacts(said, input!.name);
  const table = tableOf(metadata, hints, input!.name);
  const marks = new Marks(facts, out);
  const rows = new RequestRows(out, table, facts, marks, input!.name);
  const stretches = rowStretches(file, metadata, table);
  for (;;) {
    const next = await understood(input!.name, () => stretches.next());
    if (next.done) break;
    rows.add(next.value);
  }
  rows.finish();
}

/** Gives what hyparquet gives; what it cannot read is a broken file. */
async function understood<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TraceError) throw error;
    const { message } = error as Error;
    const codec = /compression codec: (\w+)/.exec(message)?.[1];
    if (codec !== undefined)
      throw new TraceError(
        { file },
        "unsupported",
        `compression ${codec}`,
        "write the file again with snappy compression",
        {
          cause: error,
        },
      );
    const isSaid = message.startsWith(OWN_WORD) && !message.includes("undefined");
    const what = isSaid ? `content: ${message.slice(OWN_WORD.length)}` : "content";
    const cure = "it is damaged: get it again from where it came";
    throw new TraceError({ file }, "invalid", what, cure, { cause: error });
  }
}
