import type { ContentKeys } from "../contentKeys.ts";
import type { ComparisonEntry, SiteModel } from "../siteModel.ts";
import type { Address } from "./addresses.ts";
import type { DataPart } from "./dataFiles.ts";
import { groupsOf } from "./groups.ts";
import { siteFacts } from "./siteFacts.ts";
import type { PageKind } from "./sitePages.ts";

/** The text of all that pages and data files depend on, beside the program: the same text, the same bytes. */
export interface PageKeys {
  page(kind: PageKind, address: Address): string;
  part(part: Pick<DataPart, "kind" | "slug">): string;
}

export function pageKeys(model: SiteModel, keys: ContentKeys): PageKeys {
  const site = siteFacts(model);
  const all = () => ({
    entries: [...keys.traces, ...keys.comparisons, ...keys.histories],
    ...{ config: model.config, notices: model.notices, sources: model.sources, base: model.base },
  });
  const links = linksByTrace(model.comparisons);
  const groups = new Map(
    groupsOf(model).map(({ slug, title, traces }) => [
      slug,
      [title, ...traces.map((trace) => keys.traces.get(trace.slug))],
    ]),
  );
  const contentOf = (kind: PageKind | DataPart["kind"], slug: string): unknown => {
    if (kind === "traces" || kind === "broken") return [keys.traces.get(slug), links.get(slug)];
    if (kind === "comparisons") return keys.comparisons.get(slug);
    if (kind === "histories") return keys.histories.get(slug);
    if (kind === "groups") return groups.get(slug);
    return kind === "catalogue" || kind === "site" ? all() : null;
  };
  return {
    page: (kind, { slug, scope }) => JSON.stringify([kind, slug, scope, site, contentOf(kind, slug)]),
    part: ({ kind, slug }) => JSON.stringify([kind, slug, site, contentOf(kind, slug)]),
  };
}

/** What the page of a trace says of its comparisons. */
function linksByTrace(comparisons: readonly ComparisonEntry[]): ReadonlyMap<string, readonly unknown[]> {
  const links = new Map<string, unknown[]>();
  const add = (slug: string, link: unknown) => {
    const known = links.get(slug);
    if (known === undefined) links.set(slug, [link]);
    else known.push(link);
  };
  for (const { slug, a, b } of comparisons) {
    add(a.trace.slug, [slug, b.trace.title]);
    add(b.trace.slug, [slug, a.trace.title]);
  }
  return links;
}
