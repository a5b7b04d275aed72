import type { RecordingWay } from "./way.ts";

export const ftrace: RecordingWay = {
  id: "ftrace",
  title: "A disk of this machine, with ftrace",
  about:
    "Nothing but the kernel is needed, and root: each step of each request of one disk, in a buffer that nobody else uses.",
  steps: [
    {
      what: "A disk to try it with.",
      text: `
truncate -s 64M disk.img
disk=$(losetup -f --show disk.img)`,
    },
    {
      what: "Record a mkfs; the name behind --mark is that of the span around it.",
      text: `
blkreport capture --via ftrace --device "$disk" --name loop/mkfs-ext4 --mark mkfs -- mkfs.ext4 -q "$disk"`,
    },
    {
      what: "Mark parts of a longer command.",
      text: `
blkreport capture --via ftrace --device "$disk" --name loop/two-parts -- sh -c '
  echo begin fsck > "$BLKREPORT_MARKS"; e2fsck -f -n '"$disk"'; echo end fsck > "$BLKREPORT_MARKS"
  echo begin dump > "$BLKREPORT_MARKS"; dumpe2fs -h '"$disk"'; echo end dump > "$BLKREPORT_MARKS"'`,
    },
    {
      what: "Publish.",
      text: `
losetup -d "$disk"
blkreport build
python3 -m http.server -d output 8000     # http://localhost:8000/traces/loop-mkfs-ext4/`,
    },
  ],
  notes: [
    "The disk is named whole, not a partition of it. sync runs before the end of the span, so that what the command wrote is in it.",
    "What the kernel's buffers could not hold is counted, and capture exits with 1: record it again with a larger --buffer.",
  ],
};

export const blktrace: RecordingWay = {
  id: "blktrace",
  title: "A disk of this machine, with blktrace",
  about: "The same in blktrace's binary format, which has no limit but the disk's: for long recordings.",
  steps: [
    {
      what: "Install, on Debian, and see that debugfs is mounted.",
      text: `
apt-get install blktrace
mountpoint /sys/kernel/debug || mount -t debugfs debugfs /sys/kernel/debug`,
    },
    {
      what: "Record a mkfs of a disk to try it with.",
      text: `
truncate -s 64M disk.img
disk=$(losetup -f --show disk.img)
blkreport capture --via blktrace --device "$disk" --name loop/mkfs-ext4-blktrace --mark mkfs -- mkfs.ext4 -q "$disk"
losetup -d "$disk"`,
    },
    {
      what: "Publish.",
      text: `
blkreport build
python3 -m http.server -d output 8000     # http://localhost:8000/traces/loop-mkfs-ext4-blktrace/`,
    },
  ],
  notes: [
    "Kernels that are locked down, and most containers, refuse it even to root: capture says so before the command runs, and --via ftrace often works there.",
    "A disk is traced by one blktrace at a time.",
  ],
};
