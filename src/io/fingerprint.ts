import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { byBytes } from "./walk.ts";

const PROGRAM = fileURLToPath(new URL("../", import.meta.url));
const FONTS = fileURLToPath(new URL("../../templates/assets/fonts/", import.meta.url));
/** Packages whose version shows in what is cached. */
const DRAWING_PACKAGES = ["vega", "vega-lite", "sharp"];
/** Folders whose code makes nothing that is cached. */
const OUTSIDE = /^(?:cli|site)[/\\]/;

let fingerprint: string | undefined;

/** What names this program's results: its own code, its fonts, the drawing packages and Node's major version. */
export function codeFingerprint(): string {
  fingerprint ??= computed();
  return fingerprint;
}

function computed(): string {
  const hash = createHash("sha256");
  for (const name of DRAWING_PACKAGES) hash.update(`${name} ${versionOf(name)}\n`);
  hash.update(`node ${process.versions.node.split(".")[0]}\n`);
  for (const root of [PROGRAM, FONTS]) {
    for (const name of filesBelow(root)) hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  }
  return hash.digest("hex");
}

function filesBelow(root: string): readonly string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
  return names.filter((name) => !OUTSIDE.test(name)).sort(byBytes);
}

/** The version of an installed package; looked for as Node does, since not every package exports its package.json. */
function versionOf(name: string): string {
  for (let folder = PROGRAM; ; folder = dirname(folder)) {
    const file = join(folder, "node_modules", name, "package.json");
    if (existsSync(file)) return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
    if (folder === dirname(folder)) return "not installed";
  }
}
