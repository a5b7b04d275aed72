import { existsSync, lstatSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, normalize } from "node:path";
import { TraceError } from "../model/errors.ts";
import { onePerCpu, setOfCpuFile } from "./cpuFiles.ts";
import { layoutNameOf, NOT_BESIDE, type SourceFile } from "./discover.ts";
import { foreignNames, REPLACEMENT } from "./nameBytes.ts";
import { isWithin, realOf } from "./walk.ts";

/** The files of a trace that a person named: a file, a per-CPU set by its name, or any file of a set. */
export interface NamedSource {
  readonly name: string;
  readonly files: readonly SourceFile[];
  readonly sideFile: string | null;
  readonly layoutFile: string | null;
}

export function namedSource(path: string): NamedSource {
  const source = findSource(path);
  if (source === null) throw missingFile(path);
  for (const beside of [source.sideFile, source.layoutFile]) if (beside !== null) assertBeside(beside, beside);
  return source;
}

/** The command line gives names as UTF-8, whatever their bytes are. */
function missingFile(path: string): TraceError {
  const folder = dirname(path);
  const bytes = path.includes(REPLACEMENT) && existsSync(folder) ? foreignNames(folder).get(basename(path)) : undefined;
  if (bytes === undefined)
    return new TraceError({ file: path }, "missing", "file", "check its name, and that it can be read from here");
  return new TraceError({ file: join(folder, bytes) }, "unsupported", "name: it is not UTF-8", "rename the file");
}

/** What nobody named, and lies beside what somebody named, may not lead elsewhere: it may have come with the trace. */
export function assertBeside(path: string, name: string): void {
  if (!leadsOut(path)) return;
  throw new TraceError({ file: name }, "unsupported", "link out of the folder", "put a copy in its place");
}

function leadsOut(path: string): boolean {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return false;
  const [target, folder] = [realOf(path), realOf(dirname(path))];
  return target === null || folder === null || !isWithin(target, folder);
}

/** The files of a set that a trace's side file names, or why there are none. */
export function filesBeside(name: string, set: string): readonly SourceFile[] | string {
  const path = join(dirname(name), set);
  const isInside = !isAbsolute(set) && !normalize(set).startsWith(".");
  const files = isInside && path !== normalize(name) ? (findSource(path)?.files ?? null) : null;
  if (files === null) return NOT_BESIDE;
  for (const file of files) assertBeside(file.path, file.name);
  return files;
}

/** The traces that names mean, each once: of a set of per-CPU files a shell's pattern names every one. */
export function eachOnce(paths: readonly string[]): string[] {
  const met = new Set<string>();
  return paths.filter((path) => {
    const files =
      findSource(path)
        ?.files.map((file) => file.path)
        .join("\n") ?? path;
    return !met.has(files) && met.add(files);
  });
}

/** What a name means, or null where nothing is called so. */
export function findSource(path: string): NamedSource | null {
  const set = setOf(path);
  const files = set === null ? [] : filesOfSet(set);
  const name = set !== null && files.length > 0 ? set : path;
  if (files.length === 0 && !existsSync(path)) return null;
  const sideFile = existsSync(`${name}.json`) ? `${name}.json` : null;
  const layout = layoutNameOf(name);
  const layoutFile = existsSync(layout) && !existsSync(layout.slice(0, -".json".length)) ? layout : null;
  return { name, files: files.length > 0 ? files : [{ name: path, path }], sideFile, layoutFile };
}

/** The set that a path may mean: what stands before .blktrace.N, or the path itself where no such file exists. */
function setOf(path: string): string | null {
  const isFile = existsSync(path) && statSync(path).isFile();
  return setOfCpuFile(path) ?? (isFile ? null : path);
}

function filesOfSet(set: string): readonly SourceFile[] {
  const folder = dirname(set);
  if (!existsSync(folder)) return [];
  const { names } = onePerCpu(readdirSync(folder).filter((name) => setOfCpuFile(name) === basename(set)));
  return names.map((name) => ({ name: join(folder, name), path: join(folder, name) }));
}
