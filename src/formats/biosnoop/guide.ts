import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: true,
  completion: true,
  queue: "some",
  merges: false,
  process: true,
  cpu: false,
  flags: "some",
  flush: "some",
  discard: "some",
  writeZeroes: false,
  error: false,
  deviceSize: false,
};

export const guide: Guide = {
  about:
    "Written by biosnoop, of bcc or of libbpf-tools, and by iosnoop of perf-tools: each request of the block layer when it was complete.",
  source: "https://github.com/iovisor/bcc/blob/07ca7ba9df379bf063b3b2afca6983b8d91bc2a2/libbpf-tools/biosnoop.c",
  sample: `
TIME(s)     COMM           PID    DISK    T SECTOR     BYTES  QUE(ms) LAT(ms)
0.000771    sync           22177  nvme1n1 W 41963894   3072      0.11    0.47`,
  record: [
    {
      what: "The one of libbpf-tools, which tells flushes and discards from reads (package libbpf-tools, or bcc's folder of that name).",
      commands: "biosnoop -Q > disk.biosnoop",
    },
    { what: "The one of bcc (packages bpfcc-tools and bcc-tools).", commands: "biosnoop-bpfcc -Q > disk.biosnoop" },
    {
      what: "iosnoop of perf-tools, on old kernels; it writes times only with -s and -t.",
      commands: "iosnoop -st > disk.iosnoop",
    },
  ],
  notes: [
    "Keep the header line: it says which columns there are.",
    "The process is the one that was running when the request was made, for many writes a kernel thread.",
    "bcc's biosnoop calls everything R that is no write: discards count as reads there.",
    "A request is issued at its completion less its latency, right to 1 µs (libbpf-tools) or 10 µs (bcc and iosnoop).",
    "With -t the times are the wall clock at which biosnoop printed the line, in milliseconds and without a date: leave it out.",
    "biosnoop.bt of bpftrace writes no sectors, so nothing can be said of places: use one of these.",
  ],
};
