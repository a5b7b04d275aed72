import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, ROOT } from "../support/site.ts";

const SITE = join(ROOT, "test/sites/embedding");
const ELEVENTY = join(ROOT, "node_modules/@11ty/eleventy/cmd.cjs");
const run = promisify(execFile);

let output: string;
let cache: string;
let html: string;

beforeAll(async () => {
  output = await emptyFolder("embedding");
  cache = await emptyFolder("embedding-cache");
  await run(process.execPath, [ELEVENTY, `--output=${output}`, "--quiet"], {
    cwd: SITE,
    env: { ...process.env, CACHE: cache },
  });
  html = await readFile(join(output, "index.html"), "utf8");
}, 300_000);

describe("another Eleventy site with the plugin", () => {
  it("shows each chart with its size and its words, and another drawing on narrow screens", () => {
    const pictures = [...html.matchAll(/<picture>.*?<\/picture>/g)].map(([text]) => text);
    expect(pictures).toHaveLength(2);
    for (const picture of pictures) {
      expect(picture).toMatch(/<source media="screen and [^"]+" srcset="[^"]+" width="358" height="\d+">/);
      expect(picture).toMatch(/<img src="[^"]+" width="(944|720)" height="\d+" alt="[^"]{20,}"/);
    }
  });

  it("finds a trace by its slug and by its file, in the scope that is asked for", () => {
    expect(html).toContain("/traces/write-hello/charts/marked/sector-map.svg#plot");
    expect(html).toContain("/traces/write-hello/charts/whole/request-sizes.svg#plot");
  });

  it("links below its own prefix, to files that are there", () => {
    const links = [...html.matchAll(/(?:src|srcset)="([^"#]*)/g)].map(([, link]) => link!);
    expect(links).toHaveLength(4);
    for (const link of links) {
      expect(link).toMatch(/^\/notes\/blkreport\//);
      expect(existsSync(join(output, link.replace("/notes/", "")))).toBe(true);
    }
  });

  it("has no file of ours but the pictures that it shows", async () => {
    const files = await readdir(join(output, "blkreport"), { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => entry.isFile())).toHaveLength(4);
  });
});

describe("a chart that is not there", () => {
  type Shortcode = (trace: string, chart: string, scope?: string) => string;
  let chart: Shortcode;

  beforeAll(async () => {
    const { blkreport } = await import(join(ROOT, "dist/bundle/eleventyPlugin.js"));
    const handlers = new Map<string, () => Promise<void>>();
    const config = {
      addWatchTarget: () => {},
      on: (event: string, handler: () => Promise<void>) => handlers.set(event, handler),
      addShortcode: (_: string, shortcode: Shortcode) => {
        chart = shortcode;
      },
      getFilter: () => (path: string) => path,
    };
    blkreport(config, { traces: join(SITE, "traces"), cache, jobs: 1 });
    await handlers.get("eleventy.before")!();
  }, 120_000);

  it.each([
    [["hello", "sector-map"], 'unknown trace "hello"; there is write-hello'],
    [["write-hello", "sectors"], 'write-hello: unknown chart "sectors"; there are sector-map, '],
    [["write-hello", "sector-map", "marks"], 'write-hello: unknown scope "marks"; there are '],
    [["write-hello", "cgroups"], 'write-hello: missing chart "cgroups"; '],
  ] as const)("stops the build: %s", (asked, message) => {
    const [trace, id, scope] = asked as readonly [string, string, string?];
    expect(() => chart(trace, id, scope)).toThrow(message);
  });
});
