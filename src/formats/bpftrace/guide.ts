import type { Carries, Guide } from "../../model/format.ts";
import { SCRIPT } from "./script.ts";

export const carries: Carries = {
  clock: true,
  completion: true,
  queue: false,
  merges: false,
  process: true,
  cpu: false,
  flags: true,
  flush: true,
  discard: true,
  writeZeroes: true,
  error: true,
  deviceSize: false,
};

export const guide: Guide = {
  about: "Written by blkreport's own script for bpftrace: each request when it is issued and when it is complete.",
  source: "https://github.com/bpftrace/bpftrace",
  sample: `
31055736541 D vda 4801 34818 1310720 dd 286
31060830261 C vda 4801 34818 1310720 err=0`,
  record: [
    { what: "Save this as blkreport.bt.", commands: SCRIPT },
    {
      what: "Run it as root while the work goes on, with room for bursts; end it with Ctrl-C.",
      commands: "BPFTRACE_PERF_RB_PAGES=1024 bpftrace blkreport.bt > disk.bpftrace",
    },
  ],
  notes: [
    "It was tried on Linux 6.1 with bpftrace 0.17, over virtio-blk, SCSI and NVMe: it gave the requests that blktrace gave. The kernel must have BTF.",
    "Where the kernel knows struct rq_list, req_list is one: write args->iob->req_list.head there.",
    "To record one disk only, put a filter before each body, such as /args->rq->q->disk->first_minor == 16/.",
    "Times count from the machine's start. Each CPU's lines come in bursts, which are put in order.",
    "Lines that bpftrace lost are counted where it says so in the file: 2>&1 puts them there.",
  ],
};
