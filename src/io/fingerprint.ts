import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { nameAndVersion } from "./version.ts";
import { byBytes } from "./walk.ts";

const PROGRAM = fileURLToPath(new URL("../", import.meta.url));
const FONTS = fileURLToPath(new URL("../../templates/assets/fonts/", import.meta.url));
/** Packages whose version shows in what is cached. */
const DRAWING_PACKAGES = ["vega", "vega-lite", "vega-scale", "vega-scenegraph", "sharp"];
/** Folders whose code makes nothing that is cached. */
const OUTSIDE = /^(?:bundle|cli|site)[/\\]/;

/** The hash of the code as `npm run compile` leaves it beside the bundle: making it means reading six hundred files. */
const KEPT_HASH = join(import.meta.dirname, "code.sha256");

let fingerprint: string | undefined;

/** What names this program's results: its version and code, its fonts, the drawing packages and Node's major version. */
export function codeFingerprint(): string {
  fingerprint ??= computed();
  return fingerprint;
}

function computed(): string {
  const hash = createHash("sha256");
  hash.update(`${nameAndVersion()}\n`);
  for (const name of DRAWING_PACKAGES) hash.update(`${name} ${versionOf(name)}\n`);
  hash.update(`node ${process.versions.node.split(".")[0]}\n`);
  hash.update(`code ${existsSync(KEPT_HASH) ? readFileSync(KEPT_HASH, "utf8") : codeHash()}\n`);
  hash.update(`fonts ${hashOfFolder(FONTS)}\n`);
  return hash.digest("hex");
}

/** What names the code of all that is cached. */
export function codeHash(): string {
  return hashOf(
    PROGRAM,
    filesBelow(PROGRAM).filter((name) => !OUTSIDE.test(name)),
  );
}

/** What names the files below a folder, and what is in them. */
export function hashOfFolder(root: string): string {
  return hashOf(root, filesBelow(root));
}

function hashOf(root: string, names: readonly string[]): string {
  const hash = createHash("sha256");
  for (const name of names) hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  return hash.digest("hex");
}

function filesBelow(root: string): readonly string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return names.filter((name) => !name.endsWith(".tsbuildinfo")).sort(byBytes);
}

/** The version of an installed package; looked for as Node does, since not every package exports its package.json. */
function versionOf(name: string): string {
  for (let folder = PROGRAM; ; folder = dirname(folder)) {
    const file = join(folder, "node_modules", name, "package.json");
    if (existsSync(file)) return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
    if (folder === dirname(folder)) return "not installed";
  }
}
