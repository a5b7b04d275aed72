import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { UserConfig } from "@11ty/eleventy";
import type { PlannedFile } from "../io/publish.ts";
import { TraceError } from "../model/errors.ts";
import { listed } from "../model/quantities.ts";
import { pictureHtml } from "../report/pages/embed.ts";
import { scopeChartPath } from "../report/pages/links.ts";
import type { DrawnFigure, GoodTrace, SiteModel } from "../report/siteModel.ts";
import { prepare } from "../work/prepare.ts";
import { copyFiles } from "./copyFiles.ts";

export interface EmbedOptions {
  /** The folder of traces, as `blkreport build --traces` takes it. */
  readonly traces: string;
  /** What is known already: readings and drawings, by content. */
  readonly cache?: string;
  /** Where the pictures lie in the site. */
  readonly folder?: string;
  readonly jobs?: number;
}

interface Ready {
  readonly model: SiteModel;
  readonly files: readonly PlannedFile[];
}

/**
 * Charts of traces in the pages of another Eleventy site: `{% blkreportChart "trace", "chart", "scope" %}`. A trace is
 * known by its slug, or by its file below the folder of traces. Only the pictures that pages show are copied.
 */
export function blkreport(config: UserConfig, options: EmbedOptions): void {
  const { traces, cache = ".cache/blkreport", folder = "blkreport", jobs = availableParallelism() } = options;
  const shown = new Set<string>();
  let ready: Ready | null = null;
  config.addWatchTarget(traces);
  config.on("eleventy.before", async () => {
    shown.clear();
    const prepared = await prepare({
      tracesDir: traces,
      cacheDir: cache,
      jobs,
      strict: false,
      verify: false,
      onProgress: () => {},
    });
    for (const { message } of prepared.failures) console.error(message);
    ready = prepared;
  });
  config.addShortcode("blkreportChart", (trace: string, chart: string, scope?: string) => {
    const found = figureOf(ready!.model, traces, { trace, chart, scope });
    const href = (ending: string) => {
      const path = `${found.files}.${ending}`;
      shown.add(path);
      return config.getFilter("url")(`/${folder}/${path}`);
    };
    return pictureHtml(found.figure, href);
  });
  config.on("eleventy.after", () => {
    const files = ready!.files.filter(({ path }) => shown.has(path));
    copyFiles(files, join(config.directories.output, folder));
  });
}

interface Asked {
  readonly trace: string;
  readonly chart: string;
  readonly scope: string | undefined;
}

/** The figure, and its files without their endings. */
function figureOf(
  model: SiteModel,
  traces: string,
  asked: Asked,
): { readonly figure: DrawnFigure; readonly files: string } {
  const trace = traceOf(model, traces, asked.trace);
  const scope = asked.scope ?? trace.summary.defaultScope;
  const drawn = trace.scopes.find((one) => one.scope === scope);
  if (drawn === undefined)
    throw unknown(
      asked.trace,
      "scope",
      scope,
      trace.scopes.map((one) => one.scope),
    );
  const figure = drawn.figures.find(({ id }) => id === asked.chart);
  const there = drawn.figures.filter(({ absent }) => absent === null).map(({ id }) => id);
  if (figure === undefined) throw unknown(asked.trace, "chart", asked.chart, there);
  if (figure.absent !== null)
    throw new TraceError({ file: asked.trace }, "missing", `chart "${asked.chart}"`, figure.absent);
  return { figure, files: scopeChartPath(trace.slug, scope, figure.id) };
}

function traceOf({ traces: entries }: SiteModel, folder: string, asked: string): GoodTrace {
  const good = entries.filter((entry) => entry.ok);
  const found = good.find(({ slug, summary: { trace } }) => slug === asked || trace.path === asked);
  if (found !== undefined) return found;
  throw unknown(
    folder,
    "trace",
    asked,
    good.map(({ slug }) => slug),
  );
}

function unknown(file: string, kind: string, asked: string, known: readonly string[]): TraceError {
  const cure = known.length === 0 ? `there is none` : `there ${known.length === 1 ? "is" : "are"} ${listed(known)}`;
  return new TraceError({ file }, "unknown", `${kind} "${asked}"`, cure);
}
