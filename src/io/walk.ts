import { accessSync, constants, type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { foreignNames, REPLACEMENT } from "./nameBytes.ts";
import { permits } from "./permits.ts";

export interface Walk {
  /** Paths of files below the root, with slashes, in order of their bytes. */
  readonly files: readonly string[];
  /** What was passed over, one sentence each. */
  readonly notices: readonly string[];
}

/** Order by the bytes of UTF-8: the same on every machine and in every locale. */
export function byBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return placeInUtf8(x) - placeInUtf8(y);
  }
  return a.length - b.length;
}

/** A half of a surrogate pair stands for a character beyond U+FFFF, which comes after all others. */
function placeInUtf8(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x1_0000 : unit;
}

/** The folder of a path with slashes, "" at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/** Every readable file below a folder, or in it; hidden ones are left out, and nothing outside the folder is followed. */
export function walk(root: string, { deep = true } = {}): Walk {
  const files: string[] = [];
  const notices: string[] = [];
  const realRoot = realpathSync(root);
  visit("", entriesOf(root));
  return { files: files.sort(byBytes), notices: notices.sort(byBytes) };

  function visit(folder: string, entries: readonly Dirent[]): void {
    const foreign = entries.some(({ name }) => name.includes(REPLACEMENT)) ? foreignNames(join(root, folder)) : null;
    for (const entry of entries) {
      const inFolder = (name: string) => (folder === "" ? name : `${folder}/${name}`);
      const path = inFolder(entry.name);
      const bytes = foreign?.get(entry.name);
      if (entry.name.startsWith(".")) continue;
      if (bytes !== undefined) notices.push(`${inFolder(bytes)} is passed over: its name is not UTF-8; rename it`);
      else if (!entry.isDirectory()) visitFile(path, entry);
      else if (deep) visitFolder(path);
    }
  }

  function visitFolder(path: string): void {
    let entries: readonly Dirent[];
    try {
      accessSync(join(root, path), constants.R_OK | constants.X_OK);
      entries = entriesOf(join(root, path));
    } catch {
      notices.push(`${path} is passed over: the folder cannot be read`);
      return;
    }
    visit(path, entries);
  }

  function visitFile(path: string, entry: Dirent): void {
    const problem = fileProblem(join(root, path), entry, realRoot);
    if (problem === null) files.push(path);
    else notices.push(`${path} is passed over: ${problem}`);
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  return readdirSync(folder, { withFileTypes: true });
}

/** Why a directory entry that is no folder cannot be a trace, or null. */
function fileProblem(path: string, entry: Dirent, realRoot: string): string | null {
  if (entry.isSymbolicLink()) return linkProblem(path, realRoot);
  if (!entry.isFile()) return "it is neither a file nor a folder";
  return permits(path, constants.R_OK) ? null : "it cannot be read";
}

function linkProblem(path: string, realRoot: string): string | null {
  const target = realOf(path);
  if (target === null) return "it is a link to nothing";
  if (!isWithin(target, realRoot)) return "it is a link out of the folder";
  if (statSync(target, { throwIfNoEntry: false })?.isFile() !== true)
    return "it is a link to something that is no file";
  return permits(target, constants.R_OK) ? null : "it cannot be read";
}

/** Where a path leads, links followed; null where that is nowhere, or round and round. */
export function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** Whether a real path lies below a folder's. */
export function isWithin(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
