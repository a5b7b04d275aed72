#!/bin/sh
set -e
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/events" <<'EOF'
blk_co_preadv
blk_co_pwritev
EOF

status=0
qemu-img -T "events=$work/events,file=$work/trace.log" convert a.raw b.qcow2 || status=$?

mkdir -p traces
mv "$work/trace.log" traces/work.log
exit $status
