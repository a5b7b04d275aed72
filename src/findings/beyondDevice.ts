import { counted } from "../model/quantities.ts";
import type { Finding } from "./finding.ts";

/**
 * A request past the end cannot be served: the filesystem is larger than its device, or the recorded size is another disk's.
 * https://github.com/torvalds/linux/blob/v6.1/block/blk-core.c (bio_check_eod)
 */
export const beyondDevice: Finding = {
  id: "beyond-device",
  question: "Do requests lie beyond the end of the device?",
  judge({ quality }) {
    const { requestsBeyondDevice: count } = quality;
    if (count === 0) return null;
    return {
      severity: "medium",
      title: `${counted(count, "request")} beyond the device's end`,
      evidence: `${counted(count, "request")} of the trace end past the size that the trace or the side file gives.`,
      advice:
        "Compare the size of the device (blockdev --getsize64) with that of the filesystem, and with the one given here.",
      chart: "sector-map",
    };
  },
};
