# Without a guest: a cache above a slow disk, and an image that is smaller than what is read of it.
truncate -s 16M cached.img
nbdkit -U cached.sock -P cached.pid --filter=log --filter=cache --filter=delay file cached.img rdelay=5ms cache-on-read=true logfile=nbdkit.log
fio --name=r --ioengine=nbd --uri="nbd+unix:///?socket=$PWD/cached.sock" --rw=randread --norandommap=1 --randseed=1 --bs=4k --iodepth=1 --size=16m --number_ios=700
kill "$(cat cached.pid)"

qemu-img create -f raw disk.img 64M
qemu-img resize --shrink -f raw disk.img 48M
printf 'bdrv_open_common\nblk_co_preadv\nblk_co_pwritev\n' > events
qemu-io -T events=events,file=qemu-io.log -r -f raw disk.img <<COMMANDS
$(for megabyte in $(seq 40 2 62); do echo "read ${megabyte}M 1M"; done)
COMMANDS

truncate -s 64M ext4.img
mkfs.ext4 -q -b 4096 -E lazy_itable_init=0,lazy_journal_init=0 ext4.img
loop=$(losetup -f --show ext4.img)
mkdir mnt && mount "$loop" mnt
for i in $(seq 1 40); do echo "$i" > "mnt/f$i"; done
sync
tracing=/sys/kernel/tracing/instances/journal
mkdir $tracing
IFS=: read -r major minor < "/sys/block/${loop#/dev/}/dev"
for event in block_rq_issue block_rq_complete block_bio_queue; do
  echo "dev == $((major << 20 | minor))" > $tracing/events/block/$event/filter
  echo 1 > $tracing/events/block/$event/enable
done
for i in $(seq 1 40); do chmod 600 "mnt/f$i"; sync "mnt/f$i"; done
echo 0 > $tracing/tracing_on
cat $tracing/trace > loop1.ftrace.txt
umount mnt
losetup -d "$loop"
blkreport layout ext4.img -o loop1.ftrace.txt.gz.layout.json

# The disks of the guest. Its root is a supermin appliance of the host's own packages; the init mounts debugfs and the share "out", and runs guest.sh.
truncate -s 64M plain.img trim.img
nbdkit -U spin.sock --filter=delay memory 1G rdelay=8ms
nbdkit -U fast.sock --filter=delay memory 64M rdelay=3ms
nbdkit -U slow.sock --filter=delay memory 64M rdelay=25ms
nbdkit -U serial.sock --filter=noparallel --filter=rate memory 64M rate=400M burstiness=0.02
qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 3072 -nodefaults -display none -no-reboot -serial stdio \
  -kernel app/kernel -initrd app/initrd -append "console=ttyS0 root=/dev/sda panic=1 quiet" \
  -device virtio-rng-pci -device virtio-scsi-pci,id=scsi \
  -drive file=app/root,if=none,id=root,format=raw,snapshot=on -device scsi-hd,drive=root \
  -virtfs local,path=out,mount_tag=out,security_model=none \
  -drive file=plain.img,if=none,id=plain,format=raw,cache=unsafe -device virtio-blk-pci,drive=plain,serial=plain \
  -drive "file=nbd+unix:///?socket=spin.sock,if=none,id=spin,format=raw" -device scsi-hd,drive=spin,bus=scsi.0,rotation_rate=7200,serial=spin \
  -drive file=trim.img,if=none,id=trim,format=raw,discard=unmap,cache=unsafe -device scsi-hd,drive=trim,bus=scsi.0,discard_granularity=65536,rotation_rate=1,serial=trim \
  -drive "file=nbd+unix:///?socket=fast.sock,if=none,id=fast,format=raw" -device virtio-blk-pci,drive=fast,serial=fast \
  -drive "file=nbd+unix:///?socket=slow.sock,if=none,id=slow,format=raw" -device virtio-blk-pci,drive=slow,serial=slow \
  -drive "file=nbd+unix:///?socket=serial.sock,if=none,id=serial,format=raw" -device virtio-blk-pci,drive=serial,serial=serial
