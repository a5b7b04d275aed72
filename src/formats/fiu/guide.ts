import type { Carries, Guide } from "../../model/format.ts";

export const carries: Carries = {
  clock: true,
  completion: false,
  queue: false,
  merges: false,
  process: true,
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
    "Collections for research: mail, web and home servers of Florida International University, 2008, with a digest of each block.",
  source: "https://iotta.snia.org/traces/block-io/391",
  sample: `
89968195792462 20782 gzip 283193184 8 R 6 0 56f11b711d91a065a2b6458eca924523`,
  record: [
    {
      what: "Download it from SNIA, under its licence for trace files; each day is a file.",
      commands: `
tar -xzf homes.tar.gz -C traces`,
    },
  ],
  notes: [
    "Cite Koller and Rangaswami, I/O Deduplication, FAST '10 (IODedup), or Verma and others, SRCMap, FAST '10.",
    "Requests were cut into blocks of the file system, mostly 8 sectors: sizes and sequences are those of the blocks.",
    "Times are nanoseconds from a zero that is not told; there are no completions.",
    "The digests of what was read and written are not used.",
  ],
};
