/*
 * Written by nbdkit's log filter (logfile=…):
 * https://github.com/libguestfs/nbdkit/blob/712fe24c18df21567e566a013d92f9138666ec8c/filters/log/output.c (and log.c)
 *
 *     2026-11-22 21:45:43.290800 connection=1 Read id=1 offset=0x0 count=0x200 ...
 *     2026-11-22 21:45:43.290953 connection=1 ...Read id=1 return=0
 *
 * A request is logged when it enters the filter and when it leaves it; connection and id make the pair. Old versions
 * (1.16 and before) write `return=0 (Success)`, `return=-1 (EROFS=>EPERM)` and a Connect without an export's name.
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { headLines } from "../text/headLines.ts";
import { readLines } from "../text/readLines.ts";
import { carries, guide } from "./guide.ts";
import { NbdkitLogReader } from "./reader.ts";

const SHAPE =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}|Time unknown) (connection=\d+ )?(\.\.\.)?(Read|Write|Flush|Trim|Zero|Cache|Extents|Connect|Disconnect|Preconnect|ListExports|Ready|Fork)( |$)/;

/** Logs of nbdkit's log filter. */
export const nbdkitLog = {
  id: "nbdkitLog",
  title: "nbdkit log filter",
  carries,
  reads: [],
  guide,
  detect: detectNbdkitLog,
  read: readNbdkitLog,
} as const satisfies Format;

function detectNbdkitLog(head: Head): Detection {
  const lines = headLines(head);
  const fitting = lines.filter((line) => SHAPE.test(line)).length;
  const match = fitting > 0 && fitting * 2 >= lines.length;
  return { match, reason: match ? "UTC times and nbdkit's actions" : "no UTC times followed by nbdkit's actions" };
}

async function readNbdkitLog(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  Object.assign(out.recorded, { clock: true, completion: true, flags: true, error: true });
  const reader = new NbdkitLogReader(out);
  await readLines(inputs, out, (line) => reader.read(line), reader.plain);
  reader.finish();
}
