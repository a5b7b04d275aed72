import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  discover,
  joined,
  SITE_CONFIG_NAME,
  type Slugged,
  type SourceFile,
  slugged,
  type TraceSource,
} from "../io/discover.ts";
import { assertBeside } from "../io/named.ts";
import { readFoundText } from "../io/textFile.ts";
import type { ReadHints } from "../model/format.ts";
import { checkedJson } from "../report/checkedJson.ts";
import { checkedGates } from "../report/gatesFile.ts";
import { SideFile } from "../report/sideFile.ts";
import { SiteConfig } from "../report/siteConfig.ts";
import { formatOf, type Recognised } from "./formatOf.ts";
import { type Failure, type Outcome, outcomeOf } from "./outcome.ts";

/** A trace that some format recognises, with what its side file says. */
export interface KnownSource extends Slugged {
  readonly format: string;
  readonly side: SideFile;
}

/** A trace whose side file cannot be understood, or whose files cannot be looked into. */
export interface UnclearSource extends Slugged {
  readonly failure: Failure;
}

export type Source = KnownSource | UnclearSource;

export function isKnown(source: Source): source is KnownSource {
  return !("failure" in source);
}

export interface Sources {
  readonly config: SiteConfig;
  /** Every trace, in order of the bytes of its path. */
  readonly traces: readonly Source[];
  /** What is no trace. */
  readonly passedOver: readonly string[];
  /** Which slugs were taken. */
  readonly renamed: readonly string[];
}

/** traces/blkreport.json, or nothing where there is none. */
function readSiteConfig(tracesDir: string): SiteConfig {
  const path = join(tracesDir, SITE_CONFIG_NAME);
  if (!existsSync(path)) return {};
  assertBeside(path, SITE_CONFIG_NAME);
  const config = checkedJson<SiteConfig>(SiteConfig, readFoundText(path, SITE_CONFIG_NAME), SITE_CONFIG_NAME);
  checkedGates(config.gates ?? [], SITE_CONFIG_NAME);
  return config;
}

/** Says what a trace's files are. */
export type Recognise = (files: readonly SourceFile[], hints: ReadHints) => Promise<Recognition>;
export type Recognition = Pick<Recognised, "format" | "reason">;

/** Every trace below a folder: found, joined, named and recognised. */
export async function findSources(tracesDir: string, recognise: Recognise = formatOf): Promise<Sources> {
  const config = readSiteConfig(tracesDir);
  const { include, exclude } = config;
  const discovery = discover(tracesDir, { ...(include && { include }), ...(exclude && { exclude }) });
  const sides = new Map<string, Outcome<SideFile>>();
  for (const source of discovery.sources) sides.set(source.path, await readSideFile(source));
  const { sources, notices } = joined(discovery, (source) => setsOf(sides.get(source.path)));
  const found: (Omit<KnownSource, "slug"> | Omit<UnclearSource, "slug">)[] = [];
  const foreign: Unrecognised[] = [];
  for (const source of sources) {
    const side = sides.get(source.path)!;
    const content = await outcomeOf(source.path, () => recognise(source.files, (side.ok && side.value.read) || {}));
    if (!content.ok) found.push({ ...source, failure: content.failure });
    else if (content.value.format === null) foreign.push({ source, reason: content.value.reason });
    else if (side.ok) found.push({ ...source, format: content.value.format, side: side.value });
    else found.push({ ...source, failure: side.failure });
  }
  const { sources: traces, notices: renamed } = slugged(found);
  return { config, traces, passedOver: [...notices, ...passedOver(foreign)], renamed };
}

function setsOf(side: Outcome<SideFile> | undefined): readonly string[] {
  return side?.ok ? (side.value.sets ?? []) : [];
}

function readSideFile({ sideFile }: TraceSource): Promise<Outcome<SideFile>> {
  if (sideFile === null) return Promise.resolve({ ok: true, value: {} });
  const { name, path } = sideFile;
  return outcomeOf(name, () => checkedJson<SideFile>(SideFile, readFoundText(path, name), name));
}

interface Unrecognised {
  readonly source: TraceSource;
  readonly reason: string;
}

/** One notice for all files that are no traces. */
function passedOver(foreign: readonly Unrecognised[]): readonly string[] {
  if (foreign.length === 0) return [];
  const reasons = foreign.map(({ source, reason }) => `${source.path} (${reason})`);
  const what = foreign.length === 1 ? "1 file is" : `${foreign.length} files are`;
  return [`${what} no trace and passed over: ${reasons.join(", ")}`];
}
