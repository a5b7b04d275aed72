import { fileTrouble } from "../io/fileTrouble.ts";
import { TraceError, type Verb } from "../model/errors.ts";

/** What is wrong, as plain data: an error's class and fields do not survive the way from a worker. */
export interface Failure {
  /** As the command line prints it. */
  readonly message: string;
  /** "sda.txt:1042", "a.qtr, byte 12". */
  readonly place: string;
  readonly what: string;
  readonly cure: string;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

const REPORT_IT = "this is a fault of blkreport, please report it with the trace";

/** What an error says; one that is not the user's is our fault, and says so. */
export function failureOf(error: unknown, subject: string): Failure {
  const known = error instanceof TraceError ? error : fileTrouble(error, subject);
  if (known !== null) {
    const { message, what, cure } = known;
    return { message, what, cure, place: message.slice(0, message.length - `: ${what}; ${cure}`.length) };
  }
  const what = `unsupported case: ${error instanceof Error ? error.message : String(error)}`;
  return { message: `${subject}: ${what}; ${REPORT_IT}`, place: subject, what, cure: REPORT_IT };
}

/** The result of a step, or what went wrong in it. */
export async function outcomeOf<T>(subject: string, step: () => Promise<T> | T): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await step() };
  } catch (error) {
    return { ok: false, failure: failureOf(error, subject) };
  }
}

/** The failure as the error that it was. */
export function asTraceError({ place, what, cure }: Failure): TraceError {
  const [verb, ...rest] = what.split(" ");
  return new TraceError({ file: place }, verb as Verb, rest.join(" "), cure);
}

/** The result of a step, or its failure as the error that it was. */
export function resultOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw asTraceError(outcome.failure);
  return outcome.value;
}
