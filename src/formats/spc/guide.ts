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
  about:
    "The Storage Performance Council's format for traces that are passed on; Financial1 and 2 and WebSearch1 to 3 of the UMass Trace Repository are in it.",
  source: "https://traces.cs.umass.edu/docs/traces/storage/",
  sample: `
0,303567,3584,w,0.000000
1,55590,3072,w,0.000000
0,303574,3584,w,0.026214`,
  record: [
    {
      what: "Download one, and say beside it how large its blocks are: its description tells (512 for the traces of UMass).",
      commands: `
bunzip2 < Financial1.spc.bz2 | gzip > traces/Financial1.spc.gz
echo '{ "read": { "units": { "offsetBytes": 512 } } }' > traces/Financial1.spc.gz.json`,
    },
  ],
  notes: [
    "The size of a block is not in the trace; sizes of requests are bytes.",
    "There are no completions, so no latency and no queue depth.",
    "Each application-specific unit (ASU) is a device.",
    "Optional fields are allowed by the format and not read: each trace may mean something else by them.",
  ],
};
