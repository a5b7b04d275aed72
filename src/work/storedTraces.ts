import { statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Summary } from "../analysis/summary.ts";
import { sha256 } from "../io/sha256.ts";
import { uniqueSlugs } from "../io/slug.ts";
import { readFoundText } from "../io/textFile.ts";
import { byBytes, folderOf, walk } from "../io/walk.ts";
import { TraceError } from "../model/errors.ts";
import { type BrokenFile, storedBroken } from "../report/brokenFile.ts";
import type { BrokenTrace } from "../report/siteModel.ts";
import { SOURCES_NAME, type SourcesFile, storedSources } from "../report/sourcesFile.ts";
import { summaryReader } from "../report/storedSummary.ts";
import type { Bench } from "./bench.ts";
import { type Failure, failureOf } from "./outcome.ts";
import { outlineOf } from "./outline.ts";
import { brokenTrace, type TraceRead } from "./readTrace.ts";

/** What folders of Summaries hold together: the same that their traces would give. */
export interface StoredTraces {
  readonly sources: readonly SourcesFile[];
  /** In order of the bytes of their paths. */
  readonly reads: readonly TraceRead[];
  /** Summaries that are no longer of any trace. */
  readonly stale: readonly string[];
  /** Which slugs were taken. */
  readonly renamed: readonly string[];
}

/** A Summary, or what lies in its place, as it was found. */
interface Stored {
  /** As a person finds it. */
  readonly file: string;
  /** The trace's, below traces/. */
  readonly path: string;
  /** What it says, whatever slug it had where it was made. */
  readonly content: { readonly summary: Summary } | { readonly broken: BrokenFile };
}

interface Tree {
  readonly sources: SourcesFile | null;
  readonly stored: readonly Stored[];
  readonly stale: readonly string[];
}

const SUMMARY_NAME = "summary.json";
const BROKEN_NAME = "broken.json";

function storedIn(text: string, file: string, readSummary: ReturnType<typeof summaryReader>): Stored {
  if (basename(file) === BROKEN_NAME) {
    const broken = storedBroken(text, file);
    return { file, path: broken.path, content: { broken } };
  }
  const summary = readSummary(text, file);
  return { file, path: summary.trace.path ?? summary.trace.slug, content: { summary } };
}

/** Reads every summary.json and broken.json below some folders; where one trace is stored twice, both must say the same. */
export function storedTraces(bench: Pick<Bench, "strict">, folders: readonly string[]): StoredTraces {
  const trees = folders.flatMap(treesIn);
  const sources = trees.flatMap((tree) => tree.sources ?? []);
  const stored = onceEach(trees.flatMap((tree) => tree.stored));
  const expected = new Set([...sources.flatMap(({ traces }) => traces), ...stored.keys()]);
  const paths = [...expected].sort(byBytes);
  const { slugs, notices } = uniqueSlugs(paths);
  return {
    sources,
    reads: paths.map((path, i) => readOf(bench, stored.get(path), path, slugs[i]!)),
    stale: trees.flatMap((tree) => tree.stale),
    renamed: notices,
  };
}

/** A folder may hold several: one for each shard, where a job put them side by side. */
function treesIn(folder: string): readonly Tree[] {
  assertFolder(folder);
  const { files: names, notices } = walk(folder);
  const files = names.flatMap((name) => fileIn(folder, name));
  const roots = new Map<string, SourcesFile | null>([["", null]]);
  for (const { name, file, text } of files)
    if (basename(name) === SOURCES_NAME) roots.set(folderOf(name), storedSources(text, file));
  const readSummary = summaryReader(files.length);
  const stored = files
    .filter(({ name }) => basename(name) !== SOURCES_NAME)
    .map(({ name, file, text }) => ({ root: rootOf(name, roots), one: storedIn(text, file, readSummary) }));
  const byRoot = new Map([...roots.keys()].map((root) => [root, [] as Stored[]]));
  for (const { root, one } of stored) byRoot.get(root)!.push(one);
  const trees = [...roots].map(([root, sources]) => treeOf(sources, byRoot.get(root)!));
  return [...trees, { sources: null, stored: [], stale: notices.map((notice) => join(folder, notice)) }];
}

const NAMES = new Set([SOURCES_NAME, SUMMARY_NAME, BROKEN_NAME]);
/** A site's JSON Schemas have the names of what they describe. */
const IS_SCHEMA = /"\$id":\s*"blkreport\//;

function fileIn(folder: string, name: string) {
  if (!NAMES.has(basename(name))) return [];
  const file = join(folder, name);
  const text = readFoundText(file, file);
  return IS_SCHEMA.test(text) ? [] : [{ name, file, text }];
}

/** The nearest folder above with a sources.json. */
function rootOf(name: string, roots: ReadonlyMap<string, unknown>): string {
  let root = folderOf(name);
  while (!roots.has(root)) root = folderOf(root);
  return root;
}

function treeOf(sources: SourcesFile | null, all: readonly Stored[]): Tree {
  const listed = sources === null ? null : new Set(sources.traces);
  const isListed = ({ path }: Stored) => listed === null || listed.has(path);
  const own = all.filter(({ content }) => !isBase(content, sources));
  return {
    sources,
    stored: own.filter(isListed),
    stale: own.filter((one) => !isListed(one)).map(({ file }) => `${file} is passed over: its trace is gone`),
  };
}

function assertFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new TraceError({ file: folder }, "missing", "folder of summaries", "make it with blkreport summary --traces");
}

/** A site that was compared with another one holds that one's Summaries too. */
function isBase(content: Stored["content"], sources: SourcesFile | null): boolean {
  return "summary" in content && sources !== null && sources.bases.includes(content.summary.trace.slug);
}

function onceEach(all: readonly Stored[]): ReadonlyMap<string, Stored> {
  const byPath = new Map<string, Stored>();
  for (const one of all) {
    const other = byPath.get(one.path);
    if (other !== undefined && textOf(one) !== textOf(other))
      throw new TraceError(
        { file: one.file },
        "invalid",
        `second summary of "${one.path}": it differs from ${other.file}`,
        "keep the one that is of the trace as it is now",
      );
    byPath.set(one.path, other ?? one);
  }
  return byPath;
}

/** Without the slug, which depends on the traces beside it. */
function textOf({ content }: Stored): string {
  return JSON.stringify("summary" in content ? withSlug(content.summary, "") : content.broken);
}

function withSlug(summary: Summary, slug: string): Summary {
  return { ...summary, trace: { ...summary.trace, slug } };
}

function readOf(bench: Pick<Bench, "strict">, stored: Stored | undefined, path: string, slug: string): TraceRead {
  if (stored === undefined) return missing(bench, slug, path);
  if ("broken" in stored.content)
    return brokenTrace(bench, { slug, path }, stored.content.broken.files, stored.content.broken);
  return keyed(withSlug(stored.content.summary, slug), path);
}

/** A Summary as a trace that was read; all that is drawn of it depends on its text. */
export function keyed(summary: Summary, path: string): TraceRead & { readonly ok: true } {
  return { ok: true, path, key: `summary ${sha256(JSON.stringify(summary))}`, ...outlineOf(summary), summary };
}

/** Another shard was to make it, or the same one before it was stopped. */
function missing(bench: Pick<Bench, "strict">, slug: string, path: string): BrokenTrace {
  const cure = "run the shard that has it again, and publish its folder with the others";
  return brokenTrace(bench, { slug, path }, [], failureOfMissing(path, cure));
}

function failureOfMissing(path: string, cure: string): Failure {
  return failureOf(new TraceError({ file: path }, "missing", "summary", cure), path);
}
