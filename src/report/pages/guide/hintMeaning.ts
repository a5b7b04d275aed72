import type { HintKey } from "../../../model/format.ts";

/** What each key under `read` in a side file says. */
export const HINT_MEANING: Readonly<Record<HintKey, string>> = {
  blkparseFormat: "the format string that blkparse -f was given",
  blkparseFormatOf: "those that blkparse -F was given, by the letters of their actions",
  fioLog: "what the values are: lat, clat, slat, bw or iops",
  layer: "the layer whose requests count, where each is shown at several",
  columns: "the column of each field, by its name or its number from 1",
  "units.time": "the unit of times: ps, ns, 100ns, us, ms or s",
  "units.latency": "the unit of latencies, as of times",
  "units.offsetBytes": "how many bytes a unit of offsets is",
  "units.lengthBytes": "how many bytes a unit of lengths is",
  ops: "the operation that each code or word means",
};
