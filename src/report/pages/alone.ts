import { siteBase } from "./absolute.ts";
import type { Frame } from "./frame.ts";

/** What a page that is one file has inside instead of beside it. */
export interface Alone {
  /** The style sheet, with the fonts in it. */
  readonly css: string;
  /** Its SHA-256 in base64, for the page's policy. */
  readonly cssHash: string;
  /** The same page on the web, or null. */
  readonly pageHref: string | null;
}

export interface AloneParts extends Omit<Alone, "pageHref"> {
  /** Absolute URL of the site, or null. */
  readonly url: string | null;
  /** The markup of pictures by their path in the site; one that is missing is left out. */
  readonly pictures: ReadonlyMap<string, string>;
}

const LINK = /^href$|Href$/;

/**
 * A page as one file: its pictures stand in it, and links into the site are absolute, or "" where the site has no URL.
 * Links are the properties called `href` or …`Href`, pictures the objects with `inline`.
 */
export function alone<T extends { readonly frame: Frame }>(page: T, { css, cssHash, url, pictures }: AloneParts): T {
  const { path } = page.frame;
  const base = url === null ? null : siteBase(url);
  const view = changed(page) as T;
  const pageHref = base === null ? null : base + path;
  return { ...view, frame: { ...view.frame, alone: { css, cssHash, pageHref } } };

  function changed(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(changed);
    if (typeof value !== "object" || value === null) return value;
    if ("inline" in value) return withPicture(value as object as { readonly href: string });
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, property(key, item)]));
  }

  function property(key: string, value: unknown): unknown {
    return typeof value === "string" && LINK.test(key) ? link(value) : changed(value);
  }

  function link(href: string): string {
    if (/^(?:#|https?:)/.test(href)) return href;
    return base === null ? "" : base + inSite(path, href);
  }

  function withPicture(picture: { readonly href: string }): unknown {
    const target = inSite(path, picture.href.replace(/#.*$/, ""));
    return { ...picture, href: "", inline: pictures.get(target) ?? null };
  }
}

/** The paths of the pictures that a page shows, as far as this order matters: those for wide screens first. */
export function picturePaths(page: {
  readonly frame: Frame;
  readonly map: Shown | null;
  readonly figures: readonly Shown[];
}) {
  const figures = page.map === null ? page.figures : [page.map, ...page.figures];
  const paths = (layout: "wide" | "narrow") =>
    figures.map((figure) => inSite(page.frame.path, figure[layout].href.replace(/#.*$/, "")));
  return [...paths("wide"), ...paths("narrow")];
}

interface Shown {
  readonly wide: { readonly href: string };
  readonly narrow: { readonly href: string };
}

/** Where a relative link of a page leads, from the site's root: ("traces/a/", "../b/") → "traces/b/". */
function inSite(page: string, href: string): string {
  const steps = page.split("/").slice(0, -1);
  for (const [i, name] of href.split("/").entries()) {
    if (name === "..") steps.pop();
    else if (name !== "." || i > 0) steps.push(name);
  }
  return steps.join("/");
}
