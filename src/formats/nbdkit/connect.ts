import { word } from "../text/cursor.ts";
import type { Line } from "../text/line.ts";

const EXPORT = word("export=");
const SIZE = word("size=0x");
const MIN_SIZE = word("minsize=0x");
const ROTATIONAL = word("rotational=1");
const QUOTE = 34;
const BACKSLASH = 92;

/** What a client learns when it connects to an export. */
export interface Connect {
  readonly exportName: string;
  /** NaN where the line does not say. */
  readonly sizeBytes: number;
  /** The smallest request, 0 where the plugin does not say. */
  readonly minimumBytes: number;
  /** nbdkit writes rotational=0 also where the plugin does not say. */
  readonly rotational: boolean;
}

/** Reads what follows `Connect`, in any version's choice of fields. */
export function readConnect(line: Line): Connect {
  let exportName = "";
  let sizeBytes = Number.NaN;
  let minimumBytes = 0;
  let rotational = false;
  while (!line.atEnd()) {
    if (line.takes(EXPORT)) exportName = shellWord(line);
    else if (line.takes(SIZE)) sizeBytes = exactSize(line);
    else if (line.takes(MIN_SIZE)) minimumBytes = line.hex();
    else if (line.takes(ROTATIONAL)) rotational = true;
    line.at = line.fieldEnd();
  }
  return { exportName, sizeBytes, minimumBytes, rotational };
}

function exactSize(line: Line): number {
  const from = line.at;
  const sizeBytes = line.hex();
  if (sizeBytes === Number.POSITIVE_INFINITY)
    throw line.inexact(`size of the export ${line.quotedField(from - SIZE.length)}`);
  return sizeBytes;
}

/** Names of other than plain letters are in double quotes, with \ before $ ` " and \. */
function shellWord(line: Line): string {
  if (!line.takesByte(QUOTE)) return line.text(line.fieldEnd());
  const to = closingQuote(line);
  const quoted = line.text(to);
  line.at = Math.min(to + 1, line.end);
  return quoted.replaceAll(/\\(.)/gs, "$1");
}

/** Where the quote that was opened is closed, or the end of the line. */
function closingQuote({ bytes, at: start, end }: Line): number {
  let at = start;
  while (at < end && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return Math.min(at, end);
}
