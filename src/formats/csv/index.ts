/*
 * Any table of requests, one a line, whose header says what its columns are, or whose side file does. What
 * `blkreport convert --to csv` writes is one:
 *
 *     op,offset_bytes,length_bytes,issue_ns,complete_ns,queue_ns,device,process,cpu,flags,error
 *     read,1024,512,0,153000,,sda,mkfs,1,sync|meta,0
 *
 * Fields are separated by commas, semicolons or tabs, and may be quoted as RFC 4180 says
 * (https://www.rfc-editor.org/rfc/rfc4180), within one line. Columns are known by names with units in them; what neither
 * header nor side file says is never guessed.
 */

import type { Detection, Format, Head, ReadHints } from "../../model/format.ts";
import { alibaba } from "../alibaba/index.ts";
import { cloudPhysicsCsv } from "../cloudPhysicsCsv/index.ts";
import { msr } from "../msr/index.ts";
import { systor17 } from "../systor17/index.ts";
import { tencentCbs } from "../tencentCbs/index.ts";
import { headLines } from "../text/headLines.ts";
import { fieldTexts } from "./dialect.ts";
import { carries, guide } from "./guide.ts";
import { type Opening, openingOf, tableOf } from "./header.ts";
import { namesRequests, opOfText, opsKey } from "./plan.ts";
import { readCsv } from "./readCsv.ts";

/** Tables whose header tells what they are: their own formats know more of them. */
const COLLECTIONS: readonly Format[] = [alibaba, cloudPhysicsCsv, msr, systor17, tencentCbs];

/** An offset and a length. */
const FEWEST_NUMBERS = 2;
const OF_BLKPARSE =
  'a table with the letters of actions; where blkparse -f made it, say its format string in the side file: "read": { "format": "blkparse", "blkparseFormat": "…" }';
const NAME_COLUMNS =
  'a table, and no header names the op, offset and length of requests; where its lines are requests, say in its side file which columns they are, from 1, and their units: "read": { "format": "csv", "columns": { "time": 1, "op": 2, "offset": 3, "length": 4 }, "units": { "time": "us", "offsetBytes": 512, "lengthBytes": 512 } }';

/** Tables whose header or side file says what their columns are. */
export const csv = {
  id: "csv",
  title: "CSV with a header",
  carries,
  reads: ["columns", "units.time", "units.latency", "units.offsetBytes", "units.lengthBytes", "ops"],
  guide,
  detect: detectCsv,
  read: readCsv,
} as const satisfies Format;

function detectCsv(head: Head, hints: ReadHints): Detection {
  const { comments, first, rows } = tableOf(headLines(head));
  if (first === undefined) return { match: false, reason: "no lines" };
  const collection = COLLECTIONS.find((format) => format.detect(head, {}).match);
  if (collection !== undefined) return { match: false, reason: `it is ${collection.title}` };
  const opening = openingOf(first, comments, hints);
  if (!isEven(opening, rows)) return { match: false, reason: "its lines do not have the same columns" };
  const needs = neededKeys(opening, opening.isRow ? [first, ...rows] : rows, hints);
  if (opening.named && namesRequests(opening.names, hints))
    return { match: true, reason: "a header that names op, offset and length", needs };
  const reason = "no header that names op, offset and length";
  const asked = hints.format === "csv" || hints.columns !== undefined;
  if (asked) return { match: false, possible: true, reason, needs };
  if (!isNumbers(opening, rows)) return { match: false, reason };
  return { match: false, reason, advice: isOfBlkparse(opening, rows) ? OF_BLKPARSE : NAME_COLUMNS };
}

/** Whether a column holds the letters of several actions, as what `blkparse -f` made does. */
function isOfBlkparse({ names, separator }: Opening, rows: readonly string[]): boolean {
  const fields = rows.map((row) => fieldTexts(row, separator));
  return names.some((_, column) => {
    const texts = new Set(fields.map((row) => row[column] ?? ""));
    return (
      texts.size > 1 &&
      [...texts].every((text) => /^[ABCDFGIMPQRSTUWX]$/.test(text)) &&
      (texts.has("Q") || texts.has("D"))
    );
  });
}

/** Whether the lines below the first hold mostly numbers, as those of requests do. */
function isNumbers({ separator }: Opening, rows: readonly string[]): boolean {
  const fields = rows.map((row) => fieldTexts(row, separator));
  const numeric = fields.filter((texts) => texts.length > 2 && texts.filter(isNumber).length >= FEWEST_NUMBERS);
  return numeric.length > 0 && numeric.length * 2 >= rows.length;
}

function isNumber(text: string): boolean {
  return /^\s*-?\d+(?:\.\d+)?\s*$/.test(text);
}

/** Whether the lines have the columns of the first one: half of them may be broken. */
function isEven({ names, separator }: Opening, rows: readonly string[]): boolean {
  const even = rows.filter((row) => fieldTexts(row, separator).length === names.length).length;
  return names.length > 1 && even * 2 >= rows.length;
}

/** What the side file has to say: of columns and units, and of ops that are codes. */
function neededKeys({ plan, separator }: Opening, rows: readonly string[], hints: ReadHints): string[] {
  const { missing, opColumn } = plan;
  const ops = opColumn === undefined ? [] : rows.map((row) => fieldTexts(row, separator)[opColumn] ?? "");
  const codes = [...new Set(ops)].filter((text) => text !== "" && opOfText(hints, text) === undefined);
  return [...(missing === null ? [] : [missing.key]), ...(codes.length === 0 ? [] : [opsKey(codes)])];
}
