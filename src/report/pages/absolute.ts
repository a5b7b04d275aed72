import type { SiteConfig } from "../siteConfig.ts";

/** What stands before the paths of a site's pages and files in their absolute addresses. */
export function siteBase(url: string): string {
  return `${url.replace(/\/+$/, "")}/`;
}

/** Where the site can be seen: its host's URL with the folder on it, which `url` may have as well; null: not said. */
export function publicUrl({ url, pathPrefix = "/" }: SiteConfig): string | null {
  if (url === undefined) return null;
  const base = siteBase(url);
  const folder = pathPrefix.replace(/^\/+|\/+$/g, "");
  return folder === "" || base.endsWith(`/${folder}/`) ? base : `${base}${folder}/`;
}
