import type { ScopeInfo, Summary } from "../../analysis/summary.ts";

/** What the Summary says of a scope. */
export function scopeInfo(summary: Summary, scope: string): ScopeInfo {
  const info = summary.scopeList.find(({ id }) => id === scope);
  if (info === undefined) throw new Error(`no scope "${scope}" in the summary`);
  return info;
}
