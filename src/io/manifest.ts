import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TraceError } from "../model/errors.ts";
import { byBytes } from "./walk.ts";

/** The file in output/ that names the files that are ours. */
export const MANIFEST_NAME = ".blkreport-manifest.json";
const SCHEMA = "blkreport/manifest/1";

export interface Manifest {
  /** SHA-256 by path. */
  readonly files: ReadonlyMap<string, string>;
  /** As it stands on the disk; null where there is none. */
  readonly text: string | null;
}

export function manifestOf(files: ReadonlyMap<string, string>): Manifest & { readonly text: string } {
  const sorted = [...files.keys()].sort(byBytes).map((path) => [path, files.get(path)]);
  return { files, text: `${JSON.stringify({ schema: SCHEMA, files: Object.fromEntries(sorted) }, null, 1)}\n` };
}

/** The manifest of a folder; empty where it has none. */
export function readManifest(root: string, shownAs: string): Manifest {
  const text = readManifestText(root);
  if (text === null) return { files: new Map(), text };
  try {
    const { schema, files } = JSON.parse(text) as { schema: string; files: Record<string, string> };
    if (schema !== SCHEMA) throw new Error(`schema ${schema}`);
    return { files: new Map(Object.entries(files)), text };
  } catch (error) {
    const place = { file: join(shownAs, MANIFEST_NAME) };
    throw new TraceError(place, "invalid", "manifest", "empty the folder, or choose another one with --output", {
      cause: error,
    });
  }
}

export function readManifestText(root: string): string | null {
  try {
    return readFileSync(join(root, MANIFEST_NAME), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
