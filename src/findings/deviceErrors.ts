import { counted, countText, listed } from "../model/quantities.ts";
import { EOPNOTSUPP, errnoText } from "./errnos.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";
import { countedByOp } from "./words.ts";

export const deviceErrors: Finding = {
  id: "device-errors",
  question: "Did any request fail?",
  why: "A request that fails is data that is lost, or that a layer above must write elsewhere; what each number means is the kernel's table. Even one is worth a look, since a device that fails one request seldom stops there.",
  source: { title: "Linux, block/blk-core.c", url: "https://github.com/torvalds/linux/blob/v6.1/block/blk-core.c" },
  judge(evidence) {
    const errors = figure(evidence, "errors");
    if (errors === null || errors.total === 0) return null;
    const unsupportedOnly = errors.byErrno.every(([errno]) => errno === EOPNOTSUPP);
    const total = figure(evidence, "requests")?.total ?? errors.total;
    const byErrno = errors.byErrno.map(([errno, count]) => `${countText(count!)} × ${errnoText(errno!)}`);
    return {
      severity: unsupportedOnly ? "low" : "high",
      title: `${countText(errors.total)} of ${counted(total, "request")} failed`,
      evidence: `${countedByOp(errors.byOp)}: ${listed(byErrno)}.`,
      advice: unsupportedOnly
        ? "The device lacks an operation that was tried; the layer above does without."
        : "Look into the kernel's log of that time, and into the device's own (smartctl -a, nvme error-log), before the data is trusted.",
      chart: null,
    };
  },
};
