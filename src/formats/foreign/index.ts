import type { Foreign } from "../../model/format.ts";

/** What is known and is no trace that can be read, in the order in which it is tried. */
export const FOREIGN: readonly Foreign[] = [];
