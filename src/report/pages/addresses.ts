import { FORMATS } from "../../formats/index.ts";
import type { SiteModel } from "../siteModel.ts";
import { groupsOf } from "./groups.ts";
import { comparisonPath, formatGuidePath, groupPath, historyPath, scopePath, tracePath } from "./links.ts";

/** Which page this is: enough to find its trace or comparison, and the folder in which it lies. */
export interface Address {
  readonly slug: string;
  /** "" for pages without scopes. */
  readonly scope: string;
  readonly path: string;
}

/** Every page of the site but the catalogue and the guide's first, by template. */
export interface Addresses {
  readonly traces: readonly Address[];
  readonly broken: readonly Address[];
  readonly comparisons: readonly Address[];
  readonly groups: readonly Address[];
  readonly histories: readonly Address[];
  /** The slug is the format's id. */
  readonly guides: readonly Address[];
}

export function addressesOf({ traces, comparisons, histories }: SiteModel): Addresses {
  const good = traces.filter((trace) => trace.ok);
  return {
    traces: good.flatMap(({ slug, defaultScope, scopes }) =>
      scopes.map(({ scope }) => ({ slug, scope, path: scopePath(slug, scope, defaultScope) })),
    ),
    broken: traces.filter(({ ok }) => !ok).map(({ slug }) => ({ slug, scope: "", path: tracePath(slug) })),
    comparisons: comparisons.map(({ slug }) => ({ slug, scope: "", path: comparisonPath(slug) })),
    groups: groupsOf({ traces }).map(({ slug }) => ({ slug, scope: "", path: groupPath(slug) })),
    histories: histories.map(({ slug }) => ({ slug, scope: "", path: historyPath(slug) })),
    guides: FORMATS.map(({ id }) => ({ slug: id, scope: "", path: formatGuidePath(id) })),
  };
}
