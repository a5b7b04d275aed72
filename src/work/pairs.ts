import { TraceError } from "../model/errors.ts";
import type { SiteConfig } from "../report/siteConfig.ts";
import { type Failure, failureOf } from "./outcome.ts";
import type { GoodRead, TraceRead } from "./readTrace.ts";

const MOST_LISTED = 100;

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
export function pairsOf({ comparisons = [] }: SiteConfig, reads: readonly TraceRead[]): Pairs {
  const good = reads.filter((read) => read.ok);
  const readable = new Set(good.map(({ trace }) => trace.slug));
  const slugs = new Set(reads.map((read) => (read.ok ? read.trace.slug : read.slug)));
  const pairs: Pair[] = [];
  const notices: string[] = [];
  const failures: Failure[] = [];
  for (const { a, b, by } of once([...baselines(good), ...comparisons.map(configured)])) {
    const unknown = [a, b].find((slug) => !slugs.has(slug));
    const unread = [a, b].find((slug) => !readable.has(slug));
    if (a === b) failures.push(failureOf(comparedWithItself(a, by), by));
    else if (unknown !== undefined) failures.push(failureOf(unknownSlug(unknown, by, slugs), by));
    else if (unread !== undefined) notices.push(`the comparison ${a}..${b} is left out: ${unread} could not be read`);
    else pairs.push({ a, b });
  }
  return { pairs, notices, failures };
}

function baselines(reads: readonly GoodRead[]): readonly Declared[] {
  return reads.flatMap(({ path, trace }) => trace.baselines.map((a) => ({ a, b: trace.slug, by: `${path}.json` })));
}

function configured([a, b]: readonly string[]): Declared {
  return { a: a!, b: b!, by: "blkreport.json" };
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
  const known = [...slugs];
  const shown = known.slice(0, MOST_LISTED).join(", ");
  const more = known.length > MOST_LISTED ? ` and ${known.length - MOST_LISTED} more` : "";
  return new TraceError({ file: by }, "unknown", `trace "${slug}"`, `the traces are ${shown}${more}`);
}
