import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { discover, joined, SITE_CONFIG_NAME, type Slugged, slugged, type TraceSource } from "../io/discover.ts";
import { checkedJson } from "../report/checkedJson.ts";
import { SideFile } from "../report/sideFile.ts";
import { SiteConfig } from "../report/siteConfig.ts";
import { formatOf } from "./formatOf.ts";
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

export interface Sources {
  readonly config: SiteConfig;
  readonly known: readonly KnownSource[];
  readonly unclear: readonly UnclearSource[];
  readonly notices: readonly string[];
}

/** traces/blkreport.json, or nothing where there is none. */
function readSiteConfig(tracesDir: string): SiteConfig {
  const path = join(tracesDir, SITE_CONFIG_NAME);
  return existsSync(path) ? checkedJson<SiteConfig>(SiteConfig, readFileSync(path, "utf8"), SITE_CONFIG_NAME) : {};
}

/** Every trace below a folder: found, joined, named and recognised. */
export async function findSources(tracesDir: string): Promise<Sources> {
  const config = readSiteConfig(tracesDir);
  const { include, exclude } = config;
  const discovery = discover(tracesDir, { ...(include && { include }), ...(exclude && { exclude }) });
  const sides = new Map<string, Outcome<SideFile>>();
  for (const source of discovery.sources) sides.set(source.path, await readSideFile(source));
  const { sources, notices } = slugged(joined(discovery, (source) => setsOf(sides.get(source.path))));
  const known: KnownSource[] = [];
  const unclear: UnclearSource[] = [];
  const foreign: Unrecognised[] = [];
  for (const source of sources) {
    const side = sides.get(source.path)!;
    const found = await outcomeOf(source.path, () => formatOf(source.files, side.ok ? side.value.read : {}));
    if (!found.ok) unclear.push({ ...source, failure: found.failure });
    else if (found.value.format === null) foreign.push({ source, reason: found.value.reason });
    else if (side.ok) known.push({ ...source, format: found.value.format, side: side.value });
    else unclear.push({ ...source, failure: side.failure });
  }
  return { config, known, unclear, notices: [...notices, ...passedOver(foreign)] };
}

function setsOf(side: Outcome<SideFile> | undefined): readonly string[] {
  return side?.ok ? (side.value.sets ?? []) : [];
}

function readSideFile({ sideFile }: TraceSource): Promise<Outcome<SideFile>> {
  if (sideFile === null) return Promise.resolve({ ok: true, value: {} });
  const { name, path } = sideFile;
  return outcomeOf(name, () => checkedJson<SideFile>(SideFile, readFileSync(path, "utf8"), name));
}

interface Unrecognised {
  readonly source: Slugged;
  readonly reason: string;
}

/** One notice for all files that are no traces. */
function passedOver(foreign: readonly Unrecognised[]): readonly string[] {
  if (foreign.length === 0) return [];
  const reasons = foreign.map(({ source, reason }) => `${source.path} (${reason})`);
  const what = foreign.length === 1 ? "1 file is" : `${foreign.length} files are`;
  return [`${what} no trace and passed over: ${reasons.join(", ")}`];
}
