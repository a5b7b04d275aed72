import type { SequenceDiff } from "../diff.ts";
import type { Side } from "../side.ts";
import { align, type Match } from "./align.ts";
import { countsOf } from "./counts.ts";
import { fold } from "./fold.ts";
import { pairGaps } from "./gaps.ts";
import { pairEqual } from "./pairEqual.ts";
import { type ComparedRequest, requestsOf } from "./requests.ts";

/** Both sides' requests aligned as `diff` aligns lines; null where either Summary does not hold them all. */
export function compareSequences(sideA: Side, sideB: Side): SequenceDiff | null {
  const a = requestsOf(sideA);
  const b = requestsOf(sideB);
  if (a === null || b === null) return null;
  const keysA = a.map(whole);
  const keysB = b.map(whole);
  const same = align(keysA, keysB);
  const steps = pairGaps(a, b, same, reorderedOf(keysA, keysB, same));
  return { ...countsOf(steps), steps: fold(steps) };
}

/** The whole request, as a key. */
function whole({ op, device, offsetBytes, lengthBytes }: ComparedRequest): string {
  return `${op} ${device} ${offsetBytes} ${lengthBytes}`;
}

/** Equal requests that stand at another place of the sequence. */
function reorderedOf(a: readonly string[], b: readonly string[], same: readonly Match[]): Match[] {
  const [sameA, sameB] = [new Set(same.map((match) => match.a)), new Set(same.map((match) => match.b))];
  return pairEqual(
    a.map((key, index) => (sameA.has(index) ? null : key)),
    b.map((key, index) => (sameB.has(index) ? null : key)),
  );
}
