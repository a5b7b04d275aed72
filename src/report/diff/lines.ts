import type { DiffSide } from "../../compare/diff.ts";
import { verdictText } from "../../compare/sentence.ts";
import { counted } from "../../model/quantities.ts";
import { placeWords } from "./placeWords.ts";
import type { DiffReport } from "./report.ts";
import { sequenceLines } from "./sequenceLines.ts";
import {
  changedFigures,
  changeWords,
  gateMark,
  gateSummary,
  gateWords,
  sequenceWords,
  structureWords,
  verdictWords,
} from "./words.ts";

const MOST_STEPS = 40;
const MOST_STRUCTURES = 20;

/** A comparison for a terminal, line by line. */
export function diffLines(report: DiffReport): readonly string[] {
  const { diff } = report;
  const sections = [
    [`A  ${sideText(diff.a)}`, `B  ${sideText(diff.b)}`, verdictText(diff)],
    gateLines(report),
    figureLines(report),
    structureLines(report),
    findingLines(report),
    stepLines(report),
  ];
  return sections.filter((lines) => lines.length > 0).flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

function sideText({ title, format, scope, runs }: DiffSide): string {
  return `${title} (${format}, ${scope}${runs === 1 ? "" : `, ${counted(runs, "run")}`})`;
}

function gateLines({ gates }: DiffReport): string[] {
  if (gates.length === 0) return [];
  const lines = gates.map((gate) => {
    const why = gate.holds || gate.level === "off" ? "" : `: ${gate.why}`;
    return `  ${gateMark(gate).padEnd(4)}  ${gateWords(gate)}${why}`;
  });
  return [`Gates: ${gateSummary(gates)}`, ...lines];
}

function figureLines({ diff }: DiffReport): string[] {
  const changed = changedFigures(diff);
  if (changed.length === 0) return ["No figure differs."];
  const width = Math.max(...changed.map(({ title }) => title.length));
  const lines = changed.flatMap((figure) => {
    const where = placeWords(figure);
    const line = `  ${figure.title.padEnd(width)}  ${changeWords(figure)}  ${verdictWords(figure)}`;
    return where === null ? [line] : [line, `  ${"".padEnd(width)}  ${where}`];
  });
  return ["Figures that differ", ...lines];
}

function structureLines({ diff: { structures } }: DiffReport): string[] {
  const changed = structures?.changed ?? [];
  if (changed.length === 0) return [];
  const lines = changed.slice(0, MOST_STRUCTURES).map((change) => `  ${structureWords(change)}`);
  const more = changed.length - lines.length;
  return [
    "Structures",
    ...lines,
    ...(more === 0 ? [] : [`  … ${counted(more, "structure")} more: --format json has all`]),
  ];
}

function findingLines({ diff: { findings } }: DiffReport): string[] {
  const lines = [...findings.appeared.map((id) => `  + ${id}`), ...findings.disappeared.map((id) => `  - ${id}`)];
  return lines.length === 0 ? [] : ["Findings", ...lines];
}

function stepLines({ diff }: DiffReport): string[] {
  const words = sequenceWords(diff);
  if (words === null) return ["Requests: not aligned, a summary holds only the first of them"];
  const { lines, more } = sequenceLines(diff, MOST_STEPS);
  const rest = more === 0 ? [] : [`  … ${counted(more, "line")} more: --format json has all`];
  return [`Requests: ${words}`, ...lines.map(({ sign, text }) => `  ${sign} ${text}`), ...rest];
}
