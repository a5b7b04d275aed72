import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { TraceError } from "../model/errors.ts";
import { onePerCpu, setOfCpuFile } from "./cpuFiles.ts";
import { matcher } from "./glob.ts";
import { uniqueSlugs } from "./slug.ts";
import { byBytes, folderOf, walk } from "./walk.ts";

/** A file of a trace: its path below traces/, and where it lies. */
export interface SourceFile {
  readonly name: string;
  readonly path: string;
}

/** A trace as its files say: one file, or one set of per-CPU files. */
export interface TraceSource {
  /** Below traces/, with slashes: "lv/a.qtr", or "x/sda" for the set x/sda.blktrace.0…N. */
  readonly path: string;
  /** The folder below traces/, "" at the top. */
  readonly group: string;
  readonly files: readonly SourceFile[];
  readonly sideFile: SourceFile | null;
  /** What lies where on the disks of the trace. */
  readonly layoutFile: SourceFile | null;
}

export interface Slugged extends TraceSource {
  readonly slug: string;
}

export interface Discovery {
  /** In order of their paths' bytes. */
  readonly sources: readonly TraceSource[];
  readonly notices: readonly string[];
}

export interface Filter {
  /** Globs of paths below traces/; without any, everything is in. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** The file that configures the site, at the top of traces/. */
export const SITE_CONFIG_NAME = "blkreport.json";

/** What lies in traces/: sources of traces, not yet looked into. */
export function discover(tracesDir: string, { include, exclude = [] }: Filter = {}): Discovery {
  assertFolder(tracesDir);
  const { files, notices } = walk(tracesDir);
  const isIncluded = include === undefined ? () => true : matcher(include);
  const isExcluded = matcher(exclude);
  const candidates = files.filter((path) => path !== SITE_CONFIG_NAME && !path.endsWith(".json"));
  const all = new Set(files);
  const wanted = grouped(candidates.filter((path) => isIncluded(path) && !isExcluded(path)));
  const sources = wanted.map((group) => source(tracesDir, group, all)).sort((a, b) => byBytes(a.path, b.path));
  const copies = wanted.flatMap((group) => group.copies);
  const described = new Set(grouped(candidates).flatMap(({ path }) => [`${path}.json`, layoutNameOf(path)]));
  const idle = files.filter((path) => path.endsWith(".json") && path !== SITE_CONFIG_NAME && !described.has(path));
  return {
    sources,
    notices: [
      ...notices,
      ...copies.map((path) => `${path} is passed over: the file of the same CPU lies beside it`),
      ...idle.map((path) => `${path} describes no trace that lies beside it`),
    ],
  };
}

function assertFolder(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  throw new TraceError({ file: path }, "missing", "folder of traces", "make it, or name another one with --traces");
}

interface Group {
  readonly path: string;
  readonly names: readonly string[];
  /** Files that hold what another one of them holds. */
  readonly copies: readonly string[];
}

/** The per-CPU files of a set together, by number; every other file alone. */
function grouped(paths: readonly string[]): readonly Group[] {
  const sets = new Map<string, string[]>();
  const alone: Group[] = [];
  for (const name of paths) {
    const path = setOfCpuFile(name);
    const names = path === null ? undefined : sets.get(path);
    if (path === null) alone.push({ path: name, names: [name], copies: [] });
    else if (names === undefined) sets.set(path, [name]);
    else names.push(name);
  }
  return [...[...sets].map(([path, names]) => ({ path, ...onePerCpu(names) })), ...alone];
}

/** The folder of a trace below traces/, "" at the top. */
export function groupOf(path: string): string {
  return folderOf(path);
}

/** The name of a trace's layout. */
export function layoutNameOf(path: string): string {
  return `${path}.layout.json`;
}

/** x.layout.json is the side file of a trace that is called x.layout. */
function isTraceOf(layout: string, all: ReadonlySet<string>): boolean {
  return all.has(layout.slice(0, -".json".length));
}

function source(tracesDir: string, { path, names }: Group, all: ReadonlySet<string>): TraceSource {
  const located = (name: string) => ({ name, path: join(tracesDir, name) });
  const side = located(`${path}.json`);
  const layout = located(layoutNameOf(path));
  return {
    path,
    group: groupOf(path),
    files: names.map(located),
    sideFile: all.has(side.name) ? side : null,
    layoutFile: all.has(layout.name) && !isTraceOf(layout.name, all) ? layout : null,
  };
}

/** The sources with the sets that a side file joins into one recording: `setsOf` gives the names beside the source. */
export function joined({ sources, notices }: Discovery, setsOf: (source: TraceSource) => readonly string[]): Discovery {
  const byPath = new Map(sources.map((one) => [one.path, one]));
  /** Whose part each is. */
  const owners = new Map<TraceSource, TraceSource>();
  const missing: string[] = [];
  const whole = sources.map((one) => {
    const { files, notices } = withSets(one.files, one.sideFile?.name ?? "", setsOf(one), (name) => {
      const other = byPath.get(one.group === "" ? name : `${one.group}/${name}`);
      if (other === undefined || other === one) return NOT_BESIDE;
      // Of two that join each other both would be gone, and of a chain its end.
      if (setsOf(other).length > 0) return "which joins others itself";
      if (owners.has(other)) return "which is joined already";
      owners.set(other, one);
      return other.files;
    });
    missing.push(...notices);
    return { ...one, files };
  });
  const kept = whole.filter((_, i) => !owners.has(sources[i]!));
  return { sources: kept, notices: [...notices, ...missing] };
}

export const NOT_BESIDE = "which is not beside it";

/** A trace's files with those of the sets that its side file names; `find` gives the files of a set beside it, or why not. */
export function withSets(
  own: readonly SourceFile[],
  sideFile: string,
  sets: readonly string[],
  find: (set: string) => readonly SourceFile[] | string,
): { readonly files: readonly SourceFile[]; readonly notices: readonly string[] } {
  const found = [...new Set(sets)].map((set) => ({ set, files: find(set) }));
  return {
    files: [...own, ...found.flatMap(({ files }) => (typeof files === "string" ? [] : files))],
    notices: found.flatMap(({ set, files }) =>
      typeof files === "string" ? [`${sideFile} joins ${set}, ${files}`] : [],
    ),
  };
}

/** The sources with the slugs under which they are published; the notices say which had to get another one. */
export function slugged<Source extends TraceSource>(
  sources: readonly Source[],
): { readonly sources: readonly (Source & Slugged)[]; readonly notices: readonly string[] } {
  const { slugs, notices } = uniqueSlugs(sources.map(({ path }) => path));
  return { sources: sources.map((one, i) => ({ ...one, slug: slugs[i]! })), notices };
}
