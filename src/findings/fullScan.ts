import type { Op } from "../model/ops.ts";
import { bytesText, shareText } from "../model/quantities.ts";
import { onlyDevice } from "./devices.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";

const LEAST_SHARE = 0.9;
const LEAST_SEQUENTIAL = 0.8;

/** Whether the bytes of an op mostly lie in sequential runs, or in few requests at all. */
function isSequential(evidence: Evidence, op: Op): boolean {
  const ofOp = figure(evidence, "runs")?.byOp[op];
  return ofOp !== undefined && ofOp.bytesInRuns >= LEAST_SEQUENTIAL * ofOp.bytes;
}

export const fullScan: Finding = {
  id: "full-scan",
  question: "Is the whole device read or written?",
  why: "A scan of the whole device takes its bandwidth for as long as it lasts, and evicts what the page cache held. Backups, scrubs and resyncs do it on purpose.",
  source: { title: "Linux, RAID arrays", url: "https://docs.kernel.org/admin-guide/md.html" },
  judge(evidence) {
    const bytes = onlyDevice(evidence)?.bytes ?? 0;
    const footprint = figure(evidence, "footprint");
    if (bytes === 0 || footprint === null) return null;
    const { distinctReadBytes, distinctWrittenBytes, exact } = footprint;
    const candidates = [
      { op: "read", verb: "read", ofOp: distinctReadBytes },
      { op: "write", verb: "written", ofOp: distinctWrittenBytes },
    ] as const;
    const scan = candidates.find(({ op, ofOp }) => ofOp >= LEAST_SHARE * bytes && isSequential(evidence, op));
    if (scan === undefined) return null;
    return {
      severity: "info",
      title: `${exact ? "" : "About "}${shareText(Math.min(1, scan.ofOp / bytes))} of the device is ${scan.verb}, in order`,
      evidence: `${bytesText(scan.ofOp)} of ${bytesText(bytes)}.`,
      advice: "",
      chart: "footprint",
    };
  },
};
