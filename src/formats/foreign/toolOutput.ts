import { byLines } from "./kinds.ts";

const FROM_BINARY = "give what blktrace recorded, the files NAME.blktrace.N, or blkparse's lines";
const LAYOUT = "what a trace's partitions are can be said in its side file, under layout";
const DEVICE_FACTS = "what a trace's devices are can be said in its side file, under devices";
const NO_REQUESTS = "give a trace of single requests";

/** Text that other programs print about disks, without the requests. */
export const toolOutput = byLines("toolOutput", [
  {
    lines: [/^=+ (All Devices|Per Process|Per Device) =+$/],
    what: "btt's statistics of a trace, without its requests",
    cure: FROM_BINARY,
  },
  {
    lines: [/^-{41}$/, /^ *\d+,\d+ *: +\d+\.\d{9} [A-Z] +\d+\+\d+ *$/],
    what: "btt's steps of single requests, without their operations",
    cure: FROM_BINARY,
  },
  {
    lines: [/^(CPU\d+|Total) \(\S+\):$/, /^ Reads Queued: +\d+/],
    what: "blkparse's summary, without the events",
    cure: FROM_BINARY,
  },
  {
    lines: [/^=== \S+ ===$/, /^ +CPU +\d+: +\d+ events, +\d+ KiB data/],
    what: "what blktrace prints when it ends, without the events",
    cure: FROM_BINARY,
  },
  {
    lines: [/^Verifying \S+$/, /^ +Summary for cpu \d+:$/],
    what: "what verify_blkparse prints, without the events",
    cure: FROM_BINARY,
  },
  {
    lines: [/^Device:?\s+.*(\btps\b|\br\/s\b)/],
    what: "iostat's counts over intervals, without single requests",
    cure: NO_REQUESTS,
  },
  {
    lines: [/^ +(nsecs|usecs|msecs|Kbytes) +: count +distribution$/],
    what: "a histogram of bcc or bpftrace, without single requests",
    cure: "record single requests with biosnoop",
  },
  {
    lines: [/^total: \d+ ops, [\d.]+ s, /],
    what: "the counts of nbdkit's stats filter, without single requests",
    cure: "record single requests with --filter=log",
  },
  {
    lines: [/^fio-\d+\.\d+|\(g=\d+\): (rw=|\(groupid)/],
    what: "fio's results, without single requests",
    cure: "record single requests with fio --write_iolog",
  },
  {
    lines: [/^Sending \d+ (write|read) requests, \d+ bytes each|^(wrote|read|discard) \d+\/\d+ bytes at offset \d+$/],
    what: "what qemu-img bench or qemu-io prints, without the time of each request",
    cure: "record trace events with -trace",
  },
  {
    lines: [/\b(logical|physical)_block_size[ :=]+\d+$/],
    what: "the settings of block devices, as /sys/block/*/queue has them",
    cure: DEVICE_FACTS,
  },
  {
    lines: [/^name: \w+$/, /^ID: \d+$/, /^format:$/],
    what: "the kernel's description of a trace event",
    cure: "give the trace itself",
  },
  { lines: [/^Filesystem volume name: /], what: "dumpe2fs's description of a file system", cure: LAYOUT },
  { lines: [/^Filesystem type is: |: \d+ extents? found$/], what: "filefrag's list of extents", cure: LAYOUT },
  { lines: [/^label: (dos|gpt)$/, /^device: /], what: "sfdisk's dump of a partition table", cure: LAYOUT },
  { lines: [/^Disk \/dev\/\S+: .* bytes, \d+ sectors$/], what: "fdisk's list of partitions", cure: LAYOUT },
  { lines: [/^NAME +MAJ:MIN /], what: "lsblk's list of devices", cure: LAYOUT },
  { lines: [/^meta-data=\S+ +isize=\d+/], what: "xfs_info's description of a file system", cure: LAYOUT },
  { lines: [/^magicnum = 0x58465342$/], what: "xfs_db's description of a file system", cure: LAYOUT },
  { lines: [/^superblock: bytenr=\d+|^btrfs-progs v/], what: "btrfs's description of a file system", cure: LAYOUT },
  { lines: [/^Personalities : |^ +Raid Level : |^MD_LEVEL=/], what: "mdadm's description of an array", cure: LAYOUT },
  {
    lines: [/^\S+: \d+ \d+ (linear|striped|snapshot|thin|crypt|raid|mirror|cache|log-writes)/],
    what: "a device-mapper table",
    cure: LAYOUT,
  },
]);
