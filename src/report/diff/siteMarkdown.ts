import type { FindingResult, Severity } from "../../analysis/summary.ts";
import { verdictSentence } from "../../compare/sentence.ts";
import { counted, countText } from "../../model/quantities.ts";
import { markdownText } from "../markdownText.ts";
import { figureRow } from "../pages/figureRows.ts";
import { SEVERITIES } from "../pages/findingsView.ts";
import { siteFacts } from "../pages/siteFacts.ts";
import type { ComparisonEntry, SiteModel } from "../siteModel.ts";
import { pageLinks } from "./links.ts";
import { changedFigures, gateMark, gateWords, sequenceWords } from "./words.ts";

/** GitHub refuses a comment of more than 65,536 characters. */
const MOST_CHARACTERS = 60_000;
const MOST_FIGURES = 8;
const MOST_RULES = 20;
const MOST_SLUGS = 40;

/** A site against its base as one comment on a pull request: what fails and what changed most first, the rest counted. */
export function siteMarkdown(model: SiteModel): string {
  const shown = model.comparisons.filter((one) => one.isWithBase || failures(one) > 0).toSorted(bySeriousness);
  const changed = shown.filter((one) => failures(one) + warnings(one) > 0 || isChanged(one));
  const same = shown.length - changed.length;
  const head = [siteMark(model), heading(model, shown, changed)];
  const { sections, left } = fitting(
    changed.map((one) => sectionOf(one, model)),
    MOST_CHARACTERS - lengthOf([...head, ...restOf(model, changed.length, same)]),
  );
  const rest = restOf(model, left, same);
  return `${[...head, ...sections, ...rest].join("\n\n")}\n`;
}

/** The first line, by which a job finds the comment that it wrote before; one for each site. */
function siteMark(model: SiteModel): string {
  const words = siteFacts(model)
    .title.toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return `<!-- blkreport site ${words} -->`;
}

function heading(model: SiteModel, shown: readonly ComparisonEntry[], changed: readonly ComparisonEntry[]): string {
  const { title, url } = siteFacts(model);
  const failed = shown.reduce((sum, one) => sum + failures(one), 0);
  const verdict =
    shown.length === 0
      ? "no trace has a base to compare with"
      : `${countText(changed.filter(isChanged).length)} of ${counted(shown.length, "trace")} changed`;
  const gates = failed === 0 ? "" : `, **${counted(failed, "rule")} ${failed === 1 ? "fails" : "fail"}**`;
  const name = url === null ? markdownText(title) : `[${markdownText(title)}](${url})`;
  return `### ${name}: ${verdict}${gates}`;
}

function sectionOf(entry: ComparisonEntry, model: SiteModel): string {
  const { b, diff } = entry;
  const { page, picture } = pageLinks(entry, siteFacts(model).url);
  const title = markdownText(b.trace.title);
  const against = entry.isWithBase ? "" : ` against ${markdownText(entry.a.trace.title)}`;
  const lede = verdictSentence(diff)
    .map(({ text, strong }) => (strong ? `**${markdownText(text)}**` : markdownText(text)))
    .join("");
  const words = sequenceWords(diff);
  const parts = [
    `#### ${page === null ? title : `[${title}](${page})`}${against}`,
    lede,
    rules(entry),
    figures(entry),
    findings(entry),
    words === null ? "" : `Requests: ${words}.`,
    picture === null ? "" : `![Sectors that A and B touch: ${title}](${picture})`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function rules({ gates }: ComparisonEntry): string {
  const unheld = gates.filter(({ holds, level }) => !holds && level !== "off");
  const rest = unheld.length - MOST_RULES;
  return [
    ...unheld
      .slice(0, MOST_RULES)
      .map((gate) => `- **${gateMark(gate)}** ${markdownText(gateWords(gate))}: ${markdownText(gate.why ?? "")}`),
    ...(rest > 0 ? [`- ${counted(rest, "rule")} more in diff.json`] : []),
  ].join("\n");
}

function figures({ diff, isWithBase }: ComparisonEntry): string {
  const changed = changedFigures(diff);
  if (changed.length === 0) return "";
  const rows = changed.slice(0, MOST_FIGURES).map((figure) => {
    const { title, a, b, change, verdict } = figureRow(figure);
    return `| ${markdownText(title)} | ${a} | ${b} | ${change} | ${verdict.word} |`;
  });
  const rest = changed.length - rows.length;
  return [
    isWithBase ? "| figure | A (base) | B (now) | change | |" : "| figure | A | B | change | |",
    "|---|--:|--:|--:|---|",
    ...rows,
    ...(rest === 0 ? [] : ["", `${counted(rest, "figure")} more.`]),
  ].join("\n");
}

function findings({ a, b, diff }: ComparisonEntry): string {
  const named = (all: readonly FindingResult[], ids: readonly string[], word: string) =>
    all
      .filter(({ id }) => ids.includes(id))
      .map(({ severity, title }) => `- ${word}, ${severity}: ${markdownText(title)}`);
  return [
    ...named(b.findings, diff.findings.appeared, "new"),
    ...named(a.findings, diff.findings.disappeared, "gone"),
  ].join("\n");
}

function restOf({ base, traces }: SiteModel, left: number, same: number): readonly string[] {
  const broken = traces.filter(({ ok }) => !ok).map(({ slug }) => slug);
  const lines = [
    ...(left === 0 ? [] : [`${counted(left, "comparison")} more in diff.json of each.`]),
    ...(same === 0 ? [] : [`${counted(same, "trace")} as before.`]),
    ...slugLine("Could not be read", broken),
    ...slugLine("Without a base", base?.missing ?? []),
    ...slugLine("No longer here", base?.gone ?? []),
  ];
  return lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join("\n")];
}

function slugLine(what: string, slugs: readonly string[]): readonly string[] {
  if (slugs.length === 0) return [];
  const rest = slugs.length - MOST_SLUGS;
  return [`${what}: ${slugs.slice(0, MOST_SLUGS).join(", ")}${rest > 0 ? ` and ${countText(rest)} more` : ""}.`];
}

/** As many sections as there is room for, in order; a long one does not keep a later one out. */
function fitting(all: readonly string[], room: number): { sections: readonly string[]; left: number } {
  const sections: string[] = [];
  let free = room;
  for (const section of all) {
    if (lengthOf([section]) > free) continue;
    sections.push(section);
    free -= lengthOf([section]);
  }
  return { sections, left: all.length - sections.length };
}

/** With the blank line behind each. */
function lengthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 2, 0);
}

function isChanged({ diff }: ComparisonEntry): boolean {
  const { findings: found, sectors, sequence } = diff;
  return (
    changedFigures(diff).length > 0 ||
    found.appeared.length + found.disappeared.length > 0 ||
    (sequence !== null && sequence.steps.length > 0) ||
    (sectors !== null && sectors.onlyA + sectors.onlyB + sectors.classChanged > 0)
  );
}

/** Failing rules first, then warnings, new findings by severity, figures that got worse, and all that changed. */
function bySeriousness(one: ComparisonEntry, other: ComparisonEntry): number {
  const [x, y] = [weights(one), weights(other)];
  for (const [i, weight] of x.entries()) if (weight !== y[i]) return y[i]! - weight;
  return one.slug < other.slug ? -1 : 1;
}

function weights(entry: ComparisonEntry): readonly number[] {
  const changed = changedFigures(entry.diff);
  const appeared = (severity: Severity) =>
    entry.b.findings.filter((one) => one.severity === severity && entry.diff.findings.appeared.includes(one.id)).length;
  const worse = changed.filter(({ verdict }) => verdict === "worse").length;
  return [failures(entry), warnings(entry), ...SEVERITIES.map(appeared), worse, changed.length];
}

function failures({ gates }: ComparisonEntry): number {
  return gates.filter((gate) => gateMark(gate) === "fail").length;
}

function warnings({ gates }: ComparisonEntry): number {
  return gates.filter((gate) => gateMark(gate) === "warn").length;
}
