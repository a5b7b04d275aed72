import { bytesText, countText, shareText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";

/** Shorter runs are the tail of any file. */
const LEAST_RUN = 8;
const FEWEST_WRITES = 64;
const LEAST_SHARE = 0.25;
/** Below, what a request costs outweighs what its bytes cost on most devices. */
const SMALL_BYTES = 16 * 1024;

export const smallSequentialWrites: Finding = {
  id: "small-sequential-writes",
  question: "Could small writes be merged?",
  why: "Each request costs the same work before its first byte moves, so many small ones in a row are slower than one of their length. The kernel merges only those that wait at the same time.",
  source: { title: "Linux, notes on the block layer", url: "https://docs.kernel.org/block/biodoc.html" },
  judge(evidence) {
    const writes = figure(evidence, "runs")?.byOp.write;
    if (writes === undefined) return null;
    let requests = 0;
    let bytes = 0;
    let runs = 0;
    for (const [least, count, ofRun, bytesOfRun] of writes.octaves) {
      if (least! < LEAST_RUN) continue;
      runs += count!;
      requests += ofRun!;
      bytes += bytesOfRun!;
    }
    if (requests < FEWEST_WRITES || requests < LEAST_SHARE * writes.requests || bytes > SMALL_BYTES * requests)
      return null;
    return {
      severity: "low",
      title: `${countText(requests)} small writes each begin where an earlier one ended`,
      evidence: `${shareText(requests / writes.requests)} of the writes, ${bytesText(bytes / requests)} on average, in ${countText(runs)} ${runs === 1 ? "run" : "runs"} of at least ${LEAST_RUN}.`,
      advice:
        "Write larger pieces: a buffer in the program, or writes that wait together so that the kernel merges them.",
      chart: "sequential-runs",
    };
  },
};
