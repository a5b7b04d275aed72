import type { Summary } from "../analysis/summary.ts";
import { nameAndVersion } from "../io/version.ts";
import { readableText } from "../model/readable.ts";
import { shellLine } from "../model/shell.ts";
import type { Provenance } from "../render/provenance.ts";

/** Where charts come from: what each file says of that. */
export interface Origin {
  /** The line below every plot. */
  readonly source: string;
  /** Of a chart in a file of this name; `options` are those of `blkreport render` beside the scope. */
  provenanceOf(chart: string, file: string, options?: readonly string[]): Provenance;
}

/** The charts of one scope of a trace. */
export function traceOrigin(summary: Summary, scope: string): Origin {
  const { trace, scopeList } = summary;
  const title = scopeList.find(({ id }) => id === scope)?.title ?? scope;
  const choice = [...(scopeList.length > 1 ? ["--scope", scope] : []), ...windowOptions(summary)];
  return { source: `${trace.title} · ${title} · blkreport`, provenanceOf: provenances([summary], choice) };
}

/** The charts of a comparison; `a` is the baseline. */
export function comparisonOrigin(a: Summary, b: Summary): Origin {
  const source = `A: ${a.trace.title} · B: ${b.trace.title} · blkreport`;
  return { source, provenanceOf: provenances([a, b], []) };
}

/** The charts of a history; no command draws one alone. */
export function historyOrigin(of: string, summaries: readonly Summary[]): Origin {
  return { source: `${of} · blkreport`, provenanceOf: () => provenanceOfAll(...summaries) };
}

/** Of a picture that stands for a whole trace or comparison, and that no command draws alone. */
export function provenanceOfAll(...summaries: readonly Summary[]): Provenance {
  const inputs = summaries.flatMap(({ trace }) => trace.files.map(({ name, sha256 }) => ({ name, sha256 })));
  return { inputs, software: nameAndVersion(), command: null };
}

function provenances(summaries: readonly Summary[], choice: readonly string[]): Origin["provenanceOf"] {
  const all = provenanceOfAll(...summaries);
  const traces = summaries.map(({ trace }) => readableText(trace.path ?? trace.files[0]?.name ?? trace.slug));
  return (chart, file, options = []) => ({
    ...all,
    command: shellLine(["blkreport", "render", ...traces, chart, ...choice, ...options, "-o", file]),
  });
}

function windowOptions({ trace: { window } }: Summary): readonly string[] {
  if (window === null) return [];
  const { fromNs, toNs } = window;
  return [...(fromNs === null ? [] : ["--from", `${fromNs}ns`]), ...(toNs === null ? [] : ["--to", `${toNs}ns`])];
}
