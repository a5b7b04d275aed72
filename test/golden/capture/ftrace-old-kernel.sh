#!/bin/sh
set -e
work=$(mktemp -d)
trap 'rmdir /sys/kernel/tracing/instances/blkreport-traces-work; rm -rf "$work"' EXIT

mkdir /sys/kernel/tracing/instances/blkreport-traces-work
echo global > /sys/kernel/tracing/instances/blkreport-traces-work/trace_clock
echo 32768 > /sys/kernel/tracing/instances/blkreport-traces-work/buffer_size_kb
for name in block_rq_issue block_rq_complete; do echo 'dev == 0x10300003' > /sys/kernel/tracing/instances/blkreport-traces-work/events/block/$name/filter; done
for name in block_rq_issue block_rq_complete; do echo 1 > /sys/kernel/tracing/instances/blkreport-traces-work/events/block/$name/enable; done

status=0
BLKREPORT_MARKS=/sys/kernel/tracing/instances/blkreport-traces-work/trace_marker true || status=$?

sync
echo 0 > /sys/kernel/tracing/instances/blkreport-traces-work/tracing_on
cat /sys/kernel/tracing/instances/blkreport-traces-work/trace > "$work/trace.txt"
grep -hE '^(overrun|commit overrun|dropped events): [1-9]' /sys/kernel/tracing/instances/blkreport-traces-work/per_cpu/*/stats || true  # what it prints was lost
mkdir -p traces
mv "$work/trace.txt" traces/work.ftrace.txt
exit $status
