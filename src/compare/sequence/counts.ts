import type { Op } from "../../model/ops.ts";
import type { SequenceCounts, SequenceDiff, SequenceStep } from "../diff.ts";

const NOTHING: SequenceCounts = { same: 0, added: 0, removed: 0, moved: 0, resized: 0, reordered: 0 };

/** How many requests changed how, together and by op. A reordered request stands in two steps and counts once. */
export function countsOf(steps: readonly SequenceStep[]): Omit<SequenceDiff, "steps"> {
  const counts = { ...NOTHING };
  const byOp: { [O in Op]?: SequenceCounts } = {};
  for (const step of steps) {
    if (step.change === "reordered" && step.at === "a") continue;
    const { op } = (step.b ?? step.a)!;
    counts[step.change]++;
    byOp[op] = { ...(byOp[op] ?? NOTHING), [step.change]: (byOp[op]?.[step.change] ?? 0) + 1 };
  }
  return { counts, byOp, shift: shiftOf(steps) };
}

/** How far most moved requests moved, where one distance stands for half of them or more. */
function shiftOf(steps: readonly SequenceStep[]): SequenceDiff["shift"] {
  const distances = new Map<number, number>();
  let moved = 0;
  for (const { change, a, b } of steps) {
    if (change !== "moved") continue;
    const bytes = b!.offsetBytes - a!.offsetBytes;
    distances.set(bytes, (distances.get(bytes) ?? 0) + 1);
    moved++;
  }
  const [bytes, requests] = [...distances].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0]);
  return requests > 1 && requests * 2 >= moved ? { bytes, requests } : null;
}
