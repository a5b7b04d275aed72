import type { Summary } from "../../analysis/summary.ts";
import { nearest } from "../../compare/gates/paths.ts";
import { writeAtomic } from "../../io/atomic.ts";
import { TraceError } from "../../model/errors.ts";
import { type ChartFile, chartIds, renderChart, type Subject } from "../../work/renderChart.ts";
import { type Command, textOption, UsageError, type Values } from "../command.ts";
import { summaryOf } from "../summaries.ts";
import { WINDOW_HELP, WINDOW_OPTIONS, windowedJob, windowOption } from "../window.ts";

const WIDTHS_PX = { least: 100, most: 8_000 };
const SCALES = { least: 0.1, most: 16 };
/** More would be gigabytes of memory, and no viewer opens it. */
const MOST_PIXELS = 100_000_000;
const MOST_SIDE_PIXELS = 32_000;
const USUAL_SCALE = 2;
const MOST_SCOPES_NAMED = 24;

export const render: Command = {
  help: `
TRACE is a trace or a stored summary (.json); with B, the chart is one of the comparison with baseline TRACE.
The file says in its metadata where its data is from, and the command that draws it again.

  -o FILE      where it goes: .svg or .png (default, and -: SVG on standard output)
  --theme T    light or dark; without it an SVG has both, and follows who looks at it, and a PNG is light
  --width N    width of the picture in CSS pixels; below 560 it is the drawing for narrow screens
  --scale N    pixels of a PNG for each CSS pixel (default: ${USUAL_SCALE})
  --scope S    by the name that it has in the address of its page: whole, marked, device-vda, span-1-mkfs …;
               without it the one in which the trace's page opens
${WINDOW_HELP}
Charts of a trace: ${wrapped(chartIds("trace"))}
Charts of a comparison: ${chartIds("comparison").join(", ")}

  blkreport render disk.log sector-map -o sector-map.svg
  blkreport render before.log after.log difference-map --theme dark -o difference.png
`,
  options: {
    output: { type: "string", short: "o" },
    theme: { type: "string" },
    width: { type: "string" },
    scale: { type: "string" },
    scope: { type: "string" },
    ...WINDOW_OPTIONS,
  },
  async run(values, words) {
    if (words.length < 2 || words.length > 3)
      throw new UsageError("render takes a TRACE and a CHART, or two traces and a CHART; see blkreport render --help");
    const chart = chartOf(words[words.length - 1]!, words.length === 2 ? "trace" : "comparison");
    const look = { theme: themeOf(values), widthPx: numberOption(values, "width", WIDTHS_PX) };
    const scale = numberOption(values, "scale", SCALES);
    const { path, kind } = outputOf(values);
    if (kind === "svg" && scale !== null) throw new UsageError("invalid --scale: an SVG has no pixels; say --width");
    const subject = await subjectOf(words.slice(0, -1), values);
    const again = { file: path ?? `${chart}.svg`, options: optionsAgain(values) };
    const result = await renderChart(subject, chart, look, again);
    if ("absent" in result)
      throw new TraceError({ file: words[0]! }, "missing", `data for the chart "${chart}"`, result.absent);
    const content = kind === "svg" ? result.svg : await pngOf(result, scale ?? USUAL_SCALE);
    if (path === null) process.stdout.write(content);
    else writeAtomic(path, content);
    return 0;
  },
};

function chartOf(id: string, subject: "trace" | "comparison"): string {
  const ids = chartIds(subject);
  if (ids.includes(id)) return id;
  const near = nearest(id, ids).join(", ");
  throw new UsageError(`unknown chart "${id}" of a ${subject}; the nearest are ${near}; all: ${ids.join(", ")}`);
}

function themeOf(values: Values): "light" | "dark" | null {
  const theme = textOption(values, "theme", "");
  if (theme === "") return null;
  if (theme === "light" || theme === "dark") return theme;
  throw new UsageError(`unknown theme "${theme}"; expected light or dark`);
}

function numberOption(values: Values, name: string, { least, most }: { least: number; most: number }): number | null {
  const text = values[name];
  if (text === undefined) return null;
  const number = Number(text);
  if (text !== "" && number >= least && number <= most) return number;
  throw new UsageError(`invalid --${name} "${String(text)}"; expected a number from ${least} to ${most}`);
}

/** The file, null for standard output, and what it is by its name. */
function outputOf(values: Values): { path: string | null; kind: "svg" | "png" } {
  const path = textOption(values, "output", "-");
  if (path === "-") return { path: null, kind: "svg" };
  const [, ending] = /\.(svg|png)$/i.exec(path) ?? [];
  if (ending === undefined) throw new UsageError(`unsupported -o "${path}"; its name must end in .svg or .png`);
  return { path, kind: ending.toLowerCase() as "svg" | "png" };
}

async function subjectOf(words: readonly string[], values: Values): Promise<Subject> {
  const summaries: Summary[] = [];
  for (const word of words) summaries.push(await summaryIn(word, values));
  const [a, b] = summaries as [Summary, Summary | undefined];
  const wanted = textOption(values, "scope", "") || null;
  for (const summary of summaries) if (wanted !== null) assertScope(summary, wanted);
  return b === undefined ? { trace: a, scope: wanted ?? a.defaultScope } : { a, b, scope: wanted };
}

function summaryIn(word: string, values: Values): Promise<Summary> | Summary {
  if (word.endsWith(".json") && windowOption(values) !== null)
    throw new UsageError(`unsupported --from and --to: "${word}" is a stored summary; name the trace`);
  return summaryOf(word, (job) => windowedJob(job, values));
}

function assertScope({ scopeList, trace }: Summary, scope: string): void {
  if (scopeList.some(({ id }) => id === scope)) return;
  const ids = scopeList.map(({ id }) => id);
  const more = ids.length > MOST_SCOPES_NAMED ? ` and ${ids.length - MOST_SCOPES_NAMED} more` : "";
  throw new UsageError(
    `unknown scope "${scope}"; ${trace.title} has ${ids.slice(0, MOST_SCOPES_NAMED).join(", ")}${more}`,
  );
}

/** Those options that the metadata's command does not know from the Summary. */
function optionsAgain(values: Values): readonly string[] {
  return ["theme", "width", "scale"].flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [`--${name}`, String(value)];
  });
}

function pngOf(chart: ChartFile, scale: number): Promise<Uint8Array> {
  const [width, height] = [chart.widthPx * scale, chart.heightPx * scale].map(Math.round) as [number, number];
  if (width * height > MOST_PIXELS || Math.max(width, height) > MOST_SIDE_PIXELS)
    throw new UsageError(`invalid size: ${width} by ${height} pixels; choose a smaller --width or --scale`);
  return chart.png(scale);
}

function wrapped(names: readonly string[]): string {
  const lines = [""];
  for (const name of names) {
    if (lines[lines.length - 1]!.length + name.length > 90) lines.push("");
    lines[lines.length - 1] += `${name}, `;
  }
  return lines.join("\n  ").replace(/, $/, "").replaceAll(/, \n/g, ",\n");
}
