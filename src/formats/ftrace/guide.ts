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
  about:
    "The block layer's events as text: the kernel's own files trace and trace_pipe, and what trace-cmd report makes of trace.dat.",
  source: "https://github.com/torvalds/linux/blob/v6.18/include/trace/events/block.h",
  sample: `
    kworker/1:1H-57      [001] .....    20.397985: block_rq_issue: 8,0 R 4096 () 147736 + 8 [kworker/1:1H]
    kworker/1:1H-57      [001] d.h1.    20.399247: block_rq_complete: 8,0 R () 147736 + 8 [0]`,
  record: [
    {
      what: "With nothing but the kernel: a buffer of its own, large enough, read when all is done.",
      commands: `
cd /sys/kernel/tracing && mkdir instances/blkreport && cd instances/blkreport
echo 32768 > buffer_size_kb
echo 1 > events/block/enable
mkfs.ext4 /dev/sda1; sync
echo 0 > events/block/enable
cat trace > ~/mkfs.ftrace.txt`,
    },
    {
      what: "With trace-cmd, which keeps events in a file while it records, and nanoseconds with -t.",
      commands: `
trace-cmd record -e block -o trace.dat mkfs.ext4 /dev/sda1
trace-cmd report -t -i trace.dat > mkfs.ftrace.txt`,
    },
    {
      what: "Mark a part of it.",
      commands: `
echo 'begin mkfs' > /sys/kernel/tracing/instances/blkreport/trace_marker
mkfs.ext4 /dev/sda1; sync
echo 'end mkfs' > /sys/kernel/tracing/instances/blkreport/trace_marker`,
    },
  ],
  notes: [
    "Times are rounded to a microsecond, but with trace-cmd report -t.",
    "All disks are in one trace, unless a filter such as dev == 0x800000 keeps it to one.",
    "Kernels from 6.11 on write each request's I/O priority class, which is read; older ones do not.",
    "The kernel writes N for write-zeroes, and older kernels for zone commands too.",
    "dm and md devices have latencies only where block_bio_complete is recorded.",
    "What the buffer could not hold is lost: the number of dropped events tells how much.",
  ],
};
