import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { textWidth } from "../theme/textWidth.ts";
import { bareSpec, type Spec, withDomains } from "./bareSpec.ts";

export type { Spec };

interface TextItem {
  readonly text?: unknown;
  readonly fontSize?: number;
  readonly fontWeight?: number | string;
}

interface TextMetrics {
  width(item: TextItem, text?: string): number;
}

// Without a canvas Vega guesses text widths up to half too wide. Its types lack `textMetrics`.
const { textMetrics } = vega as typeof vega & { readonly textMetrics: TextMetrics };
textMetrics.width = (item, text) => {
  const shown = String(text ?? item.text ?? "").trim();
  const heavy = item.fontWeight === "bold" || Number(item.fontWeight) >= 600;
  return textWidth(shown, item.fontSize ?? 11, heavy ? 600 : 400);
};

/** Keeps what Vega and Vega-Lite only warn of: in a chart it is a mistake. It must not throw, or a dataflow never ends. */
function keepComplaints(complaints: string[]): vega.LoggerInterface {
  const keep = (...message: readonly unknown[]) => {
    complaints.push(message.map(String).join(" "));
    return logger;
  };
  const logger = { level: () => logger, error: keep, warn: keep, info: () => logger, debug: () => logger };
  return logger as vega.LoggerInterface;
}

function refuse(uri: string): Promise<never> {
  return Promise.reject(new Error(`a spec holds its data, but this one names ${uri}`));
}

const NO_LOADER: vega.Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

let previous: Promise<unknown> = Promise.resolve();

/** The SVG of a Vega-Lite spec, as Vega writes it. One at a time: the names of clips and gradients are counted globally. */
export function vegaSvg(spec: Spec): Promise<string> {
  const next = previous.then(() => drawn(spec));
  previous = next.catch(() => undefined);
  return next;
}

async function drawn(spec: Spec): Promise<string> {
  const complaints: string[] = [];
  const logger = keepComplaints(complaints);
  const runtime = vega.parse(compiled(spec, logger, complaints));
  const view = new vega.View(runtime, { renderer: "none", logger, loader: NO_LOADER });
  vega.resetSVGDefIds();
  const svg = await view.toSVG();
  view.finalize();
  if (complaints.length > 0) throw new Error(`the spec makes vega complain: ${complaints.join("; ")}`);
  return svg;
}

const MOST_KEPT = 512;
/** Compiled specs, as text, by the text of what they were compiled from. */
const kept = new Map<string, string>();

/** The Vega spec. Compiling takes half of the time of drawing, and many charts differ only in their data and domains. */
function compiled(spec: Spec, logger: vega.LoggerInterface, complaints: readonly string[]): vega.Spec {
  const { bare, data, domains } = bareSpec(spec);
  const key = JSON.stringify(bare);
  let text = kept.get(key);
  if (text === undefined) {
    text = JSON.stringify(compile(bare as unknown as TopLevelSpec, { logger }).spec);
    if (kept.size === MOST_KEPT) kept.clear();
    if (complaints.length === 0) kept.set(key, text);
  }
  return withData(JSON.parse(withDomains(text, domains)), data);
}

function withData(spec: vega.Spec, data: ReadonlyMap<string, readonly unknown[]>): vega.Spec {
  const sources = (spec.data ?? []).map((source) => {
    const values = data.get(source.name);
    return values === undefined ? source : ({ ...source, values } as vega.Data);
  });
  return { ...spec, data: sources };
}
