import type { Summary } from "../analysis/summary.ts";
import { uniqueSlugs } from "../io/slug.ts";
import { counted } from "../model/quantities.ts";
import { BASE_TITLE } from "../report/baseTitle.ts";
import type { BaseFacts } from "../report/siteModel.ts";
import { type Failure, failureOf } from "./outcome.ts";
import type { Pair } from "./pairs.ts";
import type { GoodRead, TraceRead } from "./readTrace.ts";
import { keyed, storedTraces } from "./storedTraces.ts";

/** The traces that a site is compared with, as far as they have a counterpart in it. */
export interface Bases {
  /** With slugs of their own, in a group of their own. */
  readonly reads: readonly GoodRead[];
  readonly pairs: readonly Pair[];
  readonly facts: BaseFacts;
  readonly notices: readonly string[];
  readonly failures: readonly Failure[];
}

const GROUP = "base";

/** The base of each trace: that of the same slug in a folder of Summaries. A folder that makes no sense stops nothing else. */
export function basesOf(folder: string, heads: readonly TraceRead[]): Bases {
  try {
    return pairedWith(heads, storedTraces({ strict: false }, [folder]).reads);
  } catch (error) {
    return {
      reads: [],
      pairs: [],
      facts: { missing: [], gone: [] },
      notices: [],
      failures: [failureOf(error, folder)],
    };
  }
}

function pairedWith(heads: readonly TraceRead[], stored: readonly TraceRead[]): Bases {
  const bases = new Map(stored.flatMap((read) => (read.ok ? [[slugOf(read), read.summary] as const] : [])));
  const good = heads.filter((head) => head.ok).map(slugOf);
  const found = good.flatMap((head) => (bases.has(head) ? [{ head, base: bases.get(head)! }] : []));
  const taken = heads.map(slugOf);
  const slugs = uniqueSlugs([...taken, ...found.map(({ head }) => `${GROUP}/${head}`)]).slugs.slice(taken.length);
  const facts = {
    missing: good.filter((head) => !bases.has(head)),
    gone: stored.map(slugOf).filter((slug) => !taken.includes(slug)),
  };
  return {
    reads: found.map(({ head, base }, i) => asBase(base, slugs[i]!, head)),
    pairs: found.map(({ head }, i) => ({ a: slugs[i]!, b: head })),
    facts,
    notices: noticesOf(facts),
    failures: [],
  };
}

function slugOf(read: TraceRead): string {
  return read.ok ? read.trace.slug : read.slug;
}

function asBase(summary: Summary, slug: string, head: string): GoodRead {
  const path = `${GROUP}/${head}`;
  const title = `${summary.trace.title}${BASE_TITLE}`;
  return keyed({ ...summary, trace: { ...summary.trace, slug, path, title, baselines: [] } }, path);
}

function noticesOf({ missing, gone }: BaseFacts): readonly string[] {
  const without = `${counted(missing.length, "trace")} without a base to compare with: ${missing.join(", ")}`;
  const away = `${counted(gone.length, "trace")} of the base no longer here: ${gone.join(", ")}`;
  return [...(missing.length === 0 ? [] : [without]), ...(gone.length === 0 ? [] : [away])];
}
