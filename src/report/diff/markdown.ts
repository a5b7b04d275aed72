import { verdictSentence } from "../../compare/sentence.ts";
import { counted } from "../../model/quantities.ts";
import { markdownText } from "../markdownText.ts";
import { figureRow } from "../pages/figureRows.ts";
import { placeWords } from "./placeWords.ts";
import type { DiffReport } from "./report.ts";
import { sequenceLines } from "./sequenceLines.ts";
import { changedFigures, gateMark, gateSummary, gateWords, sequenceWords, structureWords } from "./words.ts";

/** GitHub refuses a comment of more than 65,536 characters. */
const MOST_CHARACTERS = 60_000;
const MOST_STEPS = 60;
const MOST_GATES = 100;
const MOST_STRUCTURES = 12;

/** Where the site of the comparison can be seen. */
export interface DiffLinks {
  /** The comparison's page; null: nowhere. */
  readonly page: string | null;
  /** The difference map as PNG. */
  readonly picture: string | null;
}

/** The first line by which a job finds the comment that it wrote before. */
function commentMark(report: DiffReport): string {
  return `<!-- blkreport ${markdownText(report.diff.a.slug)}..${markdownText(report.diff.b.slug)} -->`;
}

/** A comparison as a comment on a pull request: the verdict, what fails, what changed, the picture; always below GitHub's limit. */
export function diffMarkdown(report: DiffReport, links: DiffLinks): string {
  const { diff } = report;
  const sections = [
    commentMark(report),
    heading(report),
    lede(report),
    gateTable(report),
    figureTable(report),
    placeList(report),
    structureList(report),
    findingList(report),
    picture(links, diff.b.title),
    steps(report),
    links.page === null ? "" : `[The whole comparison](${links.page})`,
  ];
  return fitting(sections.filter((section) => section !== ""));
}

function heading({ diff: { a, b } }: DiffReport): string {
  const runs = (count: number) => (count === 1 ? "" : ` (${counted(count, "run")})`);
  return `### ${markdownText(b.title)}${runs(b.runs)} against ${markdownText(a.title)}${runs(a.runs)}`;
}

function lede({ diff }: DiffReport): string {
  return verdictSentence(diff)
    .map(({ text, strong }) => (strong ? `**${markdownText(text)}**` : markdownText(text)))
    .join("");
}

function gateTable({ gates }: DiffReport): string {
  if (gates.length === 0) return "";
  const rows = gates.slice(0, MOST_GATES).map((gate) => {
    const why = gate.holds || gate.level === "off" ? "" : markdownText(gate.why ?? "");
    return `| ${gateMark(gate)} | ${markdownText(gateWords(gate))} | ${why} |`;
  });
  const rest = gates.length - rows.length;
  return [
    `**Gates:** ${gateSummary(gates)}`,
    "",
    "| | rule: A → B | why |",
    "|---|---|---|",
    ...rows,
    ...(rest === 0 ? [] : ["", `${counted(rest, "rule")} more in diff.json.`]),
  ].join("\n");
}

function figureTable({ diff }: DiffReport): string {
  const changed = changedFigures(diff);
  if (changed.length === 0) return "No figure differs.";
  const rows = changed.map((figure) => {
    const { title, a, b, change, verdict, note } = figureRow(figure);
    const judged = verdict.tone === "plain" || verdict.tone === "quiet" ? verdict.word : `**${verdict.word}**`;
    return `| ${markdownText(title)} | ${a} | ${b} | ${change} | ${judged}${note === null ? "" : `, ${note}`} |`;
  });
  return ["| figure | A | B | change | |", "|---|--:|--:|--:|---|", ...rows].join("\n");
}

function placeList({ diff }: DiffReport): string {
  return changedFigures(diff)
    .flatMap((figure) => {
      const where = placeWords(figure);
      return where === null ? [] : [`- ${markdownText(figure.title)}: ${where}`];
    })
    .join("\n");
}

function structureList({ diff: { structures } }: DiffReport): string {
  const changed = structures?.changed ?? [];
  const lines = changed.slice(0, MOST_STRUCTURES).map((change) => `- ${markdownText(structureWords(change))}`);
  const more = changed.length - lines.length;
  return [...lines, ...(more === 0 ? [] : [`- ${counted(more, "structure")} more in diff.json`])].join("\n");
}

function findingList({ diff: { findings } }: DiffReport): string {
  return [
    ...findings.appeared.map((id) => `- new: ${markdownText(id)}`),
    ...findings.disappeared.map((id) => `- gone: ${markdownText(id)}`),
  ].join("\n");
}

function picture({ picture: href }: DiffLinks, title: string): string {
  return href === null ? "" : `![Sectors that A and B touch: ${markdownText(title)}](${href})`;
}

function steps({ diff }: DiffReport): string {
  const words = sequenceWords(diff);
  if (words === null) return "";
  const { lines, more } = sequenceLines(diff, MOST_STEPS);
  if (lines.length === 0) return `Requests: ${words}.`;
  const rest = more === 0 ? [] : [`… ${counted(more, "line")} more`];
  return [
    `<details><summary>Requests: ${words}</summary>`,
    "",
    "```diff",
    ...lines.map(({ sign, text }) => `${sign === "~" ? "!" : sign} ${text.replaceAll("`", "'").replace(/\s+/g, " ")}`),
    ...rest,
    "```",
    "",
    "</details>",
  ].join("\n");
}

/** Leaves out whole sections from the end until the rest is short enough. */
function fitting(sections: readonly string[]): string {
  const text = `${sections.join("\n\n")}\n`;
  if (text.length <= MOST_CHARACTERS || sections.length <= 3) return text;
  return fitting(sections.toSpliced(-1));
}
