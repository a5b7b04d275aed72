import type { ScopeInfo, Summary } from "../analysis/summary.ts";

/** The scopes that have a page of their own. A lone span has none: the page of all marked spans says the same. */
export function pageScopes({ scopeList, defaultScope }: Summary): readonly ScopeInfo[] {
  const spans = scopeList.filter(({ kind }) => kind === "span");
  const isMarked = scopeList.some(({ kind }) => kind === "marked");
  if (spans.length !== 1 || !isMarked) return scopeList;
  return scopeList.filter(({ kind, id }) => kind !== "span" || id === defaultScope);
}
