import type { Foreign } from "../../model/format.ts";
import { archives } from "./archives.ts";
import { binaryTraces } from "./binaryTraces.ts";
import { fioLogs } from "./fioLogs.ts";
import { headlessFioIolog } from "./headlessFioIolog.ts";
import { json } from "./json.ts";
import { otherBinaries } from "./otherBinaries.ts";
import { placelessBiosnoop } from "./placelessBiosnoop.ts";
import { scripts } from "./scripts.ts";
import { toolOutput } from "./toolOutput.ts";
import { traceEventLists } from "./traceEventLists.ts";

/** What is known and is no trace that can be read, in the order in which it is tried. */
export const FOREIGN: readonly Foreign[] = [
  fioLogs,
  headlessFioIolog,
  placelessBiosnoop,
  binaryTraces,
  archives,
  otherBinaries,
  json,
  toolOutput,
  traceEventLists,
  scripts,
];
