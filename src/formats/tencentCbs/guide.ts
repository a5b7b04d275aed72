import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: true,
  completion: false,
  queue: false,
  merges: false,
  process: false,
  cpu: false,
  flags: false,
  flush: false,
  discard: false,
  writeZeroes: false,
  error: false,
  deviceSize: false,
};

export const guide: Guide = {
  about: "A collection for research: ten days of 5584 volumes of Tencent's cloud block storage, October 2018.",
  source: "https://iotta.snia.org/traces/parallel/27917",
  sample: `
1538323200,12910952,128,0,1063
1538323200,6338688,8,1,1627
1538323200,1904106400,384,0,1360`,
  record: [
    {
      what: "Download an hour of it from SNIA, under its licence for trace files, and take the table out of the archive.",
      commands: `
tar -xzOf 2018-10-01-01.tgz | zstd > traces/tencent-2018-10-01-01.csv.zst`,
    },
  ],
  notes: [
    "Cite Zhang and others, OSCA, USENIX ATC '20.",
    "Times are whole seconds: nothing can be said of what happens within one, nor of latency.",
    "0 is a read and 1 is a write; offsets and sizes are sectors of 512 bytes.",
    'Only tables of its ten days are recognised; of another one, say "read": { "format": "tencentCbs" }.',
    "Beyond 4096 volumes the rest are counted as one.",
  ],
};
