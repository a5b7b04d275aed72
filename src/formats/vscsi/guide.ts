import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: true,
  completion: "some",
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
  about:
    "A collection for research: SCSI commands of 106 virtual disks under VMware ESX, a week each, by CloudPhysics.",
  source:
    "https://github.com/1a1a11a/libCacheSim/blob/10a34335811c4052ab6c78993e42669e692825cd/libCacheSim/traceReader/customizedReader/vscsi.h",
  sample: `
84 00 00 80  00 02 00 00  01 00 00 00  2a 00 00 01
09 1a 8f 02 00 00 00 00  85 a1 3d ea 1e 00 00 00`,
  record: [
    {
      what: "libCacheSim brings one with it, and leads to the others.",
      commands: `
cp libCacheSim/data/cloudPhysicsIO.vscsi traces/`,
    },
  ],
  notes: [
    "Cite Waldspurger and others, Efficient MRC Construction with SHARDS, FAST '15.",
    "Times are microseconds from a zero that is not told.",
    "Version 2 has a response time, whose unit is not documented: it is read only where the side file gives units.latency.",
    "SCSI commands that are no read, write or flush count as other.",
  ],
};
