import type { Summary } from "../analysis/summary.ts";
import { pageScopes } from "../report/pageScopes.ts";

/** What every build needs to know of a trace; a Summary can be a hundred times as long. */
export interface Outline {
  readonly trace: Summary["trace"];
  readonly defaultScope: string;
  /** Scopes that have a page of their own. */
  readonly pageScopes: readonly string[];
}

export function outlineOf(summary: Summary): Outline {
  const { trace, defaultScope } = summary;
  return { trace, defaultScope, pageScopes: pageScopes(summary).map(({ id }) => id) };
}
