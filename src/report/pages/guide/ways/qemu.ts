import type { RecordingWay } from "./way.ts";

export const qemu: RecordingWay = {
  id: "qemu",
  title: "A program of qemu, with its trace events",
  about:
    "What qemu itself does to disks and images: qemu-img, qemu-io and qemu-nbd, a machine of yours, or guestfish's.",
  steps: [
    {
      what: "Install, on Debian.",
      text: `
apt-get install qemu-utils qemu-system-x86 libguestfs-tools linux-image-amd64`,
    },
    {
      what: "Record how an image becomes another one.",
      text: `
head -c 8M /dev/urandom > a.raw
blkreport capture --via qemu --name qemu/convert -- qemu-img convert -f raw -O qcow2 a.raw a.qcow2`,
    },
    {
      what: "Record the disk of guestfish's virtual machine, as qemu sees it. A machine of your own: qemu-system-x86_64 and its words behind --.",
      text: `
export LIBGUESTFS_BACKEND_SETTINGS=force_tcg
blkreport capture --via qemu --disk test3.img --create 10M --name qemu/mkfs --mark mkfs \\
  -- guestfish part-disk /dev/sda mbr : mkfs ext2 /dev/sda1`,
    },
    {
      what: "Publish.",
      text: `
blkreport build
python3 -m http.server -d output 8000     # http://localhost:8000/traces/qemu-convert/`,
    },
  ],
  notes: [
    "Only qemu-system has times: qemu-img, qemu-io and qemu-nbd write none.",
    "guestfish's appliance has a disk of its own, which is in the trace too; each disk is a scope.",
    "Of the events that are wanted those are asked for that this qemu has.",
  ],
};
