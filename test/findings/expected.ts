/** Why a finding stands in the tables below, and why it is missing elsewhere. */
export const WHY: Readonly<Record<string, { readonly fires: string; readonly silent: string }>> = {
  "device-errors": {
    fires: "the error filter below the disk answered some requests with EIO",
    silent: "no request failed, or the format does not tell",
  },
  "unaligned-writes": {
    fires: "blocks of 1 KiB or 512 B, superblocks and log records, or a partition at sector 63",
    silent: "all writes are of whole 4 KiB blocks",
  },
  "partial-block-writes": {
    fires: "4 KiB physical blocks under a partition at sector 63",
    silent: "the physical block is 512 B, not recorded, or respected",
  },
  "misaligned-partition": {
    fires: "the partition starts at sector 63, as the layout or the remaps tell",
    silent: "partitions start on 4 KiB, or nothing tells where",
  },
  "unaligned-reads": {
    fires: "superblock probes and blocks of 1 KiB, or a partition at sector 63",
    silent: "fewer than a tenth of the reads",
  },
  "beyond-device": {
    fires: "an image is read past where it was cut off",
    silent: "no workload reached past the end, or where that is is not known",
  },
  "outside-partitions": {
    fires: "dd writes between two partitions",
    silent: "each workload stayed in its partition, or the layout is not known",
  },
  "slow-device": {
    fires: "one half of a stripe takes eight times as long as the other",
    silent: "no two devices had a hundred requests of a kind with one three times as slow",
  },
  "seeks-dominate": {
    fires: "random reads of disks that say they rotate, with delays like a head's",
    silent: "emulated disks answer faster than a head moves, whatever they call themselves",
  },
  "queue-always-full": {
    fires: "32 requests wait for a disk that takes eight",
    silent: "the queues are deeper than what was in flight, or not recorded",
  },
  requeues: { fires: "a SCSI host is busy for one command in twenty", silent: "no request was put back" },
  "flush-storm": {
    fires: "SQLite with synchronous=full and fio with fsync flush more than a hundred times a second",
    silent: "fewer flushes, or no clock",
  },
  "flush-after-every-write": {
    fires: "journal commits, fsyncs, or tools that sync each step",
    silent: "fewer than one flush for four writes, or few writes",
  },
  "tiny-sync-writes": {
    fires: "SQLite's transactions, and fio's psync writes of 4 KiB one by one",
    silent: "larger writes, several in flight, few of them, or no flags",
  },
  "lost-events": {
    fires: "CPUs without a file, requests in flight at the start, or markers on another disk",
    silent: "complete recordings",
  },
  "markers-incomplete": { fires: "a script died before it ended its span", silent: "both markers, or none" },
  "latency-outliers": {
    fires: "fio's random 4 KiB writes at queue depth 32 wait behind each other in the emulator",
    silent: "the tail is near, sizes differ too much, or too few requests",
  },
  "queue-depth-one": {
    fires: "dd or fio ask for one block at a time of a disk that takes its time",
    silent: "the host is slower than the disk, or several requests are in flight",
  },
  "small-sequential-writes": {
    fires: "four fio jobs write their files in order, 16 KiB at a time",
    silent: "larger, fewer or scattered writes, or the kernel merged them",
  },
  "rewritten-soon": {
    fires: "journals, SQLite's log head, and LVM's and mkfs's headers",
    silent: "fewer than thirty such writes, or no clock",
  },
  "rewritten-blocks": {
    fires: "journals, LVM's and mkfs's headers, and fio that begins again",
    silent: "less than a quarter, or less than 64 KiB, is written again",
  },
  "repeated-reads": {
    fires: "udev, blkid and LVM probe the same blocks over and over",
    silent: "less than a quarter, or less than 64 KiB, is read again",
  },
  "tiny-discards": {
    fires: "every other small file is deleted on an ext4 that discards at once",
    silent: "discards are large, or few",
  },
  "shifted-requests": {
    fires: "the partition at sector 63, of which this file alone does not tell",
    silent: "aligned, or the partition is known",
  },
  "aligned-partition": {
    fires: "a partition at a multiple of 4 KiB, on a disk that is not known to have blocks of 512 B",
    silent: "no partition is known, or any start fits the disk",
  },
  "bimodal-latency": {
    fires: "a cache answers two reads of three, a slow disk the third",
    silent: "one hill, or fewer than four hundred requests",
  },
  "head-of-line": {
    fires: "small reads wait for large writes on a disk that takes one request at a time",
    silent: "small requests are as fast beside large ones, or there are none of either",
  },
  "full-scan": { fires: "nbdcopy reads the whole disk, and fio writes one", silent: "a part is touched" },
  "journal-share": {
    fires: "small changes that are committed one by one, where a layout tells where the journal lies",
    silent: "file data is most of it, fewer than thirty writes, or no layout is known",
  },
  "metadata-share": { fires: "deleting a tree touches little else", silent: "data, or a format without the flag" },
  "read-ahead": {
    fires: "reads of files and of udev through the page cache",
    silent: "fewer than a hundred reads, or direct I/O",
  },
  discards: { fires: "mkfs, fstrim, mount -o discard or blkdiscard", silent: "no discard" },
  flushes: { fires: "the writer syncs now and then", silent: "no flush, or one after nearly every write" },
};

/** The findings of each committed trace with its side file, the most severe first. */
export const OF_TRACES: Readonly<Record<string, string>> = {
  "databases/sqlite-wal":
    "unaligned-writes high, flush-after-every-write medium, flush-storm low, tiny-sync-writes low, rewritten-soon low, rewritten-blocks low",
  "devices/io-errors": "device-errors high, repeated-reads low",
  "devices/nvme-randrw": "latency-outliers low",
  "devices/raid1": "unaligned-writes medium, flush-after-every-write medium, discards info",
  "disk-4k/part2048": "tiny-sync-writes medium, aligned-partition info, discards info, flushes info",
  "disk-4k/part63":
    "unaligned-writes high, partial-block-writes high, misaligned-partition high, unaligned-reads medium, tiny-sync-writes medium, discards info, flushes info",
  "filesystems/ext4-life": "unaligned-writes high, flush-after-every-write medium, discards info",
  "filesystems/mkfs-btrfs": "flush-after-every-write low, discards info",
  "filesystems/mkfs-xfs": "unaligned-writes medium, unaligned-reads low, discards info, flushes info",
  "filesystems/xfs-fstrim": "unaligned-writes high, unaligned-reads medium, discards info, flushes info",
  "guestfish/add-mount.log":
    "unaligned-writes high, unaligned-reads low, repeated-reads low, aligned-partition info, flushes info",
  "guestfish/btrfs-snapshot.log": "flushes info",
  "guestfish/lv-mkfs-ext4.log":
    "unaligned-writes medium, flush-after-every-write low, rewritten-soon low, rewritten-blocks low, repeated-reads low, aligned-partition info, discards info",
  "guestfish/lv-write-hello.log": "aligned-partition info, flushes info",
  "guestfish/mkfs-ext2-part2048.log": "repeated-reads low, aligned-partition info, discards info, flushes info",
  "guestfish/mkfs-ext2-part63.log":
    "unaligned-writes high, misaligned-partition medium, unaligned-reads medium, repeated-reads low, discards info, flushes info",
  "guestfish/mkfs-ext2-part64.log": "repeated-reads low, aligned-partition info, discards info, flushes info",
  "guestfish/write-hello.log": "unaligned-writes high, unaligned-reads medium, aligned-partition info, flushes info",
  "lvm/mkfs-ext4": "discards info, flushes info",
  "recorders/ext4-life.ftrace.txt.gz":
    "unaligned-writes high, flush-after-every-write medium, rewritten-soon low, aligned-partition info, discards info",
  "recorders/fsync.iolog": "flush-storm low, flush-after-every-write low",
  "recorders/mixed-work.bpftrace.txt":
    "unaligned-writes high, unaligned-reads medium, flush-after-every-write medium, lost-events medium, discards info",
  "recorders/write-hello-tar.simple.xz": "lost-events medium, flushes info",
};

/** The findings of each capture by itself, without a side file: nothing is known of its disk but what the trace says. */
export const OF_CAPTURES: Readonly<Record<string, string>> = {
  "fio-iolog/v2-fsync.iolog": "flushes info",
  "fio-iolog/v2-randrw-libaio.iolog": "",
  "fio-iolog/v3-4files.iolog": "small-sequential-writes low",
  "fio-iolog/v3-fsync.iolog": "flush-storm low, flush-after-every-write low",
  "fio-iolog/v3-randrw-libaio.iolog": "",
  "qemu-trace/01-qemu-img-qemu-io/qemu-img-bench-read-flush.log": "",
  "qemu-trace/01-qemu-img-qemu-io/qemu-img-bench-write.log": "",
  "qemu-trace/01-qemu-img-qemu-io/qemu-img-convert-qcow2-raw.log": "unaligned-reads low",
  "qemu-trace/01-qemu-img-qemu-io/qemu-img-convert-raw-qcow2.log": "",
  "qemu-trace/10-mkfs-ext2-10M-part64/qemu-trace.log": "repeated-reads low, flushes info",
  "qemu-trace/11-mkfs-ext4-tar-in-rm/qemu-trace.log":
    "unaligned-writes high, flush-after-every-write low, repeated-reads low",
  "qemu-trace/12x-lv-ext4-nbd-and-nbdkit-log-markers-missed/nbdkit.log":
    "unaligned-writes medium, flush-after-every-write medium, rewritten-soon low, rewritten-blocks low, repeated-reads low",
  "qemu-trace/12x-lv-ext4-nbd-and-nbdkit-log-markers-missed/qemu-trace.log": "repeated-reads low",
  "qemu-trace/30-simple-backend/mkfs-ext4-lv.simple": "lost-events medium, repeated-reads low, flushes info",
  "qemu-trace/30-simple-backend/qemu-img-bench.simple": "",
  "qemu-trace/30-simple-backend/write-hello-tar-markers-missed.simple":
    "lost-events medium, unaligned-reads low, flush-after-every-write low, repeated-reads low",
  "nbdkit-log/01-mkfs-ext2-10M-part2048/nbdkit.log": "repeated-reads low, flushes info",
  "nbdkit-log/01-mkfs-ext2-10M-part63/nbdkit.log":
    "unaligned-writes high, unaligned-reads low, repeated-reads low, flushes info",
  "nbdkit-log/01-mkfs-ext2-10M-part64/nbdkit.log": "repeated-reads low, flushes info",
  "nbdkit-log/01m-mkfs-ext2-10M-part2048-marked/nbdkit.log": "repeated-reads low, flushes info",
  "nbdkit-log/01m-mkfs-ext2-10M-part63-marked/nbdkit.log":
    "unaligned-writes high, unaligned-reads medium, repeated-reads low, shifted-requests info, flushes info",
  "nbdkit-log/01m-mkfs-ext2-10M-part64-marked/nbdkit.log": "repeated-reads low, flushes info",
  "nbdkit-log/02-add-mount/nbdkit.log": "unaligned-writes high, unaligned-reads low, repeated-reads low, flushes info",
  "nbdkit-log/03-write-hello/nbdkit.log": "unaligned-writes high, unaligned-reads medium, flushes info",
  "nbdkit-log/04-lv-ext4-4k/nbdkit.log":
    "unaligned-writes medium, flush-after-every-write medium, rewritten-soon low, rewritten-blocks low, repeated-reads low",
  "nbdkit-log/04w-lv-ext4-4k-wholedisk-pv/nbdkit.log":
    "unaligned-writes medium, flush-after-every-write low, rewritten-soon low, rewritten-blocks low, repeated-reads low",
  "nbdkit-log/05-lv-ext4-4k-write-hello/nbdkit.log": "flushes info",
  "nbdkit-log/06-part-disk-default-mkfs-ext2/nbdkit.log": "unaligned-writes high, repeated-reads low, flushes info",
  "nbdkit-log/10-mkfs-ext4-128M-gpt/nbdkit.log":
    "unaligned-writes high, flush-after-every-write medium, repeated-reads low",
  "nbdkit-log/11-tar-in-2M/nbdkit.log": "unaligned-writes high, unaligned-reads medium, flushes info",
  "nbdkit-log/13-rm-rf/nbdkit.log": "unaligned-writes high, unaligned-reads medium, flushes info",
  "nbdkit-log/14-e2fsck-f/nbdkit.log": "unaligned-writes high, repeated-reads low, flushes info",
  "nbdkit-log/16-fallocate-punch-dd/nbdkit.log":
    "unaligned-writes high, unaligned-reads medium, flush-after-every-write low",
  "nbdkit-log/17-resize2fs/nbdkit.log": "flush-after-every-write medium, repeated-reads low",
  "nbdkit-log/20-mkfs-xfs-320M/nbdkit.log":
    "unaligned-writes medium, unaligned-reads low, rewritten-soon low, repeated-reads low, flushes info",
  "nbdkit-log/21-xfs-tar-in/nbdkit.log": "unaligned-writes medium, unaligned-reads low, flushes info",
  "nbdkit-log/22x-mkfs-btrfs-256M-markers-missed/nbdkit.log":
    "unaligned-writes medium, flush-after-every-write low, repeated-reads low",
  "nbdkit-log/23-btrfs-tar-in-snapshot/nbdkit.log": "flushes info",
  "nbdkit-log/30-nbdcopy-4conn/nbdkit.log": "full-scan info",
  "nbdkit-log/31-error-filter/nbdkit.log": "device-errors high, discards info, flushes info",
  "nbdkit-log/32-delay-filter/nbdkit.log": "",
  "nbdkit-log/33-stats-filter/nbdkit.log": "flushes info",
  "qtr/guestfish-N-fs-10M-aligned-part-disk.qtr": "unaligned-writes high, unaligned-reads low, repeated-reads low",
  "qtr/guestfish-N-fs-10M.qtr": "unaligned-writes high, unaligned-reads low, repeated-reads low",
  "qtr/guestfish-lv-ext4-4k-write-hello.qtr": "",
  "qtr/guestfish-write-hello.qtr": "unaligned-writes high, unaligned-reads medium",
  "vm/boot-A/01-mkfs-ext4/vda": "unaligned-writes medium, aligned-partition info, discards info, flushes info",
  "vm/boot-A/02-mount-ext4/vda": "unaligned-writes medium, unaligned-reads low, aligned-partition info, flushes info",
  "vm/boot-A/03-write-hello/vda": "unaligned-writes high, unaligned-reads medium, aligned-partition info, flushes info",
  "vm/boot-A/04-tar-extract/vda": "unaligned-writes high, unaligned-reads medium, aligned-partition info, flushes info",
  "vm/boot-A/06-read-tree/vda": "unaligned-reads medium, aligned-partition info, read-ahead info, flushes info",
  "vm/boot-A/08-sqlite-wal/vda":
    "unaligned-writes high, flush-after-every-write medium, flush-storm low, tiny-sync-writes low, rewritten-soon low, rewritten-blocks low, aligned-partition info",
  "vm/boot-A/09-fio-fsync/vda":
    "unaligned-writes high, unaligned-reads medium, flush-storm low, flush-after-every-write low, aligned-partition info, read-ahead info",
  "vm/boot-A/11-rm-rf/vda":
    "unaligned-writes high, unaligned-reads medium, flush-after-every-write low, aligned-partition info, metadata-share info",
  "vm/boot-A/13-umount/vda": "unaligned-writes high, aligned-partition info, flushes info",
  "vm/boot-A/15-resize2fs-shrink/vda":
    "flush-after-every-write medium, unaligned-writes low, aligned-partition info, read-ahead info",
  "vm/boot-A/16-resize2fs-grow/vda": "unaligned-writes low, flush-after-every-write low, aligned-partition info",
  "vm/boot-B/17-blkdiscard/vda": "repeated-reads low, discards info",
  "vm/boot-B/18-blkdiscard-zeroout/vda": "repeated-reads low",
  "vm/boot-B/20-lvm-create/vda":
    "unaligned-writes high, rewritten-soon low, rewritten-blocks low, repeated-reads low, aligned-partition info, read-ahead info",
  "vm/boot-B/21-lv-mkfs-ext4/dm-0": "discards info, flushes info",
  "vm/boot-B/21-lv-mkfs-ext4/vda": "aligned-partition info, discards info, flushes info",
  "vm/boot-B/22-lv-write-hello/dm-0": "flushes info",
  "vm/boot-B/22-lv-write-hello/vda": "aligned-partition info, flushes info",
  "vm/boot-B/25-md-raid1-resync/vda": "unaligned-writes high, flush-after-every-write medium, discards info",
  "vm/boot-B/25-md-raid1-resync/vdb":
    "unaligned-writes medium, flush-after-every-write low, repeated-reads low, discards info",
  "vm/boot-B/30-mkfs-xfs/vdb":
    "unaligned-writes medium, unaligned-reads low, aligned-partition info, discards info, flushes info",
  "vm/boot-B/31-xfs-tar-extract/vdb": "unaligned-writes low, unaligned-reads low, aligned-partition info, flushes info",
  "vm/boot-B/32-xfs-rm-fstrim/vdb":
    "unaligned-writes high, unaligned-reads medium, aligned-partition info, discards info, flushes info",
  "vm/boot-B/33-mkfs-btrfs/vdb": "flush-after-every-write low, aligned-partition info, discards info",
  "vm/boot-B/35-vfat-tar/vdb":
    "unaligned-writes high, unaligned-reads low, repeated-reads low, aligned-partition info, flushes info",
  "vm/boot-B/40-4kphys-part2048/vdc": "tiny-sync-writes medium, aligned-partition info, discards info, flushes info",
  "vm/boot-B/40-4kphys-part63/vdc":
    "unaligned-writes high, misaligned-partition medium, unaligned-reads medium, tiny-sync-writes medium, discards info, flushes info",
  "vm/boot-E/42-nvme-fio-2jobs-qd32/nvme0n1": "latency-outliers low",
  "vm/boot-E/43-markers/vda":
    "unaligned-writes high, flush-after-every-write medium, aligned-partition info, discards info",
  "vm/boot-E/44-io-errors/vdb": "device-errors high, repeated-reads low",
  "vm/boot-E/45-blktrace-variants/full":
    "unaligned-writes high, unaligned-reads medium, flush-after-every-write low, aligned-partition info, discards info",
  "vm/boot-E/45-blktrace-variants/mask-issue-complete":
    "unaligned-writes high, unaligned-reads medium, discards info, flushes info",
  "vm/boot-E/45-blktrace-variants/mask-write":
    "unaligned-writes high, flush-after-every-write low, aligned-partition info, discards info",
  "vm/boot-H/48-bpftrace-kfunc/trace":
    "unaligned-writes high, unaligned-reads medium, flush-after-every-write medium, aligned-partition info, discards info",
  "vm/boot-H/49-blk-cgroup/trace":
    "unaligned-writes high, flush-after-every-write medium, unaligned-reads low, aligned-partition info, discards info",
};

/** The findings of the recordings of faults (test/golden/findings/README.md), each with its side file. */
export const OF_FAULTS: Readonly<Record<string, string>> = {
  "beyond-device/qemu-io.log": "beyond-device medium",
  "bimodal-latency/nbdkit.log.gz": "bimodal-latency info",
  "head-of-line/vdb": "head-of-line low, rewritten-blocks low, repeated-reads low, full-scan info",
  "journal-share/loop1.ftrace.txt.gz":
    "flush-after-every-write medium, small-sequential-writes low, metadata-share info, journal-share info",
  "markers-incomplete/vda": "markers-incomplete low",
  "outside-partitions/vda":
    "unaligned-writes high, outside-partitions medium, flush-after-every-write medium, read-ahead info",
  "queue-always-full/sdb": "queue-always-full low",
  "queue-depth-one/vdb": "queue-depth-one low",
  "requeues/sdd": "requeues medium",
  "seeks-dominate/sdb": "seeks-dominate medium, queue-depth-one low",
  "slow-device/vdb": "slow-device medium, seeks-dominate medium",
  "tiny-discards/sdc": "unaligned-writes high, tiny-discards low, flushes info",
};
