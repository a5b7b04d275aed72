/** What stands before the paths of a site's pages and files in their absolute addresses. */
export function siteBase(url: string): string {
  return `${url.replace(/\/+$/, "")}/`;
}
