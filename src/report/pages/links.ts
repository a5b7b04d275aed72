/** Addresses of the site's pages and files, relative to its root; folders end in a slash. */

export function tracePath(slug: string): string {
  return `traces/${slug}/`;
}

/** The default scope stands at the trace's own address, every other one below it. */
export function scopePath(slug: string, scope: string, defaultScope: string): string {
  return scope === defaultScope ? tracePath(slug) : `${tracePath(slug)}${scope}/`;
}

export function scopeChartPath(slug: string, scope: string, chart: string): string {
  return `${tracePath(slug)}charts/${scope}/${chart}`;
}

/** The picture of the catalogue, drawn with the charts of the default scope. */
export function thumbnailPath(slug: string, defaultScope: string): string {
  return `${scopeChartPath(slug, defaultScope, "thumbnail")}.svg`;
}

export function comparisonPath(slug: string): string {
  return `compare/${slug}/`;
}

export function comparisonChartPath(slug: string, chart: string): string {
  return `${comparisonPath(slug)}charts/${chart}`;
}

/** The picture that a link to a trace or a comparison is shown with. */
export const CARD_NAME = "card.png";

/** The page in one file, beside the page. */
export const REPORT_NAME = "report.html";

/** The traces of a folder side by side. */
export function groupPath(slug: string): string {
  return `groups/${slug}/`;
}

export function historyPath(of: string): string {
  return `history/${of}/`;
}

export function historyChartPath(of: string, chart: string): string {
  return `${historyPath(of)}charts/${chart}`;
}

export const GUIDE_PATH = "guide/";

/** Recipes for CI and for many machines. */
export const CI_GUIDE_PATH = "guide/ci/";

/** From an empty machine to a published trace. */
export const LAYOUT_GUIDE_PATH = `${GUIDE_PATH}layouts/`;
export const RECORDING_GUIDE_PATH = `${GUIDE_PATH}record/`;

/** Every finding, why it matters and where that is written; each at the anchor of its id. */
export const FINDINGS_GUIDE_PATH = `${GUIDE_PATH}findings/`;

/** How to record a format: "nbdkitLog" → "guide/nbdkit-log/". */
export function formatGuidePath(id: string): string {
  return `${GUIDE_PATH}${id.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}/`;
}

/** From a page's folder back to the root: "traces/a/" → "../../". */
export function rootFrom(path: string): string {
  return "../".repeat(path.split("/").length - 1);
}

/** A link from one folder of the site to a file: ("traces/a/", "traces/a/charts/x.svg") → "charts/x.svg". */
export function linkFrom(path: string, target: string): string {
  const from = path.split("/").slice(0, -1);
  const to = target.split("/");
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  return "../".repeat(from.length - shared) + to.slice(shared).join("/");
}

/** A link to a page, by its file, so that the site also works from a disk. */
export function pageLink(path: string, targetFolder: string): string {
  return linkFrom(path, `${targetFolder}index.html`);
}
