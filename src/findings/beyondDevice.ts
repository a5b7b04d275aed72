import { bytesText, counted, countText, listed } from "../model/quantities.ts";
import type { Finding } from "./finding.ts";

export const beyondDevice: Finding = {
  id: "beyond-device",
  question: "Do requests lie beyond the end of the device?",
  why: "A request past the end cannot be served: the filesystem is larger than its device, or the recorded size is another disk's. Its answer is an error, and what it meant to write is nowhere.",
  source: {
    title: "Linux, bio_check_eod in block/blk-core.c",
    url: "https://github.com/torvalds/linux/blob/v6.1/block/blk-core.c",
  },
  judge({ quality, trace, scopeList }) {
    const { requestsBeyondDevice: count } = quality;
    if (count === 0) return null;
    const sizes = trace.devices.flatMap(({ name, bytes }) =>
      bytes === null ? [] : [`${name} has ${bytesText(bytes)}`],
    );
    const total = scopeList.reduce((most, scope) => Math.max(most, scope.requests), 0);
    return {
      severity: "medium",
      title: `${countText(count)} of ${counted(total, "request")} ${count === 1 ? "ends" : "end"} past the end of the device`,
      evidence: `As the trace or the side file says, ${listed(sizes)}.`,
      advice:
        "Compare this size with the device's own (blockdev --getsize64, qemu-img info) and with the filesystem's (dumpe2fs -h, xfs_info).",
      chart: "sector-map",
    };
  },
};
