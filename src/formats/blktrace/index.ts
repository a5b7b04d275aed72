import type { TraceBuilder } from "../../model/builder.ts";
import type { Detection, Format, Head, TraceInput } from "../../model/format.ts";
import { CPU_FILES_MISSING } from "../../model/loss.ts";
import { counted } from "../../model/quantities.ts";
import { BlockEventAssembler } from "../blockEvents/index.ts";
import { assertUnderstood } from "../broken.ts";
import { isDiskName, missingCpus, setPlaceOf } from "./fileNames.ts";
import { carries, guide } from "./guide.ts";
import { mergeByTime } from "./mergeByTime.ts";
import { Notices } from "./notices.ts";
import { openingOf, openStreams } from "./openStreams.ts";
import type { RecordStream } from "./recordStream.ts";
import { Records } from "./records.ts";

const MOST_LISTED = 64;

/**
 * What blktrace writes: one file a CPU (`vda.blktrace.0` …), or one file of all (`blkparse -d`, `blktrace -o -`).
 * The kernel's side: https://github.com/torvalds/linux/blob/0d8627cc936de8ea04f3cc1e6921c63fb72cc199/kernel/trace/blktrace.c
 * A record of version 7, little-endian (Q, a write of 1 KiB at sector 493570, 254,0, CPU 0, pid 922):
 *
 *     07 74 61 65  07 00 00 00  66 d1 e4 af 1a 00 00 00  02 88 07 00 00 00 00 00
 *     00 04 00 00  01 00 12 00  9a 03 00 00  00 00 e0 0f  00 00 00 00  00 00 00 00
 */
export const blktrace: Format = {
  id: "blktrace",
  title: "blktrace",
  carries,
  reads: [],
  guide,
  perCpuFiles: true,
  detect,
  read,
};

function detect({ bytes }: Head): Detection {
  const opening = openingOf(bytes);
  if (opening === null) return { match: false, reason: "no blktrace magic at its start" };
  const order = opening.bigEndian ? "big-endian" : "little-endian";
  return { match: true, reason: `starts with a blktrace record, version ${opening.version}, ${order}` };
}

async function read(inputs: readonly TraceInput[], out: TraceBuilder): Promise<void> {
  // One file of all CPUs: a dump is in order, what blktrace pipes is not.
  const shuffled = inputs.length === 1 && setPlaceOf(inputs[0]!.name) === null;
  const assembler = new BlockEventAssembler(out, { shuffled });
  const notices = new Notices(out, assembler);
  const records = new Records(out, assembler, notices);
  const { streams, truncated } = await openStreams(inputs, (...garbage) => records.garbage(...garbage));
  if (inputs.length > 1) startTogether(streams, notices);
  await mergeByTime(streams, records);
  notices.finish();
  assembler.finish();
  out.recorded.process = true;
  out.quality.truncated = truncated || streams.some((stream) => stream.truncated);
  describe(records, shuffled, out);
  nameDevices(streams, out);
  noteMissingCpus(inputs, out);
  assertUnderstood(out.quality, { file: inputs[0]?.name ?? "" }, "records");
}

/** The files of a set share one clock: times count from their earliest record. */
function startTogether(streams: readonly RecordStream[], notices: Notices): void {
  const times = streams.map(({ rawTimeNs }) => rawTimeNs).sort((a, b) => (a < b ? -1 : Number(a > b)));
  const earliest = times[0] ?? 0n;
  for (const stream of streams) stream.rebase(earliest);
  notices.settle(earliest);
}

function describe(
  { read, sequences, outOfOrder, writesOfVersion7 }: Records,
  sorted: boolean,
  out: TraceBuilder,
): void {
  out.quality.records = read;
  out.quality.sequenceGaps = sequences.gaps;
  out.quality.missingEvents = sequences.missing;
  if (sequences.gaps > 0)
    out.note(
      "records-missing",
      `${counted(sequences.missing, "record")} missing in ${counted(sequences.gaps, "place")}, as the sequence numbers tell`,
    );
  if (outOfOrder > 0 && !sorted)
    out.note(
      "records-out-of-order",
      `${counted(outOfOrder, "record")} in the file after later ones; times may mislead`,
    );
  if (writesOfVersion7 > 0)
    out.note("write-zeroes-not-told", "blktrace version 7 calls write-zeroes a write: both are counted as write");
}

/** A set that holds one device, and is called like a disk, names it. */
function nameDevices(streams: readonly RecordStream[], out: TraceBuilder): void {
  const deviceOf = new Map<string, number>();
  for (const { input, device } of streams) {
    const set = setPlaceOf(input.name)?.set;
    if (set === undefined || device === -1) continue;
    const known = deviceOf.get(set) ?? device;
    deviceOf.set(set, known === device ? device : -2);
  }
  for (const [set, device] of deviceOf) {
    if (device < 0 || !isDiskName(set)) continue;
    const facts = out.deviceFacts(device);
    if (facts.name === facts.id) facts.name = set;
  }
}

function listed(cpus: readonly number[]): string {
  const shown = cpus.slice(0, MOST_LISTED).join(", ");
  return cpus.length > MOST_LISTED ? `${shown} and ${cpus.length - MOST_LISTED} more` : shown;
}

function noteMissingCpus(inputs: readonly TraceInput[], out: TraceBuilder): void {
  for (const [set, cpus] of missingCpus(inputs.map(({ name }) => name)))
    out.note(
      CPU_FILES_MISSING,
      `"${set}" has no file for CPU ${listed(cpus)}: nothing happened there, or it is missing`,
    );
}
