/// <reference lib="dom" />
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import chromium from "@sparticuz/chromium";
import { type Browser, type Page, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compare } from "../../src/compare/index.ts";
import type { PlannedFile } from "../../src/io/publish.ts";
import { sha256 } from "../../src/io/sha256.ts";
import { framed } from "../../src/render/frame.ts";
import type { ContentKeys } from "../../src/report/contentKeys.ts";
import type { SiteModel } from "../../src/report/siteModel.ts";
import { aloneFiles, aloneTexts } from "../../src/site/aloneFiles.ts";
import { figureOf, HELLO, modelOf, summaryOf, traceOf } from "../report/fixture.ts";

const HOSTILE = `"><script>alert('x')</script><img src=https://example.net/x onerror=alert(1)></style></title>`;
const TEXT = `url(#clip1) id="clip1" ${HOSTILE}`.replaceAll("<", "&lt;");
const PLOT = `<defs><clipPath id="clip1"><rect width="9" height="9"/></clipPath></defs><g clip-path="url(#clip1)"><rect width="90" height="50" fill="var(--read)"/></g><text y="30" fill="var(--ink)">${TEXT}</text>`;
const SCREENS = [
  { width: 390, height: 844, colorScheme: "light" },
  { width: 1280, height: 800, colorScheme: "dark" },
] as const;

let folder: string;
let browser: Browser;
let files: PlannedFile[];
let texts: readonly string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "blkreport-alone-"));
  files = ["traces/a/charts/whole", "traces/b/charts/whole", "compare/a..b/charts"].flatMap((place) =>
    ["sector-map", "sizes"].flatMap((id) => [
      pictureAt(`${place}/${id}.svg`, 720),
      pictureAt(`${place}/${id}.narrow.svg`, 358),
    ]),
  );
  texts = await aloneTexts(siteOf({}), files, folder);
  browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

function pictureAt(path: string, widthPx: number): PlannedFile {
  const file = join(folder, path.replaceAll("/", "_"));
  const words = { title: HOSTILE, subtitle: HOSTILE, alternativeText: HOSTILE, source: HOSTILE };
  const provenance = { inputs: [{ name: HOSTILE, sha256: "ab" }], software: "blkreport", command: HOSTILE };
  const svg = framed(PLOT, { widthPx, heightPx: 60, ...words, provenance });
  writeFileSync(file, svg);
  return { path, source: { file, sha256: sha256(svg) }, class: "asset" };
}

function siteOf(config: SiteModel["config"], title = HOSTILE): SiteModel {
  const a = summaryOf(HELLO, { trace: { slug: "a" } });
  const b = summaryOf(HELLO.slice(0, 9), { trace: { slug: "b", title, description: title, command: title } });
  const figures = ["sector-map", "sizes"].map((id) => figureOf(id, { answer: HOSTILE, alternativeText: HOSTILE }));
  const entry = { slug: "a..b", a, b, diff: compare(a, b), figures, gates: [], isWithBase: false };
  return modelOf({ config, traces: [traceOf(a, figures), traceOf(b, figures)], comparisons: [entry] });
}

function keysOf({ traces, comparisons }: SiteModel): ContentKeys {
  const bySlug = (entries: readonly { readonly slug: string }[]) =>
    new Map(entries.map((entry) => [entry.slug, JSON.stringify(entry)]));
  return { traces: bySlug(traces), comparisons: bySlug(comparisons), histories: new Map() };
}

/** Opens a text as a file of its own, in a folder where nothing else is. */
async function opened<T>(text: string, screen: (typeof SCREENS)[number], look: (page: Page) => Promise<T>) {
  const place = mkdtempSync(join(folder, "opened-"));
  writeFileSync(join(place, "report.html"), text);
  const { colorScheme, ...viewport } = screen;
  const context = await browser.newContext({ viewport, colorScheme });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("console", (message) => troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("dialog", (dialog) => dialog.dismiss().then(() => troubles.push("a script ran")));
  page.on("request", (request) => {
    if (!request.isNavigationRequest() && !request.url().startsWith("data:")) troubles.push(`asks ${request.url()}`);
  });
  try {
    await page.goto(pathToFileURL(join(place, "report.html")).href);
    return { seen: await look(page), troubles };
  } finally {
    await context.close();
  }
}

describe("a page in one file", () => {
  it.each(SCREENS)("opens from a disk at $width px, $colorScheme, and asks for nothing", async (screen) => {
    for (const text of texts) {
      const { seen, troubles } = await opened(text, screen, (page) =>
        page.evaluate(async () => {
          await document.fonts.ready;
          const plots = [...document.querySelectorAll(".plot")].map((plot) => plot.getBoundingClientRect());
          const isShown = ({ width, height }: DOMRect) => width > 300 && height > 20;
          const fill = document.querySelector(".plot rect[fill]")!;
          return {
            shown: plots.filter(isShown).length,
            all: plots.length,
            fonts: [...document.fonts].some(({ status }) => status === "loaded"),
            fill: getComputedStyle(fill).fill,
            paper: getComputedStyle(document.documentElement).backgroundColor,
            overflow: document.documentElement.scrollWidth - window.innerWidth,
          };
        }),
      );
      expect(troubles).toEqual([]);
      const isDark = screen.colorScheme === "dark";
      expect(seen).toEqual({
        shown: 2,
        all: 4,
        fonts: true,
        fill: isDark ? "rgb(111, 177, 234)" : "rgb(27, 111, 184)",
        paper: isDark ? "rgb(20, 23, 26)" : "rgb(255, 255, 255)",
        overflow: 0,
      });
    }
  });

  it("has no script, no link into a site that has no URL, and names nothing outside", () => {
    for (const text of texts) {
      expect(text.match(/<script|<link rel="stylesheet"|<img|<a href="(?!#)|src="|srcset=/)).toBeNull();
      expect(text.replaceAll(/<style>[\s\S]*?<\/style>/g, "").includes("url(h")).toBe(false);
    }
  });

  it("has ids that occur once, also those of the pictures", () => {
    for (const text of texts) {
      const ids = [...text.matchAll(/<[^>]* id="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [, used] of text.matchAll(/<g [^>]*url\(#([^)]*)\)/g)) expect(ids).toContain(used);
    }
  });

  it("allows its own style sheet by its hash, and nothing else", () => {
    for (const text of texts) {
      const css = /<style>([\s\S]*?)<\/style>/.exec(text)![1]!;
      const hash = createHash("sha256").update(css).digest("base64");
      expect(/Content-Security-Policy" content="([^"]*)"/.exec(text)![1]).toBe(
        `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; font-src data:; base-uri 'none'; form-action 'none'`,
      );
    }
  });

  it("leads to the site where that has a URL", async () => {
    const [text] = await aloneTexts(siteOf({ url: "https://example.org/io" }), files, folder);
    const links = [...text!.matchAll(/<a href="([^"#]+)"/g)].map(([, href]) => href);
    expect(links).toContain("https://example.org/io/traces/a/");
    expect(links).toContain("https://example.org/io/traces/a/charts/whole/sizes.svg");
    expect(links).toContain("https://example.org/io/compare/a..b/index.html");
    expect(links).toContain("https://example.org/io/traces/a/summary.json");
    for (const link of links) expect(link).toMatch(/^https:\/\/example\.org\/io\/[^.]/);
  });

  it("leaves out a picture with which it would be larger than 2 MB, and says so", async () => {
    const heavy = join(folder, "heavy.svg");
    const plot = `<path d="M0,0${"h1v1".repeat(450_000)}" fill="var(--read)"/>`;
    const provenance = { inputs: [], software: "blkreport", command: null };
    const words = { title: "", subtitle: "", alternativeText: "", source: "" };
    const svg = framed(plot, { widthPx: 720, heightPx: 60, ...words, provenance });
    writeFileSync(heavy, svg);
    const isHeavy = ({ path }: PlannedFile) => path === "traces/a/charts/whole/sizes.svg";
    const [text] = await aloneTexts(
      siteOf({}),
      files.map((file) => (isHeavy(file) ? { ...file, source: { file: heavy, sha256: sha256(svg) } } : file)),
      folder,
    );
    expect(text!.length).toBeLessThan(2_000_000);
    expect(text!.match(/The picture is left out/g)).toHaveLength(1);
    expect(text!.match(/class="plot"/g)).toHaveLength(2);
  });

  it("is made again only where something in it has changed", async () => {
    const options = { cacheDir: join(folder, "cache"), verify: false };
    const built = (model: SiteModel) => aloneFiles({ model, files, keys: keysOf(model) }, options);
    const first = await built(siteOf({}));
    const names = first.map(({ path }) => path);
    expect(names).toEqual(["traces/a/report.html", "traces/b/report.html", "compare/a..b/report.html"]);
    expect(await built(siteOf({}))).toEqual(first);
    const other = await built(siteOf({}, "Another title"));
    expect(other.map(({ source }, i) => JSON.stringify(source) === JSON.stringify(first[i]!.source))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
