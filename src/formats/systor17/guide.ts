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
  about: "A collection for research: six LUNs behind the virtual desktops of a company, February and March 2016.",
  source: "https://iotta.snia.org/traces/block-io/4928",
  sample: `
Timestamp,Response,IOType,LUN,Offset,Size
1456095145.133076000,0.000806000,R,0,899056122368,131072`,
  record: [
    {
      what: "Download it from SNIA, under its licence for trace files; each hour of each LUN is a file that can be read as it is.",
      commands: `
mv 2016022219-LUN4.csv.gz traces/`,
    },
  ],
  notes: [
    "Cite Lee and others, Understanding storage traffic characteristics on enterprise virtual desktop infrastructure, SYSTOR '17.",
    "It was recorded in the network, which lost some packets: a request without a response has no type and counts as other.",
    "Times have nine decimals and are good to a microsecond; the README does not give the unit of Response, which is read as seconds.",
    "The README warns of irregular response times and of some seconds without requests where the hour changes.",
  ],
};
