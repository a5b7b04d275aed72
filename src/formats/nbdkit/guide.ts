import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: true,
  completion: true,
  queue: false,
  merges: false,
  process: false,
  cpu: false,
  flags: "some",
  flush: true,
  discard: true,
  writeZeroes: true,
  error: true,
  deviceSize: true,
};

export const guide: Guide = {
  about: "Written by nbdkit's log filter: every request of an NBD client, with its return.",
  source: "https://github.com/libguestfs/nbdkit/blob/712fe24c18df21567e566a013d92f9138666ec8c/filters/log/output.c",
  sample: `
2026-11-22 21:45:43.290800 connection=1 Read id=1 offset=0x0 count=0x200 ...
2026-11-22 21:45:43.290953 connection=1 ...Read id=1 return=0`,
  record: [
    {
      what: "Serve a disk image through the filter, and let guestfish (or qemu, or the kernel's NBD client) use it.",
      commands: `
nbdkit -U disk.sock -P disk.pid --filter=log file disk.img logfile=disk.log
guestfish --format=raw -a "nbd:///?socket=$PWD/disk.sock" run : mkfs ext4 /dev/sda
kill $(cat disk.pid)`,
    },
    {
      what: "Mark the part that matters, with a stable name for the traced disk.",
      commands: `
guestfish <<EOF
add-drive "" format:raw protocol:nbd server:unix:$PWD/disk.sock discard:enable label:disk
run
debug qtrace "/dev/disk/guestfs/disk on"
mkfs ext4 /dev/disk/guestfs/disk
debug qtrace "/dev/disk/guestfs/disk off"
EOF`,
    },
  ],
  notes: [
    "FUA is the only flag.",
    "nbdkit takes the time before its lock, so lines can go back in time by some milliseconds.",
    "debug qtrace does not translate device names: without the label the markers may go to another disk.",
  ],
};
