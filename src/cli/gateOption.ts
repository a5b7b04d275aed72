import type { Gate } from "../compare/gates/schema.ts";
import { readNamedText } from "../io/textFile.ts";
import { TraceError } from "../model/errors.ts";
import { gatesOf } from "../report/gatesFile.ts";
import { UsageError, type Values } from "./command.ts";

/** The rules of all files that --gate names; null where it names none. */
export function rulesOf({ gate }: Values): readonly Gate[] | null {
  if (!Array.isArray(gate)) return null;
  try {
    return gate.flatMap((file) => gatesOf(readNamedText(String(file)), String(file)));
  } catch (error) {
    // A rule that cannot be read or means nothing is a wrong question, never a failed gate.
    if (error instanceof TraceError) throw new UsageError(error.message);
    throw error;
  }
}
