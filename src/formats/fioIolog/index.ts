/*
 * Written by fio --write_iolog=…, version 2 until fio 3.30 and version 3 since:
 * https://github.com/axboe/fio/blob/002db503a5c21146266c92bc4911b6a5ec9b5d5d/iolog.c
 *
 *     fio version 3 iolog
 *     40 /dev/vdb add
 *     353 /dev/vdb open
 *     356 /dev/vdb read 0 16384
 *
 * Version 3 leads each line with microseconds since the log was opened; version 2 does not, and has
 * `/dev/vdb wait 1000 0` besides, of which fio's manual says microseconds and fio's code milliseconds since its own start.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { headLines } from "../text/headLines.ts";
import { readLines } from "../text/readLines.ts";
import { carries, guide } from "./guide.ts";
import { FioIologReader } from "./reader.ts";

/** Logs of what a fio job sent. */
export const fioIolog = {
  id: "fioIolog",
  title: "fio iolog",
  carries,
  reads: [],
  guide,
  detect: detectFioIolog,
  read: readFioIolog,
} as const satisfies Format;

function detectFioIolog(head: Head): Detection {
  const [first = ""] = headLines(head);
  const match = /^fio version \d+ iolog\s*$/.test(first);
  return {
    match,
    reason: match ? `the first line is "${first.trim()}"` : 'the first line is not "fio version 3 iolog"',
  };
}

async function readFioIolog(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  const reader = new FioIologReader(out);
  await readLines(inputs, out, (line) => reader.read(line), reader.plain);
  reader.finish();
}
