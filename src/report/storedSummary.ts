import { summarySchema } from "../analysis/schema.ts";
import type { Summary } from "../analysis/summary.ts";
import { TraceError } from "../model/errors.ts";
import { checkedJson } from "./checkedJson.ts";

const VERSION = "blkreport/summary/1";

/** A Summary as `blkreport summary` and the site write it, checked against its schema. */
export function storedSummary(text: string, file: string): Summary {
  if (!text.includes(`"${VERSION}"`))
    throw new TraceError(
      { file },
      "unknown",
      "kind of JSON",
      `a trace, or a summary with "schema": "${VERSION}", can be compared`,
    );
  return checkedJson<Summary>(summarySchema(), text, file);
}
