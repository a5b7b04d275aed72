import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = join(import.meta.dirname, "../src");

/** The arrows of src/ARCHITECTURE.md: what a folder may import. `types` may be imported as types only. */
const ARROWS: Record<string, { values: string[]; types?: string[] }> = {
  model: { values: [] },
  layout: { values: ["model"] },
  theme: { values: [] },
  formats: { values: ["model"] },
  convert: { values: ["model", "formats"] },
  analysis: { values: ["model"] },
  findings: { values: ["model"], types: ["analysis"] },
  compare: { values: ["model"], types: ["analysis"] },
  charts: { values: ["model", "theme"], types: ["analysis", "compare"] },
  render: { values: ["model", "theme"], types: ["charts"] },
  report: {
    values: ["model", "formats", "analysis", "findings", "compare", "charts", "theme"],
  },
  io: { values: ["model"] },
  capture: { values: ["io", "report", "formats", "layout", "model"] },
  work: { values: ["report", "io", "model", "render", "charts", "compare", "formats", "analysis"] },
  site: { values: ["work", "io", "report", "model", "theme", "compare"], types: ["analysis", "charts"] },
  cli: {
    values: ["site", "work", "capture", "io", "report", "convert", "compare", "formats", "analysis", "layout", "model"],
  },
};

/** Packages and where they may be imported; everything else from npm is nowhere. */
const PACKAGES: Record<string, string[]> = {
  vega: ["render"],
  "vega-lite": ["render"],
  "vega-scale": ["render"],
  "vega-scenegraph": ["render"],
  sharp: ["render"],
  "@11ty/eleventy": ["site"],
  tinypool: ["work"],
  fzstd: ["io"],
  "xz-decompress": ["io"],
  hyparquet: ["formats"],
  "hyparquet-writer": ["convert"],
  typebox: ["analysis", "report", "compare"],
  diff: ["compare"],
  "fastest-levenshtein": ["compare"],
};

/** Folders whose code is pure: no files, no clock, no console. */
const PURE = ["model", "layout", "theme", "formats", "convert", "analysis", "findings", "compare", "charts", "report"];

/** Texts of scripts that others run. */
const RECIPES = "report/pages/guide/recipes/";

interface Import {
  file: string;
  folder: string;
  target: string;
  typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.split(sep).join("/"));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), "utf8");
  const folder = file.split("/")[0]!;
  return [
    ...text.matchAll(/^(import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?["']([^"']+)["']|import\(["']([^"']+)["']\)/gm),
  ].map(([, , type, target, dynamic]) => ({
    file,
    folder,
    target: (target ?? dynamic)!,
    typeOnly: type !== undefined,
  }));
}

const imports = files.flatMap(importsOf);

function folderOf({ file, target }: Import): string | null {
  if (!target.startsWith(".")) return null;
  const path = posix.normalize(posix.join(posix.dirname(file), target));
  return path.startsWith("..") ? null : path.split("/")[0]!;
}

describe("the arrows between the folders of src", () => {
  it.each(Object.entries(ARROWS))("%s imports only what it may", (folder, { values, types = [] }) => {
    const wrong = imports
      .filter((one) => one.folder === folder)
      .filter((one) => {
        const target = folderOf(one);
        if (target === null || target === folder || values.includes(target)) return false;
        return !(one.typeOnly && types.includes(target));
      });
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it("every folder has its arrows, and its line in ARCHITECTURE.md", () => {
    const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const text = readFileSync(join(SRC, "ARCHITECTURE.md"), "utf8");
    const names = folders.map(({ name }) => name).filter((name) => name !== "decisions");
    expect(names.sort()).toEqual(Object.keys(ARROWS).sort());
    for (const name of names) expect(text).toMatch(new RegExp(`^\\| \`${name}/\``, "m"));
  });

  it("packages are imported where ARCHITECTURE.md says, and nowhere else", () => {
    const wrong = imports
      .filter(({ target }) => !target.startsWith(".") && !target.startsWith("node:"))
      .filter(({ folder, target }) => {
        const name = target
          .split("/")
          .slice(0, target.startsWith("@") ? 2 : 1)
          .join("/");
        return !PACKAGES[name]?.includes(folder);
      });
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it("every run-time dependency has its line in ARCHITECTURE.md", () => {
    const { dependencies } = JSON.parse(readFileSync(join(SRC, "../package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    const text = readFileSync(join(SRC, "ARCHITECTURE.md"), "utf8");
    expect(Object.keys(dependencies).sort()).toEqual(Object.keys(PACKAGES).sort());
    for (const [name, version] of Object.entries(dependencies)) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(text).toContain(`\`${name}\``);
    }
  });
});

describe("purity", () => {
  it.each(PURE)("%s has no files, no clock and no console", (folder) => {
    const wrong = files
      .filter((file) => file.startsWith(`${folder}/`) && !file.startsWith(RECIPES))
      .filter((file) => {
        const text = readFileSync(join(SRC, file), "utf8");
        return /from "node:(?!buffer|util)|\bDate\.now\(|\bnew Date\(\)|\bconsole\.|\bprocess\.|\bMath\.random\(/.test(
          text,
        );
      });
    expect(wrong).toEqual([]);
  });
});

describe("messages", () => {
  it("say what is wrong in lower case and without a full stop", () => {
    const wrong = files.flatMap((file) => {
      const text = readFileSync(join(SRC, file), "utf8");
      const calls = [...text.matchAll(/new TraceError\(\s*[^,]+(?:\{[^}]*\})?,\s*"(\w+)",\s*(?:"([^"]*)"|`([^`]*)`)/g)];
      return calls.filter(([, , a, b]) => /^[A-Z]|\.$/.test(a ?? b ?? "")).map(([call]) => `${file}: ${call}`);
    });
    expect(wrong).toEqual([]);
  });
});

it("every place named in ARCHITECTURE.md exists", () => {
  const text = readFileSync(join(SRC, "ARCHITECTURE.md"), "utf8");
  const named = [...text.matchAll(/`((?:src|test|templates)\/[\w./-]+\.\w+)`/g)].map(([, path]) => path!);
  const there = new Set(
    ["src", "test", "templates"].flatMap((root) =>
      readdirSync(join(SRC, "..", root), { recursive: true, encoding: "utf8" }).map(
        (name) => `${root}/${name.split(sep).join("/")}`,
      ),
    ),
  );
  expect(named.filter((path) => !there.has(path))).toEqual([]);
});
