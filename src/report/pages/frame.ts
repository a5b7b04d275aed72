import { siteBase } from "./absolute.ts";
import type { Alone } from "./alone.ts";
import { rootFrom } from "./links.ts";

export interface TocEntry {
  readonly href: string;
  readonly label: string;
}

/** What the layout needs of every page. */
export interface Frame {
  readonly title: string;
  /** One plain sentence, for search engines and link previews. */
  readonly description: string;
  /** The page's folder, relative to the site's root. */
  readonly path: string;
  /** The way back to the root: "../../". */
  readonly root: string;
  readonly siteTitle: string;
  readonly toc: readonly TocEntry[];
  /** The script that the page has, by its name below assets/, or null. */
  readonly script: "catalogue" | "matrix" | null;
  /** ISO date of the newest input, or null. */
  readonly date: string | null;
  /** For link previews, which take absolute addresses only; null: the site has no URL, or the page no picture. */
  readonly preview: { readonly page: string; readonly image: string } | null;
  /** null: a page of a site, with its files beside it. */
  readonly alone: Alone | null;
}

/** The site as far as every page shows it. */
export interface SiteFacts {
  readonly title: string;
  readonly url: string | null;
  readonly date: string | null;
}

export function frameOf(
  site: SiteFacts,
  {
    card,
    ...page
  }: Pick<Frame, "title" | "description" | "path"> &
    Partial<Pick<Frame, "toc" | "script">> & { readonly card?: string },
): Frame {
  const root = rootFrom(page.path);
  return {
    toc: [],
    script: null,
    ...page,
    root,
    siteTitle: site.title,
    date: site.date,
    alone: null,
    preview: previewOf(site, page.path, card),
  };
}

function previewOf({ url }: SiteFacts, path: string, card: string | undefined): Frame["preview"] {
  if (url === null || card === undefined) return null;
  const base = siteBase(url);
  return { page: base + path, image: base + card };
}
