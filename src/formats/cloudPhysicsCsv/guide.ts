import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: true,
  completion: false,
  queue: false,
  merges: false,
  process: false,
  cpu: false,
  flags: false,
  flush: true,
  discard: false,
  writeZeroes: false,
  error: false,
  deviceSize: false,
};

export const guide: Guide = {
  about: "The CloudPhysics trace of a virtual disk that libCacheSim brings with it, as a table.",
  source: "https://github.com/1a1a11a/libCacheSim/blob/cc9a68a890475fa3f707f8778f891f36cfdb3fbe/data/trace.csv",
  sample: `
version,time,op,size,lbn
1,33898,2a,512,42932745
1,33899,2a,6144,31954535`,
  record: [
    {
      what: "Take it from libCacheSim.",
      commands: `
cp libCacheSim/data/cloudPhysicsIO.csv traces/`,
    },
  ],
  notes: [
    "Cite Waldspurger and others, Efficient MRC Construction with SHARDS, FAST '15.",
    "Times are whole seconds, sizes are bytes, and lbn counts sectors of 512 bytes.",
    "The op is a SCSI command: 28 reads, 2a writes. Commands that are no read, write or flush count as other.",
    "The binary trace (vscsi) has microseconds: prefer it.",
  ],
};
