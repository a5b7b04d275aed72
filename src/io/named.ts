import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { TraceError } from "../model/errors.ts";
import { onePerCpu, setOfCpuFile } from "./cpuFiles.ts";
import type { SourceFile } from "./discover.ts";

/** The files of a trace that a person named: a file, a per-CPU set by its name, or any file of a set. */
export interface NamedSource {
  readonly name: string;
  readonly files: readonly SourceFile[];
  readonly sideFile: string | null;
}

export function namedSource(path: string): NamedSource {
  const source = findSource(path);
  if (source !== null) return source;
  throw new TraceError({ file: path }, "missing", "file", "check its name, and that it can be read from here");
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
  return { name, files: files.length > 0 ? files : [{ name: path, path }], sideFile };
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
