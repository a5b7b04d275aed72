import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blkreport, emptyFolder, serve } from "../support/site.ts";

let folder: string;
let server: Server;
let origin: string;
let browser: Browser;

/** Two traces that have every kind of page: a comparison, a folder, a history; and one that cannot be read. */
async function writeTraces(traces: string): Promise<void> {
  await mkdir(join(traces, "disk"), { recursive: true });
  const write = (name: string, text: string) => writeFile(join(traces, name), text);
  await write("blkreport.json", JSON.stringify({ url: "https://example.org", pathPrefix: "/our/traces/" }));
  await write("disk/a.qtr", "S 20480\nR 0 8\nW 63 8\n");
  await write("disk/a.qtr.json", JSON.stringify({ history: { of: "disk", date: "2026-11-01" } }));
  await write("disk/b.qtr", "S 20480\nR 0 8\nW 64 8\nW 128 8\n");
  await write("disk/b.qtr.json", JSON.stringify({ baseline: "disk-a", history: { of: "disk", date: "2026-11-02" } }));
  await write("broken.qtr", "S 20480\nR 0 8\nW none\n");
}

beforeAll(async () => {
  folder = await emptyFolder("prefix");
  const traces = await emptyFolder("prefix-traces");
  await writeTraces(traces);
  const output = join(folder, "our/traces");
  const { status, stderr } = await blkreport(["build", "--traces", traces, "--output", output], { cwd: traces });
  expect(status, stderr).toBe(1);
  ({ server, url: origin } = await serve(folder));
  browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Every address of the site that its pages lead to, from the catalogue on. */
async function crawl(start: string): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  const waiting = [start];
  for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
    if (found.has(address)) continue;
    const response = await fetch(address);
    const text = await response.text();
    found.set(address, response.status);
    if (!response.headers.get("content-type")?.startsWith("text/html")) continue;
    for (const [, link] of text.matchAll(/(?:href|src|srcset)="([^"#]+)/g)) {
      const target = new URL(link!.replaceAll("&amp;", "&"), address);
      if (target.origin === origin) waiting.push(target.href);
    }
  }
  return found;
}

describe("a site in a folder of its host, as GitHub Pages has it", () => {
  it("leads only to what is there, below the folder", async () => {
    const found = await crawl(`${origin}/our/traces/`);
    expect([...found].filter(([, status]) => status !== 200)).toEqual([]);
    expect([...found.keys()].filter((address) => !address.startsWith(`${origin}/our/traces/`))).toEqual([]);
    const paths = [...found.keys()].map((address) => address.slice(`${origin}/our/traces/`.length));
    for (const kind of [
      /^traces\/disk-a\/index/,
      /^traces\/broken\//,
      /^compare\//,
      /^groups\/disk\//,
      /^history\/disk\//,
    ])
      expect(
        paths.some((path) => kind.test(path)),
        String(kind),
      ).toBe(true);
  }, 120_000);

  it("opens there in a browser without an error on its console or a request that fails", async () => {
    const troubles: string[] = [];
    const page = await browser.newPage();
    page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("requestfailed", (request) => troubles.push(request.url()));
    page.on("response", (response) => response.status() >= 400 && troubles.push(response.url()));
    const found = await crawl(`${origin}/our/traces/`);
    const pages = [...found.keys()].filter((address) => address.endsWith("index.html") && !address.includes("/guide/"));
    expect(pages.length).toBeGreaterThanOrEqual(6);
    for (const address of pages) await page.goto(address, { waitUntil: "networkidle" });
    expect(troubles).toEqual([]);
  }, 120_000);

  it("names that folder in its absolute addresses", async () => {
    const html = await readFile(join(folder, "our/traces/traces/disk-a/index.html"), "utf8");
    expect(html).toContain("https://example.org/our/traces/traces/disk-a/charts/whole/sector-map.png");
  });

  it("lets its reader choose the baseline of a folder's table", async () => {
    const page = await browser.newPage();
    await page.goto(`${origin}/our/traces/groups/disk/index.html`);
    const requests = page.getByRole("row").filter({ hasText: "Unaligned writes" });
    expect(await requests.locator(".verdict .vh").allTextContents()).toEqual(["same", "better"]);
    await page.getByRole("button", { name: "Compare with disk/b.qtr" }).click();
    expect(await requests.locator(".verdict .vh").allTextContents()).toEqual(["worse", "same"]);
  });
});
