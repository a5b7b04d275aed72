/// <reference lib="dom" />
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bytesText } from "../../src/model/quantities.ts";
import { blkreport, emptyFolder, ROOT, serve } from "../support/site.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Requests, bytes read and bytes written by a log of nbdkit's log filter, counted by another program. */
const COUNT_WITH_AWK = `
  function hex(text,   value, i) {
    value = 0
    for (i = 3; i <= length(text); i++) value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
    return value
  }
  / (Read|Write|Trim|Zero|Flush) id=.* \\.\\.\\.$/ {
    requests++
    for (i = 1; i <= NF; i++) if ($i ~ /^count=/) bytes[$4] += hex(substr($i, 7))
  }
  END { print requests, bytes["Read"] + 0, bytes["Write"] + 0 }
`;
const SCREENS = [
  { width: 390, height: 844, colorScheme: "light" },
  { width: 390, height: 844, colorScheme: "dark" },
  { width: 1280, height: 800, colorScheme: "light" },
  { width: 1280, height: 800, colorScheme: "dark" },
] as const;

let output: string;
let server: Server;
let url: string;
let browser: Browser;
let paths: string[];
let reports: string[];

beforeAll(async () => {
  output = await emptyFolder("site");
  const { status, stderr } = await blkreport(["build", "--output", output]);
  expect(status, stderr).toBe(0);
  ({ server, url } = await serve(output));
  browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const names = await readdir(output, { recursive: true, encoding: "utf8" });
  paths = names.filter((name) => name.endsWith("index.html")).map((name) => `/${name.replace(/index\.html$/, "")}`);
  reports = names.filter((name) => name.endsWith("report.html"));
}, 300_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function onPage<T>(
  path: string,
  options: BrowserContextOptions,
  look: (page: Page, troubles: string[]) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("console", (message) => message.type() === "error" && troubles.push(`${path}: ${message.text()}`));
  page.on("pageerror", (error) => troubles.push(`${path}: ${error.message}`));
  page.on("requestfailed", (request) => troubles.push(`${path}: failed ${request.url()}`));
  page.on(
    "response",
    (response) => response.status() >= 400 && troubles.push(`${path}: ${response.status()} ${response.url()}`),
  );
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
      troubles.push(`${path}: asks ${request.url()}`);
  });
  try {
    await page.goto(url + path, { waitUntil: "load" });
    return await look(page, troubles);
  } finally {
    await context.close();
  }
}

/** Scrolls through the page so that every lazy picture is asked for, and waits for them. */
async function loadPictures(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const images = [...document.images];
    for (const image of images) image.loading = "eager";
    await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
    return images.filter((image) => image.naturalWidth === 0).map((image) => image.currentSrc || image.src);
  });
}

/** One page of each kind: these are looked at on every screen. */
function typicalPaths(): string[] {
  const kinds = ["/", "/traces/guestfish-mkfs-ext2-part63/", "/traces/devices-nvme-randrw/", "/traces/devices-raid1/"];
  return [...kinds, ...paths.filter((path) => path.startsWith("/compare/")).slice(0, 1)];
}

function withoutSpaces(text: string): string {
  return text.replace(/\s/g, "");
}

/** How far down a text ends, in screens. */
async function screensTo(page: Page, text: string): Promise<number> {
  const box = await page.getByText(text).first().boundingBox();
  return box === null ? Number.POSITIVE_INFINITY : (box.y + box.height) / page.viewportSize()!.height;
}

it.each([
  ["part63", "all unaligned to 4 KiB", "Partition vdc1 starts at sector 63, 3.5 KiB past a 4 KiB boundary"],
  ["part2048", "all aligned to 4 KiB", "Partition vdc1 starts on a 4 KiB boundary, at sector 2\u202f048"],
])("says in its first screens whether %s is misaligned", async (partition, sentence, finding) => {
  for (const { width, height } of SCREENS) {
    const viewport = { width, height };
    const screens = await onPage(`/traces/disk-4k-${partition}/`, { viewport, javaScriptEnabled: false }, (page) =>
      Promise.all([screensTo(page, sentence), screensTo(page, finding)]),
    );
    expect(screens[0], `the sentence at ${width}`).toBeLessThanOrEqual(1);
    expect(screens[1], `the finding at ${width}`).toBeLessThanOrEqual(width < 1000 ? 2 : 1);
  }
});

it("has no page that weighs more than 150 KB with its style sheet and script", () => {
  const bytesOf = (name: string) => readFileSync(join(output, name)).length;
  const heavy = paths.filter((path) => {
    const html = readFileSync(join(output, path, "index.html"), "utf8");
    const scripts = [...html.matchAll(/<script src="[./]*(assets\/\w+\.js)"/g)].map(([, name]) => name!);
    const all = [`${path}index.html`, "assets/style.css", ...scripts].map(bytesOf);
    return all.reduce((sum, bytes) => sum + bytes, 0) > 150_000;
  });
  expect(heavy).toEqual([]);
});

it("has each trace and comparison in one file of at most 2 MB, to attach to a report", () => {
  const pages = paths.filter((path) => /^\/(?:traces|compare)\/[^/]+\/$/.test(path));
  expect(reports.map((name) => `/${name.replace("report.html", "")}`).sort()).toEqual(pages.sort());
  const heavy = reports.filter((name) => readFileSync(join(output, name)).length > 2_000_000);
  expect(heavy).toEqual([]);
});

describe("the repository's own site in Chromium", () => {
  it("has at least 14 trace pages and 3 comparisons, each trace with at least 8 charts in SVG and PNG", async () => {
    const slugs = await readdir(join(output, "traces"));
    expect(slugs.length).toBeGreaterThanOrEqual(14);
    expect((await readdir(join(output, "compare"))).length).toBeGreaterThanOrEqual(3);
    for (const slug of slugs) {
      const { defaultScope } = JSON.parse(await readFile(join(output, "traces", slug, "summary.json"), "utf8"));
      const charts = await readdir(join(output, "traces", slug, "charts", defaultScope));
      const pictures = charts.filter((name) => name.endsWith(".png")).map((name) => name.slice(0, -4));
      expect(pictures.length, slug).toBeGreaterThanOrEqual(8);
      for (const name of pictures) expect(charts).toContain(`${name}.svg`);
    }
  });

  it("opens every page without a console error, a failed request or a request elsewhere", async () => {
    for (const path of paths) {
      await onPage(path, { viewport: { width: 1280, height: 800 } }, async (page, troubles) => {
        expect(await loadPictures(page), path).toEqual([]);
        expect(troubles).toEqual([]);
      });
    }
  }, 300_000);

  it.each(SCREENS)(
    "has no axe-core violation and no overflow at $width px, $colorScheme",
    async ({ width, height, colorScheme }) => {
      for (const path of typicalPaths()) {
        await onPage(path, { viewport: { width, height }, colorScheme, bypassCSP: true }, async (page) => {
          await page.evaluate(AXE);
          const violations = await page.evaluate(async () => {
            const { axe } = window as unknown as {
              axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
            };
            return (await axe.run()).violations.map(
              ({ id, nodes }) =>
                `${id}: ${nodes
                  .map(({ html }) => html)
                  .join(" ")
                  .slice(0, 300)}`,
            );
          });
          expect(violations, path).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
        });
      }
    },
    300_000,
  );

  it("does not overflow at 320 px", async () => {
    for (const path of typicalPaths())
      await onPage(path, { viewport: { width: 320, height: 700 } }, async (page) => {
        expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
      });
  }, 120_000);

  it("can be read with scripts off: the sentence, the figures and the pictures are there", async () => {
    for (const path of typicalPaths())
      await onPage(
        path,
        { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false },
        async (page, troubles) => {
          expect(((await page.locator("h1").textContent()) ?? "").length).toBeGreaterThan(3);
          expect(((await page.locator("main").textContent()) ?? "").length).toBeGreaterThan(300);
          const first = page.locator("main img").first();
          await first.scrollIntoViewIfNeeded();
          expect(await first.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
          expect(troubles).toEqual([]);
        },
      );
  }, 120_000);

  it("says of each whole guestfish trace the requests and bytes that awk counts in its log", async () => {
    const logs = (await readdir(join(ROOT, "traces/guestfish"))).filter((name) => name.endsWith(".log"));
    expect(logs.length).toBeGreaterThanOrEqual(7);
    for (const log of logs) {
      const counted = execFileSync("awk", [COUNT_WITH_AWK, join(ROOT, "traces/guestfish", log)], { encoding: "utf8" });
      const [requests, readBytes, writtenBytes] = counted.trim().split(" ").map(Number) as [number, number, number];
      const slug = `guestfish-${log.slice(0, -".log".length)}`;
      const { defaultScope } = JSON.parse(await readFile(join(output, "traces", slug, "summary.json"), "utf8"));
      const path = `/traces/${slug}/${defaultScope === "whole" ? "" : "whole/"}`;
      const text = await onPage(path, {}, (page) => page.locator("main dl").first().textContent());
      const words = withoutSpaces(text ?? "");
      expect(words, path).toContain(`Requests${requests}`);
      if (readBytes > 0) expect(words, path).toContain(withoutSpaces(`Read ${bytesText(readBytes)}`));
      if (writtenBytes > 0) expect(words, path).toContain(withoutSpaces(`Written ${bytesText(writtenBytes)}`));
    }
  }, 60_000);
});
