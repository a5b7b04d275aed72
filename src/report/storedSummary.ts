import { Compile } from "typebox/compile";
import { summarySchema } from "../analysis/schema.ts";
import type { Summary } from "../analysis/summary.ts";
import { TraceError } from "../model/errors.ts";
import { checkedJson } from "./checkedJson.ts";
import { readableSummary } from "./readableSummary.ts";
import { assertReferences } from "./storedReferences.ts";

const SCHEMA = summarySchema();
const VERSION = "blkreport/summary/1";

/** From so many on it pays to compile the schema: then each is checked in a tenth of the time. */
const FEWEST_TO_COMPILE = 10;

/** Reads so many stored Summaries. */
export function summaryReader(count: number): (text: string, file: string) => Summary {
  if (count < FEWEST_TO_COMPILE) return storedSummary;
  const compiled = Compile(SCHEMA);
  return (text, file) => storedSummary(text, file, (value) => compiled.Check(value));
}

/** A Summary as `blkreport summary` and the site write it, checked against its schema. */
export function storedSummary(text: string, file: string, isValid?: (value: unknown) => boolean): Summary {
  if (!text.includes(`"${VERSION}"`))
    throw new TraceError(
      { file },
      "unknown",
      "kind of JSON",
      `a trace, or a summary with "schema": "${VERSION}", can be compared`,
    );
  const summary = checkedJson<Summary>(SCHEMA, text, file, isValid);
  assertReferences(summary, file);
  return readableSummary(summary);
}
