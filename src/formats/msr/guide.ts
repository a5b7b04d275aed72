import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: true,
  completion: true,
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
  about:
    "A collection for research: a week of 36 volumes of 13 servers at Microsoft Research Cambridge, February 2007.",
  source: "https://iotta.snia.org/traces/block-io/388",
  sample: `
128166372011600556,mds,0,Write,3201662976,20480,45361
128166391024154329,prxy,0,Write,1105182720,1024,1514`,
  record: [
    {
      what: "Download it from SNIA, under its licence for trace files; each volume is a file that can be read as it is.",
      commands: `
mv mds_0.csv.gz traces/`,
    },
  ],
  notes: [
    "Cite Narayanan, Donnelly and Rowstron, Write Off-Loading, FAST '08.",
    "Times and response times are ticks of 100 ns.",
    "Disk 0 is the boot disk, but of src1 it is disk 2.",
    "Offsets are within the volume; its size is not told.",
  ],
};
