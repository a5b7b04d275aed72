import type { GoodTrace, SiteModel } from "../siteModel.ts";

/** A folder of traces/ whose traces stand side by side on a page of their own. */
export interface Group {
  readonly slug: string;
  /** The folder below traces/. */
  readonly title: string;
  readonly traces: readonly GoodTrace[];
}

const FEWEST_TRACES = 2;
const LONGEST_SLUG = 120;

/** The folders with at least two traces that could be read, in the order of the model. */
export function groupsOf({ traces }: Pick<SiteModel, "traces">): readonly Group[] {
  const byTitle = new Map<string, GoodTrace[]>();
  for (const trace of traces)
    if (trace.ok && trace.group !== "") byTitle.set(trace.group, [...(byTitle.get(trace.group) ?? []), trace]);
  const taken = new Set<string>();
  return [...byTitle]
    .filter(([, good]) => good.length >= FEWEST_TRACES)
    .map(([title, good]) => ({ slug: freeSlug(slugOf(title), taken), title, traces: good }));
}

function slugOf(title: string): string {
  const words = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return words.slice(0, LONGEST_SLUG).replace(/^-|-$/g, "") || "group";
}

function freeSlug(wanted: string, taken: Set<string>): string {
  let slug = wanted;
  for (let n = 2; taken.has(slug); n++) slug = `${wanted}-${n}`;
  taken.add(slug);
  return slug;
}
