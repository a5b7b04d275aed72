import type { Foreign } from "../../model/format.ts";
import { shapeOf } from "../fioLog/shape.ts";
import { headLines } from "../text/headLines.ts";

const KNOWN = {
  "no offsets": {
    what: "a fio log without offsets, so it says nowhere on the disk",
    cure: "record it again with --log_offset=1",
  },
  windows: {
    what: "a fio log of averages over windows, which has no single requests",
    cure: "record it again with --log_offset=1 and without --log_avg_msec",
  },
  histograms: {
    what: "a fio log of latency histograms, which has no single requests",
    cure: "record it again with --write_lat_log and --log_offset=1",
  },
} as const;

/** Logs of fio that do not hold single requests with their places. */
export const fioLogs: Foreign = {
  id: "fioLogs",
  recognise: (head) => {
    const shape = shapeOf(headLines(head));
    return shape in KNOWN ? KNOWN[shape as keyof typeof KNOWN] : null;
  },
};
