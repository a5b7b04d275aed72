import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix, sep } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { historyOf } from "../../src/compare/history.ts";
import { compare } from "../../src/compare/index.ts";
import { FORMATS } from "../../src/formats/index.ts";
import { dataParts } from "../../src/report/pages/dataFiles.ts";
import {
  CI_GUIDE_PATH,
  FINDINGS_GUIDE_PATH,
  formatGuidePath,
  GUIDE_PATH,
  LAYOUT_GUIDE_PATH,
  RECORDING_GUIDE_PATH,
} from "../../src/report/pages/links.ts";
import { sitePages } from "../../src/report/pages/sitePages.ts";
import type { BrokenTrace, SiteModel } from "../../src/report/siteModel.ts";
import { writePages } from "../../src/site/pages.ts";
import { styleSheet } from "../../src/site/styleSheet.ts";
import { TEMPLATES } from "../../src/site/templates.ts";
import { figureOf, HELLO, metricsOf, modelOf, scopeOf, summaryOf, traceOf } from "../report/fixture.ts";

const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)> & {{ 4321 * 3 }} \${x} </title>`;
const KILOBYTE = 1024;

let folder = "";
let pages: ReadonlyMap<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "blkreport-pages-"));
  await writePages(sitePages(siteModel()), folder);
  pages = new Map(filesOf(folder).map((path) => [path, readFileSync(join(folder, path), "utf8")]));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function filesOf(root: string): readonly string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => posix.relative(slashed(root), slashed(join(entry.parentPath, entry.name)))).sort();
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}

function siteModel(): SiteModel {
  const two = {
    defaultScope: "marked",
    scopeList: [scopeOf(HELLO, { id: "marked", title: HOSTILE }), scopeOf(HELLO)],
    scopes: { marked: metricsOf(HELLO), whole: metricsOf(HELLO) },
  };
  const a = summaryOf(HELLO, { trace: { slug: "a" }, summary: two });
  const b = summaryOf(HELLO.slice(0, 9), {
    trace: { slug: "b", title: HOSTILE, description: HOSTILE, command: HOSTILE },
  });
  const figures = ["sector-map", "sizes", "seeks"].map((id) =>
    figureOf(id, { answer: HOSTILE, alternativeText: HOSTILE }),
  );
  const findings = [
    { id: "x", severity: "high", title: HOSTILE, evidence: HOSTILE, advice: HOSTILE, chart: "sizes" } as const,
  ];
  return modelOf({
    config: { title: "Traces of a test" },
    traces: [
      { ...traceOf({ ...a, findings }, [...figures, figureOf("gone", { absent: HOSTILE })]), group: HOSTILE },
      { ...traceOf(b, figures), group: HOSTILE },
      BROKEN,
    ],
    comparisons: [
      { slug: "a..b", a, b, diff: compare(a, b), figures: [figureOf("sector-map")], gates: [], isWithBase: false },
    ],
    histories: [{ slug: "mkfs", history: historyOf("mkfs", [a, b]), figures: [figureOf("requests-total")] }],
    notices: [HOSTILE],
    date: "2026-11-22",
  });
}

const BROKEN: BrokenTrace = {
  ok: false,
  slug: "broken",
  group: HOSTILE,
  title: HOSTILE,
  message: HOSTILE,
  place: HOSTILE,
  what: HOSTILE,
  cure: HOSTILE,
  files: [{ name: HOSTILE, bytes: 12 }],
};

describe("the pages", () => {
  it("are one for each scope, broken trace, comparison, folder of traces and history, and the catalogue", () => {
    expect([...pages.keys()].filter((path) => !path.startsWith("guide/"))).toEqual([
      "compare/a..b/index.html",
      "groups/script-alert-x-script-img-src-x-onerror-alert-1-4321-3-x-title/index.html",
      "history/mkfs/index.html",
      "index.html",
      "traces/a/index.html",
      "traces/a/whole/index.html",
      "traces/b/index.html",
      "traces/broken/index.html",
    ]);
  });

  it("are one for each format that can be read, the table of them, the findings, the recipes, recording and layouts", () => {
    const guides = [...pages.keys()].filter((path) => path.startsWith("guide/"));
    const formats = FORMATS.map(({ id }) => formatGuidePath(id));
    const others = [GUIDE_PATH, CI_GUIDE_PATH, FINDINGS_GUIDE_PATH, LAYOUT_GUIDE_PATH, RECORDING_GUIDE_PATH];
    expect(guides).toEqual([...others, ...formats].map((path) => `${path}index.html`).sort());
  });

  it("say of each format how to record it, what it carries, what its side file can say and who defines it", () => {
    for (const { id, title, guide, reads } of FORMATS) {
      const html = pages.get(`${formatGuidePath(id)}index.html`)!;
      expect(html).toContain(`<h1>${title.replaceAll("'", "&#39;")}</h1>`);
      expect(guide.record.length, id).toBeGreaterThan(0);
      expect(html).toMatch(/<dt>(Carries|Lacks)<\/dt>/);
      expect(guide.source, id).toMatch(/^https:\/\//);
      for (const key of reads) expect(html, id).toContain(`<code>read.${key}</code>`);
    }
  });

  it("escape what traces and side files say, everywhere", () => {
    for (const html of pages.values()) {
      expect(html).not.toContain("<script>");
      expect(html).not.toContain("<img src=x");
      expect(html).not.toContain("12963");
      expect(html).not.toMatch(/="[^"]*"><script/);
    }
    expect(pages.get("traces/b/index.html")).toContain("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
  });

  it("have no style or script in the text, and no handler", () => {
    for (const html of pages.values()) {
      expect(html).not.toMatch(/<style|<[^>]+ style=|<[^>]+ on[a-z]+="|javascript:/);
      expect(html.match(/<script[^>]*>[^<]/)).toBeNull();
    }
  });

  it("allow no script in their policy but for the catalogue and folders, and load nothing from elsewhere", () => {
    for (const [path, html] of pages) {
      const policy = html.match(/Content-Security-Policy" content="([^"]*)"/)?.[1] ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy.includes("script-src 'self'")).toBe(path === "index.html" || path.startsWith("groups/"));
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      const loaded = html.replaceAll(/<a href="https:[^"]*" rel="noreferrer">/g, "");
      expect(loaded).not.toMatch(/(?:src|href|srcset)="(?:https?:)?\/\//);
    }
  });

  it("link only with relative addresses that resolve", () => {
    for (const [path, html] of pages) {
      for (const link of linksOf(html)) expect(resolves(path, link), `${path}: ${link}`).toBe(true);
    }
  });

  it("have ids that occur once, and fragments that lead to one", () => {
    for (const [path, html] of pages) {
      const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, path).toBe(ids.length);
      for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(ids, path).toContain(target);
    }
  });

  it("have one h1, and no heading that skips a level", () => {
    for (const [path, html] of pages) {
      const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
      expect(
        levels.filter((level) => level === 1),
        path,
      ).toHaveLength(1);
      expect(Math.max(...levels.map((level, i) => level - (levels[i - 1] ?? 0))), path).toBe(1);
    }
  });

  it("give every picture its size and its words, and load only the first at once", () => {
    const pictures = [...(pages.get("traces/a/index.html") ?? "").matchAll(/<img [^>]*>/g)].map(([tag]) => tag);
    expect(pictures).toHaveLength(3);
    for (const tag of pictures) expect(tag).toMatch(/width="\d+" height="\d+" alt="[^"]+"/);
    expect(pictures.map((tag) => tag.includes('loading="lazy"'))).toEqual([false, true, true]);
  });

  it("name every table, and every region that scrolls", () => {
    for (const html of pages.values()) {
      for (const [table] of html.matchAll(/<table[^>]*>\s*<[a-z]+/g)) expect(table).toContain("<caption");
      for (const [region] of html.matchAll(/<div class="scroll"[^>]*>/g)) {
        expect(region).toMatch(/tabindex="0" role="(?:region|group)" aria-label="[^"]+"/);
      }
    }
  });

  it("weigh, with their style sheet and script, less than 150 KB", () => {
    const rest = styleSheet(TEMPLATES).length + readFileSync(join(TEMPLATES, "assets/catalogue.js")).length;
    for (const html of pages.values()) expect(html.length + rest).toBeLessThan(150 * KILOBYTE);
  });

  it("are the same bytes when they are written again", async () => {
    const again = mkdtempSync(join(tmpdir(), "blkreport-pages-"));
    await writePages(sitePages(siteModel()), again);
    for (const [path, html] of pages) expect(readFileSync(join(again, path), "utf8")).toBe(html);
    rmSync(again, { recursive: true });
  });
});

function linksOf(html: string): readonly string[] {
  return [...html.matchAll(/ (?:href|src|srcset)="([^"]*)"/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^(?:#|https:)/.test(link));
}

/** A page or data file of this model, a chart's file, or an asset. */
function resolves(page: string, link: string): boolean {
  const target = posix.join(posix.dirname(page), link.replace(/#.*$/, ""));
  if (link.startsWith("/") || target.startsWith("..")) return false;
  const data = dataParts(siteModel())
    .flatMap((part) => part.files())
    .map(({ path }) => path);
  const chart =
    /^(?:traces\/[ab]\/charts\/(?:marked|whole)|compare\/a\.\.b\/charts|history\/mkfs\/charts)\/[a-z-]+(?:\.narrow)?\.(?:svg|png|csv|vl\.json)$/;
  const asset = /^assets\/(?:style\.css|catalogue\.js|matrix\.js|icon\.svg|fonts\/sans-400\.woff2)$/;
  const report = /^(?:traces\/[ab]|compare\/a\.\.b)\/report\.html$/;
  return [chart, asset, report].some((known) => known.test(target)) || pages.has(target) || data.includes(target);
}
