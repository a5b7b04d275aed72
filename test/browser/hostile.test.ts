/// <reference lib="dom" />
import { readdirSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { type Browser, type Page, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readableText } from "../../src/model/readable.ts";
import { ELSEWHERE, HOSTILE, HOSTILE_NAMES, writeHostileTraces } from "../support/hostile.ts";
import { blkreport, emptyFolder, type Outcome, serve } from "../support/site.ts";

/** What neither a page, a picture, a table nor a terminal may be given; isolates that are closed are our own. */
const OBEYED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066\u2067\ufffe\uffff]/;

let traces: string;
let output: string;
let built: Outcome;
let names: readonly string[];
let server: Server;
let url: string;
let browser: Browser;

beforeAll(async () => {
  traces = await emptyFolder("hostile-traces");
  output = await emptyFolder("hostile-site");
  writeHostileTraces(traces);
  built = await blkreport([
    "build",
    "--traces",
    traces,
    "--output",
    join(output, "site"),
    "--cache",
    join(output, "cache"),
  ]);
  names = readdirSync(join(output, "site"), { recursive: true, encoding: "utf8" });
  ({ server, url } = await serve(join(output, "site")));
  browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}, 600_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  for (const folder of [traces, output]) rmSync(folder, { recursive: true, force: true });
});

function ending(suffix: string): readonly string[] {
  return names.filter((name) => name.endsWith(suffix));
}

function read(name: string): string {
  return readFileSync(join(output, "site", name), "utf8");
}

/** Opens pages one after the other; gives what is wrong with any. */
async function troublesOf(
  pages: readonly string[],
  look: (page: Page) => Promise<readonly string[]>,
  width = 390,
): Promise<string[]> {
  const context = await browser.newContext({ viewport: { width, height: 844 } });
  await context.addInitScript(() =>
    addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective}`)),
  );
  const page = await context.newPage();
  const troubles: string[] = [];
  let at = "";
  const say = (what: string) => troubles.push(`${at}: ${what}`);
  page.on("console", (message) => message.type() === "error" && say(message.text()));
  page.on("pageerror", (error) => say(error.message));
  page.on("dialog", (dialog) => dialog.dismiss().then(() => say("a dialog")));
  page.on("request", (request) => /^(data:|http:\/\/127)/.test(request.url()) || say(`asks ${request.url()}`));
  page.on("response", (response) => response.status() < 400 || say(`lacks ${response.url()}`));
  for (at of pages) {
    await page.goto(`${url}/${at}`, { waitUntil: "load" });
    (await look(page)).forEach(say);
  }
  await context.close();
  return troubles;
}

/** Whether anything ran, leads elsewhere, is obeyed or stands out of the page. */
function lookAtAll(page: Page): Promise<string[]> {
  return page.evaluate(async (source) => {
    // Until its font has come, a page stands in another, wider one.
    await document.fonts.ready;
    const obeyed = new RegExp(source);
    const troubles: string[] = [];
    if ("hacked" in window) troubles.push("a script ran");
    if (document.documentElement.scrollWidth > innerWidth)
      troubles.push(`is ${document.documentElement.scrollWidth} px wide`);
    for (const { href, protocol, host } of document.links)
      if (protocol !== "http:" || host !== location.host) troubles.push(`leads to ${href}`);
    for (const { src } of document.scripts) if (!/\/assets\/\w+\.js$/.test(src)) troubles.push("has a script");
    for (const element of document.querySelectorAll("*")) {
      for (const { name, value } of element.attributes)
        if (name.startsWith("on") || obeyed.test(value)) troubles.push(`${element.localName} has ${name}="${value}"`);
      for (const child of element.childNodes)
        if (child.nodeType === Node.TEXT_NODE && obeyed.test(child.nodeValue ?? ""))
          troubles.push(`${element.localName} says ${JSON.stringify(child.nodeValue)}`);
    }
    return troubles;
  }, OBEYED.source);
}

describe("a site of traces that name everything with markup, templates, control characters and the like", () => {
  it("is built, but for what could not be read", () => {
    expect(built.status).toBe(1);
    expect(built.stderr).toContain("30 traces");
    expect(JSON.parse(read("index.json")).traces.filter(({ ok }: { ok: boolean }) => !ok)).toHaveLength(2);
    expect(ending("charts/whole/processes.svg").length).toBeGreaterThanOrEqual(Object.keys(HOSTILE).length);
    expect(HOSTILE_NAMES.every((name) => read("sources.json").includes(JSON.stringify(name).slice(1, -1)))).toBe(true);
  });

  it("runs nothing, loads nothing, leads nowhere else and keeps its width", async () => {
    const pages = ending("index.html").filter((name) => !name.startsWith("guide/"));
    expect(pages.length).toBeGreaterThan(40);
    expect(await troublesOf(pages, lookAtAll)).toEqual([]);
    const wide = pages.filter((name) => !/\/(?:whole|span|device)[^/]*\//.test(name));
    expect(await troublesOf(wide, lookAtAll, 1280)).toEqual([]);
  });

  it("does not in one-file reports either", async () => {
    const reports = ending("report.html");
    expect(reports.length).toBeGreaterThan(25);
    expect(await troublesOf(reports, lookAtAll)).toEqual([]);
  });

  it("has no page that long names make heavy", () => {
    expect(ending("index.html").filter((name) => read(name).length > 150_000)).toEqual([]);
  });

  it("shows each text as a text", async () => {
    const page = await browser.newPage();
    for (const [name, text] of Object.entries(HOSTILE)) {
      await page.goto(`${url}/traces/fields-${name.toLowerCase()}/`);
      const title = readableText(text.slice(0, 190)).replace(/\s+/g, " ").trim();
      const shown = await page.locator("h1").textContent();
      expect(shown?.replace(/\s+/g, " ").trim(), name).toBe(title);
    }
    await page.close();
  });

  it("keeps a title that is written from right to left from what stands beside it", async () => {
    const page = await browser.newPage();
    await page.goto(`${url}/`);
    const isIsolated = await page
      .locator("a", { hasText: "rtl" })
      .first()
      .evaluate((link) => /^\u2068[^\u2069]*\u2069$/.test(link.textContent ?? ""));
    expect(isIsolated).toBe(true);
    await page.close();
  });

  it("has SVGs that are XML, with nothing active in them", async () => {
    const page = await browser.newPage();
    const pictures = ending(".svg");
    expect(pictures.length).toBeGreaterThan(500);
    for (let i = 0; i < pictures.length; i += 100) {
      const texts = pictures.slice(i, i + 100).map((name) => [name, read(name)] as const);
      const wrong = await page.evaluate((all) => {
        const parser = new DOMParser();
        return all.flatMap(([name, text]) => {
          const svg = parser.parseFromString(text, "image/svg+xml");
          const isXml = svg.querySelector("parsererror") === null;
          const isActive = svg.querySelector("script, foreignObject, a, [onload], [onerror]") !== null;
          return isXml && !isActive ? [] : [name];
        });
      }, texts);
      expect(wrong).toEqual([]);
      expect(texts.filter(([, text]) => OBEYED.test(text)).map(([name]) => name)).toEqual([]);
    }
    await page.close();
  });

  it("has PNGs whose texts say nothing to a terminal", () => {
    const pictures = ending(".png").filter((name) => /fields-(?:bidi|control)/.test(name));
    expect(pictures.length).toBeGreaterThan(10);
    for (const name of pictures) {
      const bytes = readFileSync(join(output, "site", name));
      for (const hostile of ["\u202e", "\u001b[31m", "\u009b31m"]) expect(bytes.includes(hostile), name).toBe(false);
    }
  });

  it("has no CSV cell that is a formula", () => {
    const tables = ending(".csv");
    expect(tables.length).toBeGreaterThan(200);
    const cells = tables.flatMap((name) => cellsOf(read(name)).map((cell) => ({ name, cell })));
    const formulas = cells.filter(({ cell }) => /^[=+\-@\t\r＝＋－＠]/.test(cell) && !Number.isFinite(Number(cell)));
    expect(formulas).toEqual([]);
    expect(cells.filter(({ cell }) => OBEYED.test(cell))).toEqual([]);
    expect(cells.some(({ cell }) => cell.startsWith("'=formula("))).toBe(true);
  });

  it("has Markdown without a link, a picture or markup of a trace", () => {
    const texts = [...ending(".md").map(read), ...snippets("fields-markdown"), ...snippets("fields-markup")];
    expect(texts.length).toBeGreaterThan(10);
    for (const text of texts) {
      const live = text.replace(/\\./gs, "").replace(/```diff\n[^`]*\n```/g, "");
      expect(live).not.toMatch(new RegExp(`\\]\\([^)]*${ELSEWHERE}`));
      expect(live).not.toMatch(new RegExp(`(?:://|www\\.)${ELSEWHERE}`));
      expect(live).not.toMatch(/<(?:script|img src=x|svg|b>)|@nobody|^# head|\n~~~/m);
    }
  });
});

/** What the page of a trace offers to paste, as Markdown. */
function snippets(slug: string): readonly string[] {
  const page = read(`traces/${slug}/index.html`);
  return [...page.matchAll(/<p>Markdown<\/p><pre><code>([^<]*)<\/code>/g)].map(([, text]) =>
    text!.replace(/&(lt|gt|quot|#39|#92|amp);/g, (_, entity: keyof typeof ENTITIES) => ENTITIES[entity]),
  );
}

const ENTITIES = { lt: "<", gt: ">", quot: '"', "#39": "'", "#92": "\\", amp: "&" };

/** The cells of a CSV file (RFC 4180). */
function cellsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\n]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}

describe("a terminal", () => {
  const hostile = ["control", "bidi", "markup"];
  const commands: readonly (readonly string[])[] = [
    ...hostile.flatMap((name) => [
      ["summary", "--text", `fields/${name}.csv`],
      ["show", `fields/${name}.csv`],
      ["render", `fields/${name}.csv`, "nothing"],
      ["summary", "--text", `recorded/${name}.blktrace.0`],
    ]),
    ["detect", ...HOSTILE_NAMES, "broken\u001b[31m\u202e<b>{{ 7 }}.csv"],
    ["summary", "broken\u001b[31m\u202e<b>{{ 7 }}.csv"],
    ["summary", "broken/side.csv"],
    ["summary", "missing\u001b[31m\u202e.csv"],
    ["summary", "--text", ...HOSTILE_NAMES.slice(3, 5)],
    ["diff", "fields/control.csv", "fields/bidi.csv"],
    ["convert", "fields/control.csv", "--to", "\u001b[31m"],
    ["\u001b[31m\u202e"],
    ["build", "--\u001b[31m\u202e"],
  ];

  it.each(commands)("is given nothing to obey by blkreport %j %j %j", async (...args) => {
    const { stdout, stderr } = await blkreport(args, { cwd: traces });
    expect(stdout + stderr).not.toBe("");
    expect(stdout).not.toMatch(OBEYED);
    expect(stderr).not.toMatch(OBEYED);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it("is given nothing to obey by a build that names what it could not read", () => {
    expect(built.stderr).toContain("broken\\u001b[31m\\u202e<b>");
    expect(built.stdout + built.stderr).not.toMatch(OBEYED);
  });
});
