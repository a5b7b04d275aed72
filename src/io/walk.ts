import { accessSync, constants, type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";

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

/** Every readable file below a folder; hidden ones are left out, and nothing outside the folder is followed. */
export function walk(root: string): Walk {
  const files: string[] = [];
  const notices: string[] = [];
  const realRoot = realpathSync(root);
  visit("");
  return { files: files.sort(byBytes), notices: notices.sort(byBytes) };

  function visit(folder: string): void {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith(".")) continue;
      const problem = entry.isDirectory() ? visitFolder(path) : fileProblem(join(root, path), entry, realRoot);
      if (problem !== null) notices.push(`${path} is passed over: ${problem}`);
      else if (!entry.isDirectory()) files.push(path);
    }
  }

  function visitFolder(path: string): string | null {
    if (!isAccessible(join(root, path), constants.R_OK | constants.X_OK)) return "the folder cannot be read";
    visit(path);
    return null;
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  return readdirSync(folder, { withFileTypes: true });
}

/** Why a directory entry that is no folder cannot be a trace, or null. */
function fileProblem(path: string, entry: Dirent, realRoot: string): string | null {
  if (entry.isSymbolicLink()) return linkProblem(path, realRoot);
  if (!entry.isFile()) return "it is neither a file nor a folder";
  return isAccessible(path, constants.R_OK) ? null : "it cannot be read";
}

function linkProblem(path: string, realRoot: string): string | null {
  let target: string;
  try {
    target = realpathSync(path);
  } catch {
    return "it is a link to nothing";
  }
  if (!target.startsWith(realRoot + sep)) return "it is a link out of the folder";
  if (!statSync(target).isFile()) return "it is a link to something that is no file";
  return isAccessible(target, constants.R_OK) ? null : "it cannot be read";
}

function isAccessible(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
