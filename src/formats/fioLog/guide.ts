import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: true,
  completion: "some",
  queue: false,
  merges: false,
  process: false,
  cpu: false,
  flags: false,
  flush: false,
  discard: true,
  writeZeroes: false,
  error: false,
  deviceSize: false,
};

export const guide: Guide = {
  about:
    "Written by fio --write_lat_log (and --write_bw_log, --write_iops_log): each request of a job when it was complete.",
  source: "https://fio.readthedocs.io/en/latest/fio_doc.html#log-file-formats",
  sample: `
0, 181669, 0, 16384, 249856, 0
1, 385759, 0, 4096, 3104768, 0`,
  record: [
    {
      what: "Run a job with its latencies and offsets. Where fio --cmdhelp=log_issue_time knows it (3.33 does not), add --log_issue_time=1: it gives times finer than a millisecond.",
      commands: `
fio --name=db --filename=/dev/vdb --size=64m --rw=randrw --bs=4k --ioengine=libaio --direct=1 \\
  --write_lat_log=db --log_offset=1`,
    },
    {
      what: "Say what its values are: the side file db_clat.1.log.json.",
      commands: `{ "read": { "fioLog": "clat" } }`,
    },
  ],
  notes: [
    "The log does not say what its values are: lat, clat, slat, bw or iops. Only lat and clat give latencies; take clat.",
    "Times are whole milliseconds. A request is placed at its completion less its latency, right to 1 ms, and what falls into one millisecond keeps the order of the log.",
    "Logs of bw and iops give no latency: their requests stand where they were complete.",
    "Without --log_offset=1 there are no addresses, and with --log_avg_msec no single requests: neither can be read.",
    "There are no flushes in it. Offsets are those in the job's files, and the log does not tell the files apart.",
  ],
};
