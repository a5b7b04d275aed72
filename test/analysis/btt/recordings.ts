import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Metric, View } from "../../../src/analysis/metric.ts";
import { addToShared, startShared } from "../../../src/analysis/shared.ts";
import { blktrace } from "../../../src/formats/blktrace/index.ts";
import type { Chunk } from "../../../src/model/batch.ts";
import { TraceBuilder } from "../../../src/model/builder.ts";
import type { TraceEnd } from "../../../src/model/trace.ts";
import { inputFromBytes } from "../../support/inputs.ts";

const ROOT = join(import.meta.dirname, "../../..");
const PRINTED = join(ROOT, "test/golden/btt");
const CAPTURES = join(ROOT, "../shared/captures/vm");

/** A recording with what btt 1.2.0 printed of it. */
export interface Recording {
  readonly name: string;
  readonly files: readonly string[];
  readonly btt: string;
}

/** Which files each text in test/golden/btt is of. */
const SETS: Readonly<Record<string, readonly string[]>> = {
  "write-hello": ["test/golden/blktrace/write-hello/vda"],
  umount: ["test/golden/blktrace/umount/vda"],
  markers: ["test/golden/blktrace/markers/vda"],
  "lv-write-hello": ["test/golden/blktrace/lv-write-hello/vda", "test/golden/blktrace/lv-write-hello/dm-0"],
  "lvm-mkfs-ext4": ["traces/lvm/mkfs-ext4", "traces/lvm/mkfs-ext4-dm-0"],
  "disk-4k-part63": ["traces/disk-4k/part63"],
  "disk-4k-part2048": ["traces/disk-4k/part2048"],
  "filesystems-ext4-life": ["traces/filesystems/ext4-life"],
  "filesystems-xfs-fstrim": ["traces/filesystems/xfs-fstrim"],
  "filesystems-mkfs-xfs": ["traces/filesystems/mkfs-xfs"],
  "filesystems-mkfs-btrfs": ["traces/filesystems/mkfs-btrfs"],
  "databases-sqlite-wal": ["traces/databases/sqlite-wal"],
  "devices-io-errors": ["traces/devices/io-errors"],
  "devices-nvme-randrw": ["traces/devices/nvme-randrw"],
  "devices-raid1": ["traces/devices/raid1", "traces/devices/raid1-vdb"],
};

function filesOf(set: string): string[] {
  const folder = join(ROOT, dirname(set));
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${basename(set)}.blktrace.`))
    .map((name) => join(folder, name));
}

/** Recordings of the repository; btt ran on them with major 254 written as 8, since it takes 254 for dm. */
export const committed: readonly Recording[] = Object.entries(SETS).map(([name, sets]) => ({
  name,
  files: sets.flatMap(filesOf),
  btt: join(PRINTED, `${name}.txt`),
}));

function capturesOf(boot: string): Recording[] {
  return readdirSync(boot, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(boot, name))
    .filter((folder) => existsSync(join(folder, "btt.txt")))
    .map((folder) => ({
      name: basename(folder),
      files: readdirSync(folder)
        .filter((name) => /\.blktrace\.\d+$/.test(name))
        .map((name) => join(folder, name)),
      btt: join(folder, "btt.txt"),
    }));
}

/** The collection beside the project, where there is one; btt ran on it as it is. */
export const captures: readonly Recording[] = existsSync(CAPTURES)
  ? ["boot-A", "boot-B", "boot-E"].flatMap((boot) => capturesOf(join(CAPTURES, boot)))
  : [];

/** The value of a metric over one device of a trace, or (null) over all of them at once, as btt has it. */
export async function figuresOf<Value, State>(
  metric: Metric<string, Value, State>,
  files: readonly string[],
  device: string | null,
): Promise<Value> {
  const shared = startShared();
  const state = metric.start(shared);
  const end = await read(files, (chunk) => {
    addToShared(shared, viewOf(chunk, device));
    metric.add(state, viewOf(chunk, device));
  });
  return metric.finish(state, { trace: end, devices: [0], firstNs: 0, lastNs: 0 });
}

export async function read(files: readonly string[], consume: (chunk: Chunk) => void): Promise<TraceEnd> {
  const builder = new TraceBuilder(consume, { batchRows: 512 });
  const inputs = files.map((file) => inputFromBytes(basename(file), new Uint8Array(readFileSync(file)), 65536));
  await blktrace.read(inputs, builder, {});
  return builder.finish();
}

function viewOf({ requests, completions, bios, events, devices }: Chunk, device: string | null): View {
  const own = ({ device: of, length }: { device: Uint16Array; length: number }): Uint32Array =>
    Uint32Array.from({ length }, (_, i) => i).filter((i) => device === null || devices[of[i]!]!.id === device);
  const [rows, done, bioRows, eventRows] = [own(requests), own(completions), own(bios), own(events)];
  return {
    requests,
    rows,
    rowCount: rows.length,
    completions,
    done,
    doneCount: done.length,
    bios,
    bioRows,
    bioCount: bioRows.length,
    events,
    eventRows,
    eventCount: eventRows.length,
  };
}
