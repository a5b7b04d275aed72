import { word } from "../text/cursor.ts";
import { isNumber, type Step } from "./formatString.ts";
import { NumberRun } from "./numberRun.ts";

/** How a step is read; the first two are most of a line. */
export const LITERAL = 0;
export const RUN = 1;
export const READ = { number: 2, action: 3, rwbs: 4, device: 5, name: 6, pdu: 7, wallClock: 8, cgroup: 9 } as const;
const READ_OF_LETTER: Readonly<Record<string, number>> = {
  a: READ.action,
  d: READ.rwbs,
  D: READ.device,
  C: READ.name,
  P: READ.pdu,
  z: READ.wallClock,
  g: READ.cgroup,
};

/** A number that some print with its sign. */
const ERROR = "e";
const NO_BYTES = new Uint8Array(0);
const NO_RUN = new NumberRun([]);

/** A step as it is read, all of one shape for the sake of speed. */
export interface ReadStep {
  /** LITERAL, RUN or a READ. */
  readonly read: number;
  /** Of a literal. */
  readonly bytes: Uint8Array;
  /** Of a field. */
  readonly letter: number;
  readonly width: number;
  readonly left: boolean;
  readonly touches: boolean;
  /** Numbers with one byte after each, and the letters of their fields. */
  readonly run: NumberRun;
  readonly letters: Uint8Array;
}

const EMPTY_STEP: ReadStep = {
  read: LITERAL,
  bytes: NO_BYTES,
  letter: 0,
  width: 0,
  left: false,
  touches: false,
  run: NO_RUN,
  letters: NO_BYTES,
};

/** Takes numbers together that one byte each follows: such runs are read at once. */
export function readSteps(steps: readonly Step[]): ReadStep[] {
  const result: ReadStep[] = [];
  let i = 0;
  while (i < steps.length) {
    const from = i;
    while (isInRun(steps[i], steps[i + 1])) i += 2;
    if (i > from) result.push(runStep(steps.slice(from, i)));
    else result.push(readStep(steps[i++]!));
  }
  return result;
}

function isInRun(step: Step | undefined, next: Step | undefined): boolean {
  const isPlain = step?.what === "field" && isNumber(step.letter) && step.letter !== ERROR && !step.left;
  return isPlain && next?.what === "literal" && new TextEncoder().encode(next.text).length === 1;
}

function runStep(steps: readonly Step[]): ReadStep {
  const letters = steps.flatMap((step) => (step.what === "field" ? [step.letter] : []));
  const fields = letters.map((letter, i) => {
    const follower = steps[i * 2 + 1]!;
    const followedBy = follower.what === "literal" ? follower.text : "";
    return { name: `%${letter}`, expected: `a whole number, then ${JSON.stringify(followedBy)}`, followedBy };
  });
  return {
    ...EMPTY_STEP,
    read: RUN,
    run: new NumberRun(fields),
    letters: Uint8Array.from(letters, (letter) => letter.charCodeAt(0)),
  };
}

function readStep(step: Step): ReadStep {
  if (step.what === "literal") return { ...EMPTY_STEP, read: LITERAL, bytes: word(step.text) };
  const { letter, width, left, touches } = step;
  const read = isNumber(letter) ? READ.number : READ_OF_LETTER[letter]!;
  return { ...EMPTY_STEP, read, letter: letter.charCodeAt(0), width, left, touches };
}
