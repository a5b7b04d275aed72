import type { RecordingWay } from "./way.ts";

export const nbdkit: RecordingWay = {
  id: "nbdkit",
  title: "An image, with nbdkit",
  about:
    "The way to begin with: it takes no root, every request is recorded with its return, and guestfish does in a small virtual machine whatever Linux can do to a disk.",
  steps: [
    {
      what: "Install, on Debian. Without KVM (in a container, in a virtual machine) the second line makes guestfish work all the same, slowly.",
      text: `
apt-get install nbdkit libguestfs-tools linux-image-amd64
export LIBGUESTFS_BACKEND_SETTINGS=force_tcg`,
    },
    {
      what: "Make an image of 10 MiB, and record how it gets a partition and a filesystem. Only mkfs is marked: the page opens on it.",
      text: `
blkreport capture --via nbdkit --disk test1.img --create 10M --name ext2/mkfs --mark mkfs \\
  -- guestfish part-disk /dev/sda mbr : mkfs ext2 /dev/sda1`,
    },
    {
      what: "Record how a small file is written.",
      text: `
blkreport capture --via nbdkit --disk test1.img --name ext2/write-hello --mark 'write /hello' \\
  -- guestfish -m /dev/sda1 write /hello "hello, world."`,
    },
    {
      what: "The same with any program that speaks NBD: the address of the disk stands in place of {uri}, and in NBD_URI.",
      text: `
blkreport capture --via nbdkit --disk test2.img --create 64M --name nbd/two-writes \\
  -- qemu-io -f raw -c 'write 0 64k' -c 'write 512 4k' {uri}`,
    },
    {
      what: "Publish: output/ is the site, for any web server.",
      text: `
blkreport build
python3 -m http.server -d output 8000     # http://localhost:8000/traces/ext2-write-hello/`,
    },
  ],
  notes: [
    "guestfish's commands stand on its command line, in a file (-f), or on its standard input; capture adds the disk and starts the appliance.",
    "A mark is the beginning of a command. Commands that follow each other become one span. Where the markers are not in the trace, capture says so and exits with 1.",
    "The image must be raw: qcow2 has addresses of its own.",
  ],
};
