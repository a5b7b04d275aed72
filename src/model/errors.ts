import type { Place } from "./trace.ts";

const VERBS = ["missing", "unknown", "invalid", "unsupported"] as const;
export type Verb = (typeof VERBS)[number];

function placeText({ file, line, byte }: Place): string {
  if (line !== undefined) return `${file}:${line}`;
  return byte === undefined ? file : `${file}, byte ${byte}`;
}

/** What traces and side files hold may be of any length; a message quotes so much of it. */
const MOST_CHARACTERS = 700;

function shortened(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
}

/** The user's mistake or a broken trace: where, what, and what to do. Printed without a stack. */
export class TraceError extends Error {
  override readonly name = "TraceError";
  readonly place: Place;
  readonly what: string;
  readonly cure: string;

  /** @param what starts with the verb: `sector "12x4"` under "invalid" reads `invalid sector "12x4"`. */
  constructor(place: Place, verb: Verb, what: string, cure: string, options?: ErrorOptions) {
    const fact = shortened(`${verb} ${what}`);
    const advice = shortened(cure);
    super(`${placeText(place)}: ${fact}; ${advice}`, options);
    this.place = place;
    this.what = fact;
    this.cure = advice;
  }
}
