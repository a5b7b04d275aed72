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
    "What MQSim, a simulator of SSDs, replays: arrival, device, first sector, sectors, and 1 for a read or 0 for a write.",
  source:
    "https://github.com/CMU-SAFARI/MQSim/blob/2b6904b7087748918ae58acb729fce84aecfa5f2/src/host/ASCII_Trace_Definition.h",
  sample: `
4851300 1 524288 16 0
4864300 1 524304 16 0`,
  record: [
    {
      what: "Say beside the trace what it is, and the <Time_Unit> of its workload: ps, ns or us.",
      commands: `
grep Time_Unit workload.xml
echo '{ "read": { "format": "mqsim", "units": { "time": "ns" } } }' > traces/tpcc.trace.json`,
    },
  ],
  notes: [
    "Five whole numbers may be many things, so it is read only where the side file says that it is MQSim's.",
    "1 is a read and 0 is a write, the opposite of Tencent's and fio's.",
    "Sectors have 512 bytes.",
  ],
};
