import type { Carried } from "../../../model/format.ts";

/** What a format may carry, as the guide calls it. */
export const COLUMN: Readonly<Record<Carried, { readonly title: string; readonly meaning: string }>> = {
  clock: { title: "Time", meaning: "when each request was issued; without it the axis is the number of the request" },
  completion: { title: "Completion", meaning: "when the device was done with it: latency and queue depth" },
  queue: { title: "Queue", meaning: "when it was queued, before the device got it: time in the scheduler" },
  merges: { title: "Merges", meaning: "which bios were merged into it" },
  process: { title: "Process", meaning: "who asked for it" },
  cpu: { title: "CPU", meaning: "on which CPU it was issued" },
  flags: { title: "Flags", meaning: "FUA, sync, meta, read-ahead, preflush" },
  flush: { title: "Flush", meaning: "flushes of the device's write cache" },
  discard: { title: "Discard", meaning: "discards (trim, unmap)" },
  writeZeroes: { title: "Write zeroes", meaning: "write-zeroes, told apart from writes" },
  error: { title: "Errors", meaning: "requests that failed, and how" },
  deviceSize: { title: "Disk size", meaning: "how large the device is" },
};
