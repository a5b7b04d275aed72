#!/bin/sh
set -e
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

blktrace -d /dev/loop0 -b 4096 -n 8 -D "$work" &
recorder=$!
stop() { kill -s INT $recorder; wait $recorder || true; }
until [ -e "$work/loop0.blktrace.0" ]; do kill -0 $recorder || exit 1; sleep 0.1; done
echo 'begin mkfs' > /sys/kernel/debug/block/loop0/msg

status=0
BLKREPORT_MARKS=/sys/kernel/debug/block/loop0/msg mkfs.ext4 /dev/loop0 || status=$?

sync
echo 'end mkfs' > /sys/kernel/debug/block/loop0/msg
cat /sys/kernel/debug/block/loop0/dropped  # so many events were lost
stop
mkdir -p traces
for file in "$work/loop0.blktrace."*; do mv "$file" traces/work.blktrace."${file##*.}"; done
exit $status
