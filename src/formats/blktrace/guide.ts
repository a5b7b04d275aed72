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
  about: "Written by blktrace: every step of every request through the block layer, one file a CPU.",
  source:
    "https://github.com/torvalds/linux/blob/0d8627cc936de8ea04f3cc1e6921c63fb72cc199/include/uapi/linux/blktrace_api.h",
  sample: `
07 74 61 65  07 00 00 00  66 d1 e4 af 1a 00 00 00  02 88 07 00 00 00 00 00
00 04 00 00  01 00 12 00  9a 03 00 00  00 00 e0 0f  00 00 00 00  00 00 00 00`,
  record: [
    {
      what: "Record a disk while something runs; the set is called like the disk.",
      commands: `
blktrace -d /dev/sda -D traces &
mkfs.ext4 /dev/sda1; sync
kill -INT %1; wait`,
    },
    {
      what: "Mark a part of it while blktrace runs.",
      commands: `
echo 'begin mkfs' > /sys/kernel/debug/block/sda/msg
mkfs.ext4 /dev/sda1; sync
echo 'end mkfs' > /sys/kernel/debug/block/sda/msg`,
    },
  ],
  notes: [
    "Version 7 calls write-zeroes a write; version 8 (kernels from 2025 on) tells them apart.",
    "All files of a set belong together: without one CPU's file its requests are missing.",
    "A dump (blkparse -d) has its times rebased to 0, but those of its messages; their place is right to some microseconds.",
  ],
};
