import { comparisonChartPath, comparisonPath } from "../pages/links.ts";
import type { ComparisonEntry } from "../siteModel.ts";
import type { DiffLinks } from "./markdown.ts";

const PICTURE = "difference-map";

/** Where a comparison can be seen from anywhere: nowhere, where the site's URL is not configured. */
export function pageLinks({ slug, figures }: ComparisonEntry, url: string | null): DiffLinks {
  if (url === null) return { page: null, picture: null };
  const root = url.replace(/\/*$/, "/");
  const isDrawn = figures.some(({ id, absent }) => id === PICTURE && absent === null);
  return {
    page: `${root}${comparisonPath(slug)}index.html`,
    picture: isDrawn ? `${root}${comparisonChartPath(slug, PICTURE)}.png` : null,
  };
}
