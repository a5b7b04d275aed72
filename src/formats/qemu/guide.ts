import type { Carries, Guide } from "../../model/format.ts";
import { GUEST_EVENTS, NBD_SERVER_EVENTS } from "./wantedEvents.ts";

export const carries: Carries = {
  clock: "some",
  completion: "some",
  queue: false,
  merges: false,
  process: false,
  cpu: false,
  flags: "some",
  flush: "some",
  discard: "some",
  writeZeroes: "some",
  error: "some",
  deviceSize: "some",
};

export const guide: Guide = {
  about:
    "Written by the trace backends log and simple of qemu and its tools: events of emulated disks and the block layer.",
  source: "https://github.com/qemu/qemu/blob/023908a24de4f264dbcd22352e8a304424005bd4/block/trace-events",
  sample: `
26107@1795384495.083651:scsi_disk_dma_command_READ Read (sector 0, count 8)
26107@1795384495.083709:blk_co_preadv blk 0x55903f530830 bs 0x55903f530b80 offset 0 bytes 4096 flags 0x0`,
  record: [
    {
      what: "Trace the guest's disks, and the block layer below them for the names of their files. Take the lines for the disks you have.",
      commands: `
cat > events.txt <<EOF
${GUEST_EVENTS.join("\n")}
EOF
qemu-system-x86_64 -msg timestamp=on -trace events=events.txt,file=disk.log ...`,
    },
    {
      what: "Trace the qemu that guestfish starts, through a wrapper.",
      commands: `
cat > qemu-traced <<'EOF'
#!/bin/sh
case " $* " in
*" -drive "*|*" -blockdev "*) set -- "$@" -msg timestamp=on -trace "events=$PWD/events.txt,file=$PWD/disk.log";;
esac
exec qemu-system-x86_64 "$@"
EOF
chmod +x qemu-traced
LIBGUESTFS_BACKEND=direct LIBGUESTFS_HV=$PWD/qemu-traced guestfish -a disk.img run : mkfs ext4 /dev/sda`,
    },
    {
      what: "Trace a server of qemu-nbd with the simple backend, where it was built in (--enable-trace-backends=simple). The replies are called structured up to qemu 8.1 and chunk since: of names that it does not have it only warns.",
      commands: `
cat > events.txt <<EOF
bdrv_open_common
blk_co_preadv
${NBD_SERVER_EVENTS.join("\n")}
EOF
qemu-nbd -T events=events.txt,file=disk.simple -f raw -k disk.sock -t disk.img`,
    },
  ],
  notes: [
    "A request passes several layers, and counts at one: at the disks of the guest and the NBD server (virtio-blk, scsi, nvme, nbd-server), else at blk, bdrv-aio, bdrv, else at nbd-client, nvme-driver and file, else at qcow2.",
    'Another layer counts with "read": { "layer": "blk" } in the side file; the page says which layers the trace has.',
    "The layer is chosen by the first 65,536 issues and completions.",
    "Which requests show depends on the layer: blk_co_* and bdrv_co_* show no flushes and discards, virtio-blk only reads and writes, SCSI's UNMAP has no ranges; nbd_send_request and nbd_receive_request show all.",
    "Completions show where the layer's events have them: virtio-blk, scsi, nvme, NBD, nvme-driver.",
    "Failures of SCSI, of NVMe and of NBD's structured replies count as EIO, since the events do not tell which error it was.",
    "Disks are named by the latest bdrv_open_common of their pointer, since addresses are used again; the qcow2 disk in a file and the file itself are two devices.",
    "Without -msg timestamp=on there is no time, and qemu-img, qemu-io and qemu-nbd do not have that option: the axis is then the number of the request.",
    "Simple traces of versions before 4 (qemu 2.7 and before) have no names of events: decode them with that qemu's scripts/simpletrace.py, and read its text.",
  ],
};
