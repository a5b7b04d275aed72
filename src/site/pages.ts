import { readdirSync } from "node:fs";
import Eleventy, { type UserConfig } from "@11ty/eleventy";
import type { SitePages } from "../report/pages/sitePages.ts";
import { addFilters } from "./filters.ts";
import { TEMPLATES } from "./templates.ts";

/** Tells Eleventy where the templates are and what they may ask; the same for a build and for the server. */
export function configurePages(config: UserConfig, pages: () => SitePages): void {
  config.setIncludesDirectory("_includes");
  config.setTemplateFormats(["njk"]);
  // An installed package lies in node_modules, and a checkout may lie below an ignored folder.
  config.setUseGitIgnore(false);
  config.ignores.delete("**/node_modules/**");
  config.setNunjucksEnvironmentOptions({
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  config.addGlobalData("addresses", () => pages().addresses);
  addFilters(config, pages);
}

/** Writes every page below `folder`, or those of some templates. */
export async function writePages(pages: SitePages, folder: string, templates?: readonly string[]): Promise<void> {
  const faults: unknown[] = [];
  const watched = telling(pages, faults);
  const eleventy = new Eleventy(TEMPLATES, folder, {
    quietMode: true,
    configPath: null,
    config: (config) => {
      silenceBenchmarks(config);
      configurePages(config, () => watched);
      for (const name of otherTemplates(templates)) config.ignores.add(`**/${name}`);
    },
  });
  eleventy.disableLogger();
  try {
    await eleventy.write();
  } catch (error) {
    throw faults[0] ?? error;
  }
}

/** Nunjucks makes a text of an error and forgets the rest: here it is kept as it was. */
function telling(pages: SitePages, faults: unknown[]): SitePages {
  const told = <Args extends unknown[], Page>(page: (...args: Args) => Page) => {
    return (...args: Args) => {
      try {
        return page(...args);
      } catch (error) {
        faults.push(error);
        throw error;
      }
    };
  };
  const entries = Object.entries(pages).map(([name, value]) => [
    name,
    typeof value === "function" ? told(value) : value,
  ]);
  return Object.fromEntries(entries) as SitePages;
}

function otherTemplates(templates: readonly string[] | undefined): readonly string[] {
  if (templates === undefined) return [];
  return readdirSync(TEMPLATES).filter((name) => name.endsWith(".njk") && !templates.includes(name));
}

/** Eleventy says on the terminal which filter took how long; `disableLogger` does not reach that. */
function silenceBenchmarks({ benchmarks }: UserConfig): void {
  for (const { logger } of Object.values(benchmarks)) logger.overrideLogger(false);
}
