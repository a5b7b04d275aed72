import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { textWidth } from "../theme/textWidth.ts";
import { bareSpec, type Spec, withNumbers } from "./bareSpec.ts";

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
  const dataflow = await dataflowOf(spec, logger, complaints);
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

/** Gives the dataflow of a spec, both as text: one that was made before, by whomever, or a new one. */
type DataflowStore = (spec: string, make: () => Promise<string>) => Promise<string>;

let store: DataflowStore = (_, make) => make();

/** Other processes and threads draw charts of the same specs: what is compiled here is kept for them, and found where they did. */
export function keepDataflows(by: DataflowStore): void {
  store = by;
}

const MOST_KEPT = 512;
/** The dataflows that were used last, by the text of the spec. */
const kept = new Map<string, string>();

/** What Vega runs. To compile and parse a spec takes longer than to run it, and many charts differ only in data, domains and size. */
async function dataflowOf(
  spec: Spec,
  logger: vega.LoggerInterface,
  complaints: readonly string[],
): Promise<vega.Runtime> {
  const { bare, data, numbers } = bareSpec(spec);
  const key = JSON.stringify(bare);
  let text = kept.get(key);
  if (text === undefined) {
    text = await store(key, async () => {
      const compiled = compile(bare as unknown as TopLevelSpec, { logger }).spec;
      const made = JSON.stringify(vega.parse(withPlaces(compiled, data)));
      assertNone(complaints);
      return made;
    });
    if (kept.size === MOST_KEPT) kept.clear();
    kept.set(key, text);
  }
  return withData(JSON.parse(withNumbers(text, numbers)), data);
}

/** Each source of data with its name in place of its data. */
function withPlaces(spec: vega.Spec, data: ReadonlyMap<string, readonly unknown[]>): vega.Spec {
  const sources = (spec.data ?? []).map((source) =>
    data.has(source.name) ? ({ ...source, values: [source.name] } as vega.Data) : source,
  );
  return { ...spec, data: sources };
}

interface Operator {
  value?: { $ingest?: readonly unknown[] } | null;
}

function withData(dataflow: vega.Runtime, data: ReadonlyMap<string, readonly unknown[]>): vega.Runtime {
  for (const { value } of (dataflow as unknown as { operators: readonly Operator[] }).operators) {
    const values = data.get(value?.$ingest?.[0] as string);
    if (values !== undefined) value!.$ingest = values;
  }
  return dataflow;
}
