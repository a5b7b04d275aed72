import type { FoldedSteps, SequenceStep } from "../diff.ts";

/** Requests that are the same on both sides are shown so many before and after a change. */
const CONTEXT = 3;

/** The steps with the sameness between changes folded, as `diff -u` does; empty where nothing changed. */
export function fold(steps: readonly SequenceStep[]): (SequenceStep | FoldedSteps)[] {
  const near = new Uint8Array(steps.length);
  for (const [index, { change }] of steps.entries())
    if (change !== "same") near.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  const folded: (SequenceStep | FoldedSteps)[] = [];
  let count = 0;
  const close = () => {
    if (count > 0) folded.push({ change: "folded", count });
    count = 0;
  };
  for (const [index, step] of steps.entries()) {
    if (near[index] === 0) {
      count++;
      continue;
    }
    close();
    folded.push(step);
  }
  close();
  return folded.some(({ change }) => change !== "folded") ? folded : [];
}
