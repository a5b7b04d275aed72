import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: "some",
  completion: false,
  queue: false,
  merges: false,
  process: false,
  cpu: false,
  flags: false,
  flush: true,
  discard: true,
  writeZeroes: false,
  error: false,
  deviceSize: false,
};

export const guide: Guide = {
  about: "Written by fio --write_iolog: each request that a job sent to its files or devices, for replay.",
  source: "https://github.com/axboe/fio/blob/002db503a5c21146266c92bc4911b6a5ec9b5d5d/iolog.c",
  sample: `
fio version 3 iolog
151 /dev/vdb write 503808 4096
218 /dev/vdb sync 3940352 0`,
  record: [
    {
      what: "Run a job with a log of its own.",
      commands: `
fio --name=db --filename=/dev/vdb --size=64m --rw=randrw --bs=4k --ioengine=libaio --direct=1 --fsync=4 \\
  --write_iolog=db.iolog`,
    },
    {
      what: "Make one of any trace and replay it on another disk: its content is lost.",
      commands: `
blkreport convert sda --to fio-iolog -o sda.iolog
fio --name=replay --read_iolog=sda.iolog --replay_redirect=/dev/vdb --ioengine=libaio --direct=1`,
    },
  ],
  notes: [
    "Version 3 (fio 3.31 and later) has times, version 2 has none: its waits are counted and become no times.",
    "It says when a request was sent, and never when it was complete; fio's per-I/O logs do.",
    "Addresses are those in the job's files: they are a device's only where the file is one.",
    "Each file is a device of its own. fsync and fdatasync count as flushes.",
    "fio 3.33 does not replay trims (it says bad ddir: 2); newer versions do.",
    "Give each job its own log: fio appends, and jobs that share one cut each other's lines.",
  ],
};
