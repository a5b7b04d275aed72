/*
 * Written by qemu's trace backends. The events: https://github.com/qemu/qemu/blob/023908a24de4f264dbcd22352e8a304424005bd4/block/trace-events
 * and trace-events in hw/block, hw/scsi, hw/nvme and nbd.
 * The log backend (scripts/tracetool/backend/log.py), with -msg timestamp=on thread, time, event and arguments, else without the first two:
 *
 *     26107@1795384495.083709:blk_co_preadv blk 0x55903f530830 bs 0x55903f530b80 offset 0 bytes 4096 flags 0x0
 *     blk_co_preadv blk 0x55903f530830 bs 0x55903f530b80 offset 0 bytes 4096 flags 0x0
 *
 * The simple backend (trace/simple.c), version 4: 2^64 - 1, magic and version in 64 bits each; then records, the names of
 * events (type 0) and events (type 1: number, nanoseconds, u32 length, u32 pid, arguments of 64 bits or u32 length and text).
 * And what its decoder scripts/simpletrace.py prints, with the microseconds since the last event:
 *
 *     blk_co_preadv 4.667 pid=15343 blk=0x563acd65ed50 bs=0x563acd651c60 offset=0x10000 bytes=0x200 flags=0x0
 */

import type { TraceBuilder } from "../../model/builder.ts";
import type { Format, ReadHints, TraceInput } from "../../model/format.ts";
import { readLines } from "../text/readLines.ts";
import { detectQemu } from "./detect.ts";
import { peekFirst } from "./firstBytes.ts";
import { carries, guide } from "./guide.ts";
import { QemuTrace } from "./qemuTrace.ts";
import { HEADER_BYTES, simpleHeaderOf } from "./simpleHeader.ts";
import { SimpleReader } from "./simpleReader.ts";
import { TextReader } from "./textReader.ts";

/** Trace events of qemu's block layer and disks. */
export const qemuTrace = {
  id: "qemuTrace",
  title: "qemu trace events",
  carries,
  reads: ["layer"],
  guide,
  detect: detectQemu,
  read,
} as const satisfies Format;

async function read(inputs: readonly TraceInput[], out: TraceBuilder, hints: ReadHints): Promise<void> {
  const trace = new QemuTrace(out, hints.layer);
  for (const file of inputs) {
    const { first, input } = await peekFirst(file, HEADER_BYTES);
    if (simpleHeaderOf(first) !== null) await new SimpleReader(input, out, trace).read();
    else await readText(input, out, trace);
  }
  trace.finish({ file: inputs[0]?.name ?? "" });
}

async function readText(input: TraceInput, out: TraceBuilder, trace: QemuTrace): Promise<void> {
  const reader = new TextReader(out, trace);
  await readLines([input], out, (line) => reader.read(line), reader.plain);
}
