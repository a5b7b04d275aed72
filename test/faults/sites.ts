import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What publishing leaves beside the site until it is done. */
const IN_WORK = /(?:^|\/)\.blkreport-(?:tmp|lock.*|manifest\.json)$/;
const PLACEHOLDERS = ["This page is being published", "This page is gone"];

/** Every file of a folder, with the hash of its content. */
export function hashesIn(root: string): ReadonlyMap<string, string> {
  if (!existsSync(root)) return new Map();
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)).sort();
  return new Map(
    paths.map((path) => [
      path,
      createHash("sha256")
        .update(readFileSync(join(root, path)))
        .digest("hex"),
    ]),
  );
}

/** Files that are of none of the sites, and links of pages that lead nowhere. */
export function problemsIn(output: string, sites: readonly ReadonlyMap<string, string>[]): readonly string[] {
  const files = [...hashesIn(output)].filter(([path]) => !IN_WORK.test(path));
  return files.flatMap(([path, hash]) => {
    const isKnown = sites.some((site) => site.get(path) === hash) || isPlaceholder(join(output, path));
    return [...(isKnown ? [] : [`${path} is no file of any site`]), ...brokenLinks(output, path)];
  });
}

function isPlaceholder(file: string): boolean {
  if (!file.endsWith(".html")) return false;
  const text = readFileSync(file, "utf8");
  return text.endsWith("</html>\n") && PLACEHOLDERS.some((title) => text.includes(`<title>${title}</title>`));
}

function brokenLinks(output: string, page: string): readonly string[] {
  if (!page.endsWith(".html")) return [];
  const text = readFileSync(join(output, page), "utf8");
  const links = Array.from(text.matchAll(/ (?:href|src|srcset)="([^"#?\s]+)/g), ([, link]) => link!);
  const own = [...new Set(links)].filter((link) => !/^(?:[a-z]+:|\/\/)/.test(link));
  return own
    .filter((link) => !existsSync(join(output, dirname(page), decodeURI(link))))
    .map((link) => `${page} links ${link}`);
}
