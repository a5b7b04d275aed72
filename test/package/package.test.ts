import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, ROOT } from "../support/site.ts";

interface LockEntry {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly bin: { readonly blkreport: string };
}

const readJson = (name: string) => JSON.parse(readFileSync(join(ROOT, name), "utf8"));
const LOCKED = Object.entries(readJson("package-lock.json").packages as Record<string, LockEntry>).filter(
  ([path]) => path !== "",
);
const MANIFEST = readJson("package.json") as Manifest;

/** Licences that ask for no more than to be named, and libvips', which is linked to as a library of its own. */
const LICENCES = [
  "MIT",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "Python-2.0",
  "Unlicense",
  "LGPL-3.0-or-later",
];

let folder: string;
let installed: string;
let packed: readonly string[];

/** What npm would install: the tarball's files, and beside them only packages that are needed at run time. */
beforeAll(async () => {
  folder = await emptyFolder("packed");
  const output = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const [{ filename, files }] = JSON.parse(output) as [{ filename: string; files: { path: string }[] }];
  packed = files.map(({ path }) => path);
  installed = join(folder, "node_modules/blkreport");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, filename), "-C", installed, "--strip-components=1"]);
  for (const [path, { dev }] of LOCKED) if (dev !== true) link(path);
  mkdirSync(join(folder, "node_modules/.bin"));
  chmodSync(join(installed, MANIFEST.bin.blkreport), 0o755);
  symlinkSync(join("../blkreport", MANIFEST.bin.blkreport), join(folder, "node_modules/.bin/blkreport"));
}, 60_000);

/** Optional packages of other platforms are not there; a package within another comes along with it. */
function link(path: string): void {
  const to = join(folder, path);
  if (path.lastIndexOf("node_modules/") > 0) return;
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(join(ROOT, path), to);
}

function npx(...args: string[]): string {
  return execFileSync("npx", ["--no", "--offline", "--", "blkreport", ...args], { cwd: folder, encoding: "utf8" });
}

describe("the published package", () => {
  it("holds the program, the templates and the licence, and nothing of the tests or traces", () => {
    const tops = new Set(packed.map((path) => path.split("/")[0]));
    expect([...tops].sort()).toEqual([
      ".eleventy.js",
      "LICENSE",
      "README.md",
      "dist",
      "package.json",
      "src",
      "templates",
    ]);
    expect(packed.filter((path) => path.startsWith("src/"))).toEqual(["src/site/shortcode.d.ts"]);
    expect(packed).toContain("templates/assets/fonts/OFL.txt");
    expect(packed).toContain(MANIFEST.bin.blkreport);
  });

  it("builds a site in an empty folder, with nothing else installed than what it needs", async () => {
    mkdirSync(join(folder, "traces"));
    copyFileSync(join(ROOT, "traces/guestfish/write-hello.log"), join(folder, "traces/write-hello.log"));
    npx("build");
    const page = await readFile(join(folder, "output/traces/write-hello/index.html"), "utf8");
    expect(page).toContain("<h1");
    expect(await readdir(join(folder, "output/traces/write-hello"))).toContain("report.html");
  }, 120_000);

  it("prints figures and says what it is", () => {
    expect(npx("--version")).toContain(readJson("package.json").version);
    expect(npx("summary", "--text", join(ROOT, "traces/guestfish/write-hello.log"))).toMatch(/\d+ writes/);
  }, 60_000);

  it("has nothing to find fault with for publint", async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg as Record<string, unknown>, { color: false }))).toEqual(
      [],
    );
  });
});

describe("the packages that it needs", () => {
  it("run no script when they are installed", () => {
    expect(LOCKED.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
  });

  it("have exact versions", () => {
    const ranges = [...Object.values(MANIFEST.dependencies), ...Object.values(MANIFEST.devDependencies)];
    expect(ranges.filter((range) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))).toEqual([]);
  });

  it("are under licences that let everybody use and pass them on", () => {
    const others = LOCKED.filter(([, { dev, license }]) => {
      return dev !== true && !(license ?? "none").split(" AND ").every((one) => LICENCES.includes(one));
    });
    expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });

  it("stand in the architecture document, each with its licence", () => {
    const [, section] = readFileSync(join(ROOT, "src/ARCHITECTURE.md"), "utf8").split("## Dependencies at run time");
    const rows = section!.matchAll(/^\| `(\S+)` \|.*\| ([^|]+) \|$/gm);
    const listed = Object.fromEntries([...rows].map(([, name, licence]) => [name, licence]));
    const locked = Object.fromEntries(LOCKED);
    const names = Object.keys(MANIFEST.dependencies);
    expect(listed).toEqual(Object.fromEntries(names.map((name) => [name, locked[`node_modules/${name}`]!.license])));
  });
});
