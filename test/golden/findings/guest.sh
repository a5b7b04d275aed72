disk() { basename "$(readlink -f /dev/disk/by-id/*"$1")"; }
plain=$(disk plain) spin=$(disk spin) trim=$(disk trim) fast=$(disk fast) slow=$(disk slow) serial=$(disk serial)
requests="-a issue -a complete -a requeue"

# record NAME "DEVICE..." FUNCTION [blktrace options]
record() {
  local name=$1 devices=$2 workload=$3 options= device; shift 3
  mkdir -p "/out/$name"; cd "/out/$name"
  sync; echo 3 > /proc/sys/vm/drop_caches; udevadm settle
  for device in $devices; do options="$options -d /dev/$device"; done
  blktrace $options "$@" -D . & local recorder=$!
  for device in $devices; do until [ -e /sys/kernel/debug/block/$device/dropped ]; do sleep 0.1; done; done
  sleep 0.5; $workload; sync; udevadm settle; sleep 0.3
  kill -INT $recorder; wait $recorder
}

printf 'label: dos\nstart=2048, size=32768, type=83\nstart=81920, size=32768, type=83\n' | sfdisk -q /dev/$plain; udevadm settle
mkfs.ext4 -q /dev/${plain}1
outside() {
  mount /dev/${plain}1 /mnt; dd if=/dev/zero of=/mnt/f bs=64k count=8 conv=fsync; umount /mnt
  dd if=/dev/zero of=/dev/$plain bs=64k seek=400 count=4 oflag=direct
}
record outside-partitions $plain outside

backup() {
  echo "begin backup" > /sys/kernel/debug/block/$plain/msg
  ( dd if=/dev/${plain}1 of=/dev/null bs=64k iflag=direct count=40; exit 1 ) && echo "end backup" > /sys/kernel/debug/block/$plain/msg
}
record markers-incomplete $plain backup

mkfs.ext4 -q -E nodiscard /dev/$trim; mount -o discard /dev/$trim /mnt
for i in $(seq 200); do head -c 4000 /dev/urandom > /mnt/$i; done; sync
delete() { rm /mnt/*[02468]; sync; }
record tiny-discards $trim delete
umount /mnt

seeks() { fio --name=r --filename=/dev/$spin --direct=1 --ioengine=libaio --iodepth=1 --rw=randread --bs=4k --number_ios=200; }
record seeks-dominate $spin seeks $requests

echo 8 > /sys/block/$spin/device/queue_depth
full() { fio --name=r --filename=/dev/$spin --direct=1 --ioengine=libaio --iodepth=32 --rw=randread --bs=4k --number_ios=400; }
record queue-always-full $spin full $requests

one() { dd if=/dev/$fast of=/dev/null bs=4k count=300 iflag=direct; }
record queue-depth-one $fast one $requests

mdadm --create /dev/md0 --run --level=0 --chunk=64 --raid-devices=2 /dev/$fast /dev/$slow
stripe() { fio --name=r --filename=/dev/md0 --direct=1 --ioengine=libaio --iodepth=4 --rw=randread --bs=4k --number_ios=320; }
record slow-device "$fast $slow" stripe $requests
mdadm --stop /dev/md0

behind() {
  fio --direct=1 --ioengine=libaio --filename=/dev/$serial --size=64m --name=w --rw=write --bs=1m --iodepth=2 --io_size=120m \
    --name=r --rw=randread --bs=4k --iodepth=1 --number_ios=160 --thinktime=1ms
}
record head-of-line $serial behind $requests

modprobe scsi_debug dev_size_mb=32 delay=1; udevadm settle; sleep 1
busy=$(basename /sys/bus/pseudo/drivers/scsi_debug/adapter*/host*/target*/*/block/*)
echo 20 > /sys/bus/pseudo/drivers/scsi_debug/every_nth
echo 0x8000 > /sys/bus/pseudo/drivers/scsi_debug/opts
again() { fio --name=r --filename=/dev/$busy --direct=1 --ioengine=libaio --iodepth=4 --rw=randread --bs=4k --number_ios=300; }
record requeues $busy again $requests
