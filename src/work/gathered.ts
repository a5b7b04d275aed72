import { TraceError } from "../model/errors.ts";
import type { SiteConfig } from "../report/siteConfig.ts";
import type { Bench } from "./bench.ts";
import { readTrace, type TraceRead } from "./readTrace.ts";
import { findSources, isKnown } from "./sources.ts";
import { storedTraces } from "./storedTraces.ts";

/** What a site is made of, wherever it comes from. */
export interface Gathered {
  readonly config: SiteConfig;
  /** What lies in traces/ and is no trace. */
  readonly passedOver: readonly string[];
  /** What is to be said beside that. */
  readonly notices: readonly string[];
  /** In order of the bytes of their paths. */
  readonly reads: readonly (() => Promise<TraceRead>)[];
}

/** Every trace below a folder. */
export async function gatherTraces(bench: Bench, tracesDir: string): Promise<Gathered> {
  const { config, traces, passedOver, renamed } = await findSources(tracesDir, bench.recognise);
  bench.progress.expect(traces.filter(isKnown).length);
  return { config, passedOver, notices: renamed, reads: traces.map((source) => () => readTrace(bench, source)) };
}

/** The same from Summaries that were made before, anywhere. */
export function gatherStored(bench: Bench, folders: readonly string[]): Gathered {
  const { sources, reads, stale, renamed } = storedTraces(bench, folders);
  if (sources.length === 0 && reads.length === 0)
    throw new TraceError(
      { file: folders.join(", ") },
      "missing",
      "summary.json",
      "name folders that blkreport summary --traces or blkreport build wrote",
    );
  return {
    config: oneConfig(sources.map(({ config }) => config)),
    passedOver: [...new Set(sources.flatMap(({ notices }) => notices))],
    notices: [...renamed, ...stale],
    reads: reads.map((read) => () => Promise.resolve(read)),
  };
}

function oneConfig(configs: readonly SiteConfig[]): SiteConfig {
  const texts = new Set(configs.map((config) => JSON.stringify(config)));
  if (texts.size > 1)
    throw new TraceError(
      { file: "blkreport.json" },
      "invalid",
      "configuration: the folders of --from hold different ones",
      "make all of them from traces with the same blkreport.json",
    );
  return configs[0] ?? {};
}
