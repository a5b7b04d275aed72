import { TraceError } from "../model/errors.ts";
import type { SiteConfig } from "../report/siteConfig.ts";
import { type Failure, failureOf } from "./outcome.ts";
import type { KnownSource, Sources } from "./sources.ts";

/** Slugs to compare; `a` is the baseline. */
export interface Pair {
  readonly a: string;
  readonly b: string;
}

interface Declared extends Pair {
  /** The file that asks for it. */
  readonly by: string;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  readonly notices: readonly string[];
  readonly failures: readonly Failure[];
}

/** The comparisons that side files and the site's configuration ask for, each once. */
export function pairsOf({ config, known, unclear }: Sources, good: ReadonlySet<string>): Pairs {
  const slugs = new Set([...known, ...unclear].map(({ slug }) => slug));
  const pairs: Pair[] = [];
  const notices: string[] = [];
  const failures: Failure[] = [];
  for (const { a, b, by } of once(declared(config, known))) {
    const unknown = [a, b].find((slug) => !slugs.has(slug));
    const unread = [a, b].find((slug) => !good.has(slug));
    if (a === b) failures.push(failureOf(comparedWithItself(a, by), by));
    else if (unknown !== undefined) failures.push(failureOf(unknownSlug(unknown, by, slugs), by));
    else if (unread !== undefined) notices.push(`the comparison ${a}..${b} is left out: ${unread} could not be read`);
    else pairs.push({ a, b });
  }
  return { pairs, notices, failures };
}

function declared({ comparisons = [] }: SiteConfig, known: readonly KnownSource[]): readonly Declared[] {
  const baselines = known.flatMap(({ slug, side, sideFile }) =>
    [side.baseline ?? []].flat().map((a) => ({ a, b: slug, by: sideFile?.name ?? slug })),
  );
  return [...baselines, ...comparisons.map(([a, b]) => ({ a: a!, b: b!, by: "blkreport.json" }))];
}

function once(pairs: readonly Declared[]): readonly Declared[] {
  const byName = new Map<string, Declared>();
  for (const pair of pairs) {
    const name = `${pair.a}..${pair.b}`;
    if (!byName.has(name)) byName.set(name, pair);
  }
  return [...byName.values()];
}

function comparedWithItself(slug: string, by: string): TraceError {
  return new TraceError({ file: by }, "invalid", `comparison of "${slug}" with itself`, "name another trace");
}

function unknownSlug(slug: string, by: string, slugs: ReadonlySet<string>): TraceError {
  return new TraceError({ file: by }, "unknown", `trace "${slug}"`, `the traces are ${[...slugs].join(", ")}`);
}
