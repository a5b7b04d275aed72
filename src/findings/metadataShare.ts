import { counted, countText, shareText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";

const FEWEST_REQUESTS = 30;
const LEAST_SHARE = 0.5;

export const metadataShare: Finding = {
  id: "metadata-share",
  question: "Is most of the work metadata?",
  why: "Metadata is small, scattered and often waited for: where it dominates, the time goes into the filesystem's own books. REQ_META marks it where the filesystem says so.",
  source: {
    title: "Linux, include/linux/blk_types.h",
    url: "https://github.com/torvalds/linux/blob/v6.1/include/linux/blk_types.h",
  },
  judge(evidence) {
    const requests = figure(evidence, "requests");
    if (requests === null || requests.byFlag === null) return null;
    const all = requests.total - (requests.byOp.flush?.count ?? 0);
    const { meta } = requests.byFlag;
    if (all < FEWEST_REQUESTS || meta < LEAST_SHARE * all) return null;
    return {
      severity: "info",
      title: `${shareText(meta / all)} of the requests are for the filesystem's metadata`,
      evidence: `${countText(meta)} of ${counted(all, "request")} without the flushes.`,
      advice: "Fewer files and fewer attribute updates (noatime), or a journal on another device, make less of it.",
      chart: null,
    };
  },
};
