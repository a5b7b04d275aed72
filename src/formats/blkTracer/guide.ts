import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: true,
  completion: true,
  queue: true,
  merges: true,
  process: true,
  cpu: true,
  flags: true,
  flush: true,
  discard: true,
  writeZeroes: "some",
  error: true,
  deviceSize: false,
};

export const guide: Guide = {
  about: "The kernel's tracer blk: blktrace's events as text in ftrace's buffer, without any program.",
  source: "https://github.com/torvalds/linux/blob/v6.18/kernel/trace/blktrace.c",
  sample: `
              dd-516     [000] d..1.    84.122358: 254,0    D  WS 55298 + 2048 [dd]
          <idle>-0       [000] d.H3.    84.124458: 254,0    C  WS 55298 + 2048 [0]`,
  record: [
    {
      what: "Choose the disks, then the tracer; the text is in the file trace.",
      commands: `
cd /sys/kernel/tracing
echo 32768 > buffer_size_kb
echo 1 > /sys/block/sda/trace/enable
echo blk > current_tracer
mkfs.ext4 /dev/sda1; sync
cat trace > ~/mkfs.blk.txt
echo 0 > /sys/block/sda/trace/enable
echo nop > current_tracer`,
    },
    {
      what: "Mark a part of it.",
      commands: `
echo 'begin mkfs' > /sys/kernel/tracing/trace_marker
mkfs.ext4 /dev/sda1; sync
echo 'end mkfs' > /sys/kernel/tracing/trace_marker`,
    },
  ],
  notes: [
    "Times are rounded to a microsecond; with echo 1 > options/blk_classic they have nanoseconds.",
    "What the buffer cannot hold is lost, the oldest events first: choose buffer_size_kb so that it holds all.",
    "Write-zeroes are shown as writes, but on kernels from 2025 on.",
  ],
};
