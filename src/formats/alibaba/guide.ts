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
  about: "A collection for research: all requests of 1000 virtual disks of Alibaba Cloud in January 2020.",
  source: "https://github.com/alibaba/block-traces/blob/18a13b9206cb5b50a4fa089942a1d245df33dbfd/README.md",
  sample: `
419,W,8792731648,16384,1577808144360767
725,R,59110326272,360448,1577808144360813
12,R,350868463616,8192,1577808144360852`,
  record: [
    {
      what: "The one file has 751 GB; take the disks that matter out of it.",
      commands: `
tar -xzOf alibaba_block_traces_2020.tar.gz io_traces.csv | grep -E '^(12|725),' | zstd > traces/alibaba.csv.zst`,
    },
    {
      what: "Sizes of disks stand in device_size.csv; give them in the side file.",
      commands: `
echo '{ "devices": { "725": { "bytes": 536870912000 } } }' > traces/alibaba.csv.zst.json`,
    },
  ],
  notes: [
    "Published under CC BY 4.0; it was first analysed by Li, Wang, Lee and Shi, IISWC '20.",
    "Times are when the server received a request, in microseconds; there are no completions.",
    "The sixteen disks with the most bytes have pages of their own; the others are counted together.",
  ],
};
