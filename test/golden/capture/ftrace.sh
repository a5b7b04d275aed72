#!/bin/sh
set -e
work=$(mktemp -d)
trap 'rmdir /sys/kernel/tracing/instances/blkreport-traces-disks-mkfs-ext4; rm -rf "$work"' EXIT

mkdir /sys/kernel/tracing/instances/blkreport-traces-disks-mkfs-ext4
echo mono > /sys/kernel/tracing/instances/blkreport-traces-disks-mkfs-ext4/trace_clock
echo 32768 > /sys/kernel/tracing/instances/blkreport-traces-disks-mkfs-ext4/buffer_size_kb
for name in block_bio_queue block_bio_backmerge block_bio_frontmerge block_bio_remap block_bio_complete block_split block_getrq block_rq_insert block_rq_merge block_rq_issue block_rq_requeue block_rq_complete; do echo 'dev == 0x700000' > /sys/kernel/tracing/instances/blkreport-traces-disks-mkfs-ext4/events/block/$name/filter; done
for name in block_bio_queue block_bio_backmerge block_bio_frontmerge block_bio_remap block_bio_complete block_split block_getrq block_rq_insert block_rq_merge block_rq_issue block_rq_requeue block_rq_complete; do echo 1 > /sys/kernel/tracing/instances/blkreport-traces-disks-mkfs-ext4/events/block/$name/enable; done
echo 'begin mkfs' > /sys/kernel/tracing/instances/blkreport-traces-disks-mkfs-ext4/trace_marker

status=0
BLKREPORT_MARKS=/sys/kernel/tracing/instances/blkreport-traces-disks-mkfs-ext4/trace_marker mkfs.ext4 /dev/loop0 || status=$?

sync
echo 'end mkfs' > /sys/kernel/tracing/instances/blkreport-traces-disks-mkfs-ext4/trace_marker
echo 0 > /sys/kernel/tracing/instances/blkreport-traces-disks-mkfs-ext4/tracing_on
cat /sys/kernel/tracing/instances/blkreport-traces-disks-mkfs-ext4/trace > "$work/trace.txt"
grep -hE '^(overrun|commit overrun|dropped events): [1-9]' /sys/kernel/tracing/instances/blkreport-traces-disks-mkfs-ext4/per_cpu/*/stats || true  # what it prints was lost
mkdir -p traces/disks
mv "$work/trace.txt" 'traces/disks/mkfs ext4.ftrace.txt'
exit $status
