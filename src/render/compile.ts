import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { textWidth } from "../theme/textWidth.ts";

/** A spec of Vega-Lite, as plain data. */
export type Spec = Readonly<Record<string, unknown>>;

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
  const dataflow = vega.parse(compile(spec as unknown as TopLevelSpec, { logger }).spec);
  assertNone(complaints);
  const view = new vega.View(dataflow, { renderer: "none", logger, loader: NO_LOADER });
  vega.resetSVGDefIds();
  const svg = await view.toSVG();
  view.finalize();
  assertNone(complaints);
  return svg;
}

function assertNone(complaints: readonly string[]): void {
  if (complaints.length > 0) throw new Error(`the spec makes vega complain: ${complaints.join("; ")}`);
}
