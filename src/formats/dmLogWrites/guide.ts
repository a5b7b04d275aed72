import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: false,
  completion: false,
  queue: false,
  merges: false,
  process: false,
  cpu: false,
  flags: "some",
  flush: true,
  discard: true,
  writeZeroes: false,
  error: false,
  deviceSize: false,
};

export const guide: Guide = {
  about:
    "Written by device-mapper's log-writes, or qemu's blklogwrites: every write with its data, for replaying a crash.",
  source: "https://github.com/torvalds/linux/blob/0d8627cc936de8ea04f3cc1e6921c63fb72cc199/drivers/md/dm-log-writes.c",
  sample: `
72 68 73 77 66 73 6a 00  01 00 00 00 00 00 00 00  3f 00 00 00 00 00 00 00  00 02 00 00
02 00 00 00 00 00 00 00  02 00 00 00 00 00 00 00  02 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00`,
  record: [
    {
      what: "Put log-writes over a disk; the log needs a disk of its own, larger than all that is written.",
      commands: `
dmsetup create logged --table "0 $(blockdev --getsz /dev/sda) log-writes /dev/sda /dev/sdb"
mkfs.ext4 /dev/mapper/logged
dmsetup remove logged
blkreport summary - < /dev/sdb`,
    },
    {
      what: "Mark a part of it; a blank needs a backslash.",
      commands: `
dmsetup message logged 0 mark 'begin\\ mkfs'
mkfs.ext4 /dev/mapper/logged
dmsetup message logged 0 mark 'end\\ mkfs'`,
    },
    {
      what: "Let qemu write it: of an image that qemu-nbd serves, for one.",
      commands: `
truncate -s 0 disk.log
qemu-nbd --image-opts driver=blklogwrites,file.driver=file,file.filename=disk.img,log.driver=file,log.filename=disk.log`,
    },
  ],
  notes: [
    "There is no time: the axis is the number of the request.",
    "Writes stand in the order in which they were safe on the disk: after the flush that they waited for.",
    "Reads are not in it, and write-zeroes neither: the kernel sends zeroes as writes.",
    "Marks that begin and end nothing are messages; the last one, dm-log-writes-end, is the kernel's own.",
    "The flags are FUA and meta; the preflush of a write stands before it as a flush.",
  ],
};
