import { existsSync, lstatSync, realpathSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TraceError } from "../model/errors.ts";
import type { Hashes } from "./hashes.ts";
import { cachedContent } from "./lostResult.ts";
import { makeFolder } from "./makeFolder.ts";
import { MANIFEST_NAME, type Manifest, manifestOf, readManifestText } from "./manifest.ts";
import { assertInside, type Output, readOutput, TEMPORARY_NAME } from "./outputFolder.ts";
import { withPublishLock } from "./publishLock.ts";
import { sha256 } from "./sha256.ts";
import { byBytes, isWithin, realOf } from "./walk.ts";

/** What pages refer to, pages, and the catalogue that refers to them: the order in which they appear. */
const CLASSES = ["asset", "page", "catalogue"] as const;
export type FileClass = (typeof CLASSES)[number];

/** A file of the site: its path below output/ and where its content is. */
export interface PlannedFile {
  readonly path: string;
  readonly source: { readonly file: string; readonly sha256: string } | { readonly text: string };
  readonly class: FileClass;
}

/** Everything that publishing does to the disk; tests stop it anywhere. */
export interface PublishEffects {
  makeFolder(path: string): void;
  write(path: string, content: string | Uint8Array): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  removeFolder(path: string): void;
}

const DISK: PublishEffects = {
  makeFolder,
  write: writeWhole,
  rename: renameSync,
  remove: (path) => rmSync(path, { force: true }),
  removeFolder: rmdirSync,
};

/** On a full disk, half a file would only take what is left. */
function writeWhole(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    rmSync(path, { force: true });
    throw Object.assign(error as Error, { path });
  }
}

export interface Published {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
}

interface Job {
  readonly root: string;
  readonly effects: PublishEffects;
  readonly hashes: Hashes;
  /** Says between two steps that publishing goes on. */
  beat(): void;
}

interface Target {
  readonly file: PlannedFile;
  readonly sha256: string;
}

/** What shall be there. */
interface Wanted {
  readonly targets: readonly Target[];
  readonly manifest: ReturnType<typeof manifestOf>;
}

/** The folder, and what was seen in it before. */
interface Place {
  readonly root: string;
  readonly shownAs: string;
  readonly seen: Output | undefined;
}

/** What is there, and what has to be done to it. */
interface Changes {
  readonly ours: Manifest;
  readonly changed: readonly Target[];
  readonly removed: readonly string[];
}

/**
 * Moves a site into its folder, file by file: a kill at any moment leaves whole files whose links all resolve,
 * and the manifest in the folder knows every file that is ours.
 */
export function publish(
  plan: readonly PlannedFile[],
  outputDir: string,
  hashes: Hashes,
  { effects = DISK, seen }: { readonly effects?: PublishEffects; readonly seen?: Output } = {},
): Published {
  assertInside(plan.map(({ path }) => path));
  assertFolder(outputDir);
  effects.makeFolder(outputDir);
  const wanted = wantedOf(plan);
  const place = { root: realpathSync(outputDir), shownAs: outputDir, seen };
  const job = { root: place.root, effects, hashes, beat: () => undefined };
  const { changed, removed } =
    nothingToDo(job, wanted, place) ??
    withPublishLock(place.root, ({ beat }) => {
      const changes = changesOf({ ...job, beat }, wanted, place);
      apply({ ...job, beat }, wanted, changes);
      return changes;
    });
  hashes.save();
  return { written: changed.length, unchanged: plan.length - changed.length, removed: removed.length };
}

function wantedOf(plan: readonly PlannedFile[]): Wanted {
  const targets = plan.map((file) => ({ file, sha256: hashOf(file) }));
  return { targets, manifest: manifestOf(new Map(targets.map(({ file, sha256 }) => [file.path, sha256]))) };
}

/** That there is nothing to do, or null: another build may be at it until the lock is ours, so what changes is looked for then. */
function nothingToDo(job: Job, wanted: Wanted, place: Place): Changes | null {
  if (readManifestText(job.root) !== wanted.manifest.text) return null;
  const changes = changesOf(job, wanted, place);
  return isNothing(changes, wanted) ? changes : null;
}

function changesOf(job: Job, { targets, manifest }: Wanted, place: Place): Changes {
  const { ours, present } = outputIn(place);
  return {
    ours,
    changed: targets.filter((target) => !isThere(job, target)),
    removed: present.filter((path) => !manifest.files.has(path)).reverse(),
  };
}

/** What was seen before, unless another build has published since. */
function outputIn({ root, shownAs, seen }: Place): Output {
  const isStill = seen !== undefined && seen.ours.text === readManifestText(root);
  return isStill ? seen : readOutput(root, shownAs);
}

function isNothing({ ours, changed, removed }: Changes, { manifest }: Wanted): boolean {
  return changed.length + removed.length === 0 && ours.text === manifest.text;
}

function apply(job: Job, { targets, manifest }: Wanted, { ours, changed, removed }: Changes): void {
  claim(job, ours.files, targets);
  holdPlaces(job, changed);
  for (const each of CLASSES) for (const target of changed) if (target.file.class === each) place(job, target);
  clear(job, removed);
  put(job, MANIFEST_NAME, manifest.text);
}

/** Refuses a folder before there is anything to publish: who waits for a build should not hear of it at its end. */
export function assertPublishable(
  outputDir: string,
  tracesDir: string | null,
): { readonly isNew: boolean; readonly seen: Output } {
  assertFolder(outputDir);
  if (tracesDir !== null && liesIn(outputDir, tracesDir)) {
    const cure = "its files would be read as traces: choose another one with --output";
    throw new TraceError({ file: outputDir }, "invalid", "output folder: it lies in the folder of traces", cure);
  }
  const isNew = !existsSync(outputDir);
  makeFolder(outputDir);
  const root = realpathSync(outputDir);
  return { isNew, seen: readOutput(root, outputDir) };
}

/** Removes an output folder in which nothing was published. */
export function removeEmptyOutput(outputDir: string): void {
  try {
    rmdirSync(outputDir);
  } catch {
    // Another build publishes there.
  }
}

function liesIn(path: string, folder: string): boolean {
  const [real, root] = [nearestReal(path), realOf(folder)];
  return root !== null && (real === root || isWithin(real, root));
}

/** A path, or where it will be made. */
function nearestReal(path: string): string {
  return realOf(path) ?? nearestReal(dirname(path));
}

function assertFolder(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.isDirectory()) return;
  throw new TraceError({ file: path }, "invalid", "output folder: it is a file", "choose another one with --output");
}

function hashOf({ source }: PlannedFile): string {
  return "text" in source ? sha256(source.text) : source.sha256;
}

function isThere({ root, hashes, beat }: Job, target: Target): boolean {
  const path = join(root, target.file.path);
  const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  beat();
  if (!stat?.isFile()) return false;
  try {
    return (hashes.recallAs(stat) ?? hashes.ofSmall(path)) === target.sha256;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Names what is about to be ours before the first file of it is there. */
function claim(job: Job, before: ReadonlyMap<string, string>, targets: readonly Target[]): void {
  if (targets.every(({ file }) => before.has(file.path))) return;
  const union = new Map(before);
  for (const { file, sha256 } of targets) union.set(file.path, sha256);
  put(job, MANIFEST_NAME, manifestOf(union).text);
}

/** Pages refer to each other, so none can be the first: where one will be new, a page without links holds its place. */
function holdPlaces(job: Job, changed: readonly Target[]): void {
  for (const { file } of changed) {
    if (!file.path.endsWith(".html") || exists(join(job.root, file.path))) continue;
    put(job, file.path, placeholder("This page is being published", "Load it again in a moment."));
  }
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function placeholder(title: string, advice: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><p>${title}. ${advice}</p></html>\n`;
}

function place(job: Job, { file, sha256: expected }: Target): void {
  put(job, file.path, contentOf(file));
  job.hashes.remember(join(job.root, file.path), expected);
}

function contentOf({ source }: PlannedFile): string | Uint8Array {
  return "text" in source ? source.text : cachedContent(source);
}

/** Beside and over: nobody sees half a file. */
function put(job: Job, path: string, content: string | Uint8Array): void {
  const target = join(job.root, path);
  const folder = dirname(target);
  job.beat();
  job.effects.makeFolder(folder);
  const beside = join(folder, TEMPORARY_NAME);
  job.effects.write(beside, content);
  if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory()) removeIfEmpty(job, path);
  job.effects.rename(beside, target);
}

/** Takes away what is no longer there: pages first lose their links, then all goes, then the folders that are empty. */
function clear(job: Job, removed: readonly string[]): void {
  for (const path of removed) {
    if (path.endsWith(".html")) put(job, path, placeholder("This page is gone", "The trace is no longer published."));
  }
  for (const path of removed) {
    job.beat();
    job.effects.remove(join(job.root, path));
  }
  const folders = new Set(removed.flatMap(foldersAbove));
  for (const folder of [...folders].sort(byBytes).reverse()) removeIfEmpty(job, folder);
}

function foldersAbove(path: string): readonly string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, i) => names.slice(0, i + 1).join("/"));
}

function removeIfEmpty({ root, effects }: Job, folder: string): void {
  try {
    effects.removeFolder(join(root, folder));
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "EBUSY", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
