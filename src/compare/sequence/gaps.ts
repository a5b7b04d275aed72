import type { SequenceStep } from "../diff.ts";
import { align, type Match } from "./align.ts";
import type { ComparedRequest } from "./requests.ts";

type Requests = readonly ComparedRequest[];

/** Two lists of what stands between two matches. */
interface Gap {
  readonly a: Requests;
  readonly b: Requests;
}

const samePlace = ({ op, device, offsetBytes }: ComparedRequest) => `${op} ${device} ${offsetBytes}`;
const sameSize = ({ op, device, lengthBytes }: ComparedRequest) => `${op} ${device} ${lengthBytes}`;

/**
 * Both lists as one row of steps. `same` and `reordered` are matches found before. Between them, requests that keep
 * their op and offset are resized, those that keep op and length are moved; the rest is removed and added.
 */
export function pairGaps(
  a: Requests,
  b: Requests,
  same: readonly Match[],
  reordered: readonly Match[],
): SequenceStep[] {
  const leaves = new Map(reordered.map((match) => [a[match.a]!, b[match.b]!]));
  const arrives = new Map(reordered.map((match) => [b[match.b]!, a[match.a]!]));
  const between = ({ a: before, b: after }: Gap): SequenceStep[] => [
    ...before.flatMap((one) => (leaves.has(one) ? [reorderedStep(one, leaves.get(one)!, "a")] : [])),
    ...paired({ a: before.filter((one) => !leaves.has(one)), b: after.filter((one) => !arrives.has(one)) }),
    ...after.flatMap((one) => (arrives.has(one) ? [reorderedStep(arrives.get(one)!, one, "b")] : [])),
  ];
  return walk({ a, b }, same, (x, y) => ({ change: "same", a: x, b: y }), between);
}

/** The steps of a gap: first what is only resized, in what is left what is only moved. */
function paired(gap: Gap): SequenceStep[] {
  const moved = (rest: Gap) =>
    walk(rest, matches(rest, sameSize), (a, b) => ({ change: "moved", a, b }), removedAndAdded);
  return walk(gap, matches(gap, samePlace), (a, b) => ({ change: "resized", a, b }), moved);
}

/** Walks both lists along the matches: what lies between two goes to `between`. */
function walk(
  { a, b }: Gap,
  matched: readonly Match[],
  step: (a: ComparedRequest, b: ComparedRequest) => SequenceStep,
  between: (gap: Gap) => SequenceStep[],
): SequenceStep[] {
  const steps: SequenceStep[] = [];
  let [i, j] = [0, 0];
  const gapUntil = (endA: number, endB: number) => {
    if (i < endA || j < endB) for (const one of between({ a: a.slice(i, endA), b: b.slice(j, endB) })) steps.push(one);
  };
  for (const match of matched) {
    gapUntil(match.a, match.b);
    steps.push(step(a[match.a]!, b[match.b]!));
    [i, j] = [match.a + 1, match.b + 1];
  }
  gapUntil(a.length, b.length);
  return steps;
}

function matches({ a, b }: Gap, key: (request: ComparedRequest) => string): Match[] {
  return a.length === 0 || b.length === 0 ? [] : align(a.map(key), b.map(key));
}

function removedAndAdded({ a, b }: Gap): SequenceStep[] {
  return [
    ...a.map((one): SequenceStep => ({ change: "removed", a: one, b: null })),
    ...b.map((one): SequenceStep => ({ change: "added", a: null, b: one })),
  ];
}

function reorderedStep(a: ComparedRequest, b: ComparedRequest, at: "a" | "b"): SequenceStep {
  return { change: "reordered", a, b, at };
}
