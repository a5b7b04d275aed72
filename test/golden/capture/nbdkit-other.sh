#!/bin/sh
set -e
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

nbdkit --exit-with-parent -U "$work/nbd.sock" -P "$work/nbd.pid" --filter=log file 'file=a disk.img' "logfile=$work/trace.log" &
recorder=$!
stop() { kill -s TERM $recorder; wait $recorder || true; }
until [ -e "$work/nbd.pid" ]; do kill -0 $recorder || exit 1; sleep 0.1; done

status=0
NBD_URI="nbd+unix:///?socket=$work/nbd.sock" sh -c "nbdcopy it's \"\$NBD_URI\" nbd+unix:///?socket=$work/nbd.sock" || status=$?

stop
mkdir -p traces
mv "$work/trace.log" traces/work.log
exit $status
