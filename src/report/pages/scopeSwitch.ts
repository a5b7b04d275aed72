import type { ScopeInfo, Summary } from "../../analysis/summary.ts";
import { counted } from "../../model/quantities.ts";
import { pageScopes } from "../pageScopes.ts";
import { pageLink, scopePath } from "./links.ts";

/** One scope in the row of scopes that a page offers. */
export interface ScopeLink {
  readonly title: string;
  readonly requests: string;
  /** null for the scope that the page shows. */
  readonly href: string | null;
}

/** The scopes of a trace, seen from the page of one; empty where there is only one. */
export function scopeLinks(summary: Summary, current: ScopeInfo): readonly ScopeLink[] {
  const { trace, defaultScope } = summary;
  const shown = pageScopes(summary);
  if (shown.length < 2) return [];
  const here = scopePath(trace.slug, current.id, defaultScope);
  return shown.map(({ id, title, requests }) => ({
    title,
    requests: counted(requests, "request"),
    href: id === current.id ? null : pageLink(here, scopePath(trace.slug, id, defaultScope)),
  }));
}
