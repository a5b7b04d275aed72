/** The format strings of `blkparse -f` and `-F`, taken apart as its process_fmt does (see index.ts). */

/** Fields that are printed as whole numbers. */
const NUMBERS = "ceMmnNpsStTuU";
/** All fields; any other letter stands for itself. */
const FIELDS = `${NUMBERS}aCdDgPz`;
/** Fields that are printed without regard to the width and the side that are asked for. */
const NOT_PADDED = "DP";
/** Fields that always have as many columns. */
const OF_ONE_LENGTH = "tz";
const ESCAPES: Readonly<Record<string, string>> = { b: "\b", n: "\n", r: "\r", t: "\t" };
const FIELD = /^%(-?)(\d*)(.)/s;

/** A stretch of text that stands on every line. */
interface LiteralStep {
  readonly what: "literal";
  readonly text: string;
}

/** A field, in at least `width` columns. */
interface FieldStep {
  readonly what: "field";
  readonly letter: string;
  readonly width: number;
  readonly left: boolean;
  /** Whether the next field follows without anything between, so that this one must have exactly its width. */
  readonly touches: boolean;
}

export type Step = LiteralStep | FieldStep;

/** What a format string makes of every line, or what is wrong with it. */
type Parsed = { readonly steps: readonly Step[] } | { readonly fault: string };

export function parseFormat(format: string): Parsed {
  const steps: Step[] = [];
  let rest = format;
  while (rest !== "") {
    const next = firstStep(rest);
    if (next === null) return { fault: `blkparse has no escape "${rest.slice(0, 2)}"` };
    append(steps, next.step);
    rest = rest.slice(next.length);
  }
  return faultOr(steps.map(withoutLineEnd).map(withTouch));
}

export function isNumber(letter: string): boolean {
  return NUMBERS.includes(letter);
}

function firstStep(rest: string): { step: Step; length: number } | null {
  if (rest.startsWith("%%")) return { step: literal("%"), length: 2 };
  if (rest[0] === "\\") {
    const text = ESCAPES[rest[1] ?? ""];
    return text === undefined ? null : { step: literal(text), length: 2 };
  }
  const [whole, minus, columns, letter] = FIELD.exec(rest) ?? [];
  if (whole === undefined) return { step: literal(rest[0]!), length: 1 };
  return { step: fieldStep(letter!, minus === "-", Number(columns)), length: whole.length };
}

function fieldStep(letter: string, left: boolean, columns: number): Step {
  if (!FIELDS.includes(letter)) return literal(left ? letter.padEnd(columns) : letter.padStart(columns));
  const isPadded = !NOT_PADDED.includes(letter);
  return { what: "field", letter, width: isPadded ? columns : 0, left: left && isPadded, touches: false };
}

function literal(text: string): LiteralStep {
  return { what: "literal", text };
}

function append(steps: Step[], step: Step): void {
  const last = steps.at(-1);
  if (last?.what === "literal" && step.what === "literal") steps[steps.length - 1] = literal(last.text + step.text);
  else steps.push(step);
}

/** Lines are read without their ends. */
function withoutLineEnd(step: Step, i: number, steps: readonly Step[]): Step {
  return step.what === "literal" && i === steps.length - 1 ? literal(step.text.replace(/\r?\n$/, "")) : step;
}

function withTouch(step: Step, i: number, steps: readonly Step[]): Step {
  if (step.what === "literal" || steps[i + 1]?.what !== "field") return step;
  return { ...step, touches: !(OF_ONE_LENGTH.includes(step.letter) && step.width === 0) };
}

function faultOr(steps: readonly Step[]): Parsed {
  for (const step of steps) {
    if (step.what === "literal" && step.text.includes("\n")) return { fault: "an event has several lines" };
    if (step.what === "field" && step.touches && step.width === 0)
      return { fault: `nothing stands between %${step.letter} and the next field` };
  }
  return { steps };
}
