import type { MetricValues } from "../analysis/summary.ts";
import type { Op } from "../model/ops.ts";
import { bytesText, countText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Evidence } from "./finding.ts";
import { boundaryBytes, misalignedPartitions, START_ON_A_BOUNDARY, startText } from "./partitions.ts";

type Counts = { readonly aligned: number; readonly unaligned: number };
type Alignment = MetricValues["alignment"];

function countsOf(byOp: Alignment["byOp"], ops: readonly Op[]): Counts {
  let aligned = 0;
  let unaligned = 0;
  for (const op of ops) {
    aligned += byOp[op]?.aligned ?? 0;
    unaligned += byOp[op]?.unaligned ?? 0;
  }
  return { aligned, unaligned };
}

/** How many requests of some ops are unaligned to 4 KiB, of how many. */
export function unalignedOf(evidence: Evidence, ops: readonly Op[]): { unaligned: number; all: number } | null {
  const alignment = figure(evidence, "alignment");
  if (alignment === null) return null;
  const { aligned, unaligned } = countsOf(alignment.byOp, ops);
  return { unaligned, all: aligned + unaligned };
}

/** Where it comes from as far as the Summary tells, and what can be done. */
export function causeOf(evidence: Evidence, ops: readonly Op[]): { evidence: string; advice: string } {
  const [partition] = misalignedPartitions(evidence);
  if (partition !== undefined)
    return { evidence: `${startText(partition, boundaryBytes(evidence))}.`, advice: START_ON_A_BOUNDARY };
  return {
    evidence: commonBoundary(figure(evidence, "alignment")!, ops),
    advice:
      "Look for what cuts or shifts them: the start of the partition, filesystem blocks below 4 KiB, direct I/O in smaller units.",
  };
}

/** The largest boundary to which every request of the ops is aligned. */
function commonBoundary({ byBoundary }: Alignment, ops: readonly Op[]): string {
  const unaligned = byBoundary.map(({ byOp }) => countsOf(byOp, ops).unaligned);
  const first = unaligned.findIndex((count) => count > 0);
  if (first < 0) return "";
  const { boundaryBytes: failing } = byBoundary[first]!;
  const beyond = `${countText(unaligned[first]!)} unaligned to ${bytesText(failing)}`;
  return first === 0 ? `${beyond}.` : `Every one is aligned to ${bytesText(failing / 2)}; ${beyond}.`;
}
