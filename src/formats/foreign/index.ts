import type { Foreign } from "../../model/format.ts";
import { fioLogs } from "./fioLogs.ts";
import { headlessFioIolog } from "./headlessFioIolog.ts";
import { placelessBiosnoop } from "./placelessBiosnoop.ts";

/** What is known and is no trace that can be read, in the order in which it is tried. */
export const FOREIGN: readonly Foreign[] = [fioLogs, headlessFioIolog, placelessBiosnoop];
