import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: true,
  completion: true,
  queue: true,
  merges: true,
  process: true,
  cpu: true,
  flags: true,
  flush: true,
  discard: true,
  writeZeroes: "some",
  error: true,
  deviceSize: false,
};

export const guide: Guide = {
  about: "The block layer's events as perf script prints them from perf.data.",
  source: "https://github.com/torvalds/linux/blob/v6.18/tools/perf/builtin-script.c",
  sample: `
       mkfs.ext4 16752 [001] 11601.838656209:       block:block_rq_issue: 7,0 RA 16384 () 0 + 32 0x2,0,4 [mkfs.ext4]
     ksoftirqd/0    14 [000] 11601.839603166:    block:block_rq_complete: 7,0 RA () 0 + 32 0x2,0,4 [0]`,
  record: [
    {
      what: "Record all processors while something runs (completions happen on any), then print with nanoseconds.",
      commands: `
perf record -a -e 'block:*' -- mkfs.ext4 /dev/sda1
perf script --ns > mkfs.perf.txt`,
    },
    {
      what: "Keep it to one disk: 0x800000 is major 8, minor 0.",
      commands: `
perf record -a -e 'block:block_rq_*' --filter 'dev == 0x800000' \\
  -e 'block:block_bio_*' --filter 'dev == 0x800000' -- mkfs.ext4 /dev/sda1`,
    },
  ],
  notes: [
    "Without --ns times are cut to a microsecond.",
    "Without -a perf sees only what the command itself does, and most completions happen elsewhere.",
    "--filter counts for the -e before it: give one to each.",
    "perf has no markers: record mkfs and mount to files of their own, or use ftrace.",
    "Call chains (-g) are passed over.",
    "Kernels from 6.11 on write each request's I/O priority class, which is read; older ones do not.",
    "The kernel writes N for write-zeroes, and older kernels for zone commands too.",
  ],
};
