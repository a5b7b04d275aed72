import { bytesText, countText, durationText, shareText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";

const FEWEST_REWRITES = 30;
/** Of the accesses to blocks by writes. */
const LEAST_SHARE = 0.25;

export const rewrittenSoon: Finding = {
  id: "rewritten-soon",
  question: "Is a block written again within a second?",
  why: "A block that is written again within a second could have been written once: journal heads and superblocks are the usual ones. On flash each of the writes takes a fresh page.",
  source: { title: "Hu et al., SYSTOR 2009", url: "https://doi.org/10.1145/1534530.1534544" },
  judge(evidence) {
    const reuse = figure(evidence, "reuse");
    const writes = reuse?.heat.writes;
    const again = reuse?.again.writeAfterWrite;
    if (writes == null || again?.time == null) return null;
    const { withinSecond, p50Ns } = again.time;
    if (withinSecond < FEWEST_REWRITES || withinSecond < LEAST_SHARE * writes.accesses) return null;
    return {
      severity: "low",
      title: `${shareText(withinSecond / writes.accesses)} of the block writes hit a block written less than a second before`,
      evidence: `${countText(withinSecond)} of ${countText(writes.accesses)} block writes, in blocks of ${bytesText(reuse!.blockBytes)}; half of all repetitions come after ${durationText(p50Ns)} or less.`,
      advice:
        "Gather the updates of a block before it is synced; a larger journal keeps its head apart from its tail for longer.",
      chart: "reuse-times",
    };
  },
};
