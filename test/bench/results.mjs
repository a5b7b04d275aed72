import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { markdownTable } from "./table.mjs";

const FILE = new URL("RESULTS.md", import.meta.url);
const INTRODUCTION = `# How fast blkreport is

Written by \`npm run bench\`, part by part: figures of different parts may come from different days. Programs are timed as
whole processes, in turns. Figures of different machines do not compare; ratios within one table do.
`;

/** A part's section: its heading, when and where it was measured, and its blocks of words and tables. */
export function sectionText(title, where, blocks) {
  const body = blocks.flatMap(({ text, rows }) => [
    ...(text ? [text] : []),
    ...(rows?.length ? [markdownTable(rows)] : []),
  ]);
  return `## ${title}\n\n${[where, ...body].join("\n\n")}\n`;
}

/** Puts sections into RESULTS.md in the order of all titles; those of other parts stay as they are. */
export function keepResults(sections, titles) {
  const known = new Map([...sectionsIn(existsSync(FILE) ? readFileSync(FILE, "utf8") : ""), ...sections]);
  const texts = titles.flatMap((title) => known.get(title) ?? []);
  writeFileSync(FILE, [INTRODUCTION, ...texts].join("\n"));
}

function sectionsIn(text) {
  const parts = text.split(/^(?=## )/m).filter((part) => part.startsWith("## "));
  return parts.map((part) => [part.slice(3, part.indexOf("\n")), `${part.trimEnd()}\n`]);
}
