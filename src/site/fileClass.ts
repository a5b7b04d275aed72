import type { FileClass } from "../io/publish.ts";

/** Those say what all of the site is made of: they come last. */
const CATALOGUE = ["index.html", "index.json", "diff.md", "sources.json"];

export function classOf(path: string): FileClass {
  if (CATALOGUE.includes(path)) return "catalogue";
  return path.endsWith(".html") ? "page" : "asset";
}
