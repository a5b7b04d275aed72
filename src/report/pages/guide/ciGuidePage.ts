import { type Frame, frameOf, type SiteFacts } from "../frame.ts";
import { CI_GUIDE_PATH } from "../links.ts";
import { RECIPES } from "./recipes/index.ts";
import type { Recipe } from "./recipes/recipe.ts";

/** How to run blkreport where nobody watches: in CI, on many machines. */
export interface CiGuidePage {
  readonly frame: Frame;
  readonly title: string;
  readonly about: string;
  readonly recipes: readonly Recipe[];
  /** A configuration with rules that every comparison is held to. */
  readonly gates: string;
}

const GATES = `{
  "url": "https://example.org/block-io/",
  "gates": [
    { "metric": "alignment.byOp.write.unaligned", "max": "+0" },
    { "metric": "requests.byOp.write.bytes", "max": "+5%", "level": "warn" },
    { "finding": "flush-storm", "max": 0 }
  ]
}`;

export function ciGuidePage(site: SiteFacts): CiGuidePage {
  const title = "Continuous integration, and many machines";
  return {
    frame: frameOf(site, {
      title,
      description: "Recipes: compare traces with a base branch, fail by gates, summarise on many machines.",
      path: CI_GUIDE_PATH,
      toc: RECIPES.map(({ id, title: label }) => ({ href: `#${id}`, label })),
    }),
    title,
    about:
      "A summary holds all that a page needs: a job keeps the summaries of its base and not the traces, and summaries that were made on many machines are published in one place, with the same bytes as one machine would give.",
    recipes: RECIPES.map(({ files, ...recipe }) => ({
      ...recipe,
      files: files.map(({ name, text }) => ({ name, text: text.trim() })),
    })),
    gates: GATES,
  };
}
