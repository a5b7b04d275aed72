import type { Diff } from "../../compare/diff.ts";
import type { GateResult } from "../../compare/gates/index.ts";

/** What a comparison says in every form of output. */
export interface DiffReport {
  readonly diff: Diff;
  /** The rules and whether they hold; empty where none were given. */
  readonly gates: readonly GateResult[];
}
