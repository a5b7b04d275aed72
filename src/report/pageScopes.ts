import type { ScopeInfo, Summary } from "../analysis/summary.ts";

/**
 * The scopes that have a page of their own. A lone span has none: the page of all marked spans says the same. Nor have
 * the spans outside a window.
 */
export function pageScopes({ scopeList: all, defaultScope, trace }: Summary): readonly ScopeInfo[] {
  const isOutside = ({ id, requests }: ScopeInfo) => trace.window !== null && requests === 0 && id !== defaultScope;
  const scopeList = all.filter((scope) => scope.kind !== "span" || !isOutside(scope));
  const spans = scopeList.filter(({ kind }) => kind === "span");
  const isMarked = scopeList.some(({ kind }) => kind === "marked");
  if (spans.length !== 1 || !isMarked) return scopeList;
  return scopeList.filter(({ kind, id }) => kind !== "span" || id === defaultScope);
}
