import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { TraceError } from "../model/errors.ts";
import { MANIFEST_NAME, type Manifest, readManifest, readManifestText } from "./manifest.ts";
import { LOCK_NAME } from "./publishLock.ts";
import { byBytes, folderOf } from "./walk.ts";

/** The file beside a target until it is whole. */
export const TEMPORARY_NAME = ".blkreport-tmp";
/** What other people's tools keep at the top of a published folder. */
const TOLERATED = new Set([".git", ".gitignore", ".gitkeep", ".gitattributes", "lost+found"]);

/** A name that is empty or of dots alone, or a character that systems take for a separator or an end. */
const LEADS_OUT = /(?:^|\/)\.{0,2}(?:\/|$)|[\\\0]/;

/** Holds that every path stays inside the folder, and that no path is also the folder of another one. */
export function assertInside(paths: readonly string[]): void {
  const all = new Set<string>();
  for (const path of paths) {
    if (LEADS_OUT.test(path)) throw new Error(`the path ${JSON.stringify(path)} leaves the output folder`);
    if (all.has(path)) throw new Error(`two files would be published as ${JSON.stringify(path)}`);
    all.add(path);
  }
  for (const folder of new Set(paths.map(folderOf))) {
    for (let above = folder; above !== ""; above = folderOf(above))
      if (all.has(above)) throw new Error(`${above} would be a file and a folder`);
  }
}

/** What is in the folder, and what of it is ours. */
export interface Output {
  readonly ours: Manifest;
  /** In order of their bytes. */
  readonly present: readonly string[];
}

/** Our files in the folder; a file that is not ours is an error, since we would not know whose it is. */
export function readOutput(root: string, shownAs: string): Output {
  const ours = readManifest(root, shownAs);
  try {
    return { ours, present: outputFiles(root, shownAs, ours) };
  } catch (error) {
    // Another build may have claimed it meanwhile.
    if (readManifestText(root) === ours.text) throw error;
    return readOutput(root, shownAs);
  }
}

function outputFiles(root: string, shownAs: string, { files: ours }: Manifest): readonly string[] {
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (folder === "" && isTolerated(entry.name)) continue;
      if (entry.isDirectory()) visit(path);
      else if (ours.has(path) || isLeftover(entry.name)) found.push(path);
      else throw foreign(join(shownAs, path));
    }
  };
  visit("");
  return found.sort(byBytes);
}

/** Another build may have removed the folder meanwhile. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function isTolerated(name: string): boolean {
  return TOLERATED.has(name) || name === MANIFEST_NAME || name === LOCK_NAME;
}

/** A file that a build which was killed left beside its target. */
function isLeftover(name: string): boolean {
  return name === TEMPORARY_NAME || name.startsWith(`${LOCK_NAME}-`);
}

function foreign(file: string): TraceError {
  const cure =
    "blkreport only publishes into a folder of its own: move the file away, or choose another folder with --output";
  return new TraceError({ file }, "unknown", "file in the output folder", cure);
}
