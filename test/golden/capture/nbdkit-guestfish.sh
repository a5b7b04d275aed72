#!/bin/sh
set -e
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

truncate -s 10485760 test1.img
nbdkit --exit-with-parent -U "$work/nbd.sock" -P "$work/nbd.pid" --filter=log file file=test1.img "logfile=$work/trace.log" &
recorder=$!
stop() { kill -s TERM $recorder; wait $recorder || true; }
until [ -e "$work/nbd.pid" ]; do kill -0 $recorder || exit 1; sleep 0.1; done
cat > "$work/guestfish.script" <<EOF
add-drive "" protocol:nbd server:unix:$work/nbd.sock format:raw discard:enable label:cap
run
mount /dev/sda1 /
debug qtrace "/dev/disk/guestfs/cap on"
write /hello "hello, world."
debug qtrace "/dev/disk/guestfs/cap off"
ls /
EOF

status=0
LIBGUESTFS_BACKEND=direct NBD_URI="nbd+unix:///?socket=$work/nbd.sock" guestfish -f "$work/guestfish.script" || status=$?

stop
mkdir -p traces/guestfish
mv "$work/trace.log" traces/guestfish/write-hello.log
exit $status
