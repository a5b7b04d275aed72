import { CARRIED, type Format } from "../../../model/format.ts";
import { type Frame, frameOf, type SiteFacts } from "../frame.ts";
import { formatGuidePath, GUIDE_PATH, pageLink } from "../links.ts";
import { COLUMN } from "./columns.ts";

/** The guide's first page: every format, and what each carries. */
export interface GuideIndexPage {
  readonly frame: Frame;
  readonly columns: readonly { readonly title: string; readonly meaning: string }[];
  readonly rows: readonly GuideRow[];
}

export interface GuideRow {
  readonly title: string;
  readonly about: string;
  readonly href: string;
  readonly cells: readonly GuideCell[];
}

/** "yes", "in part" or "no"; the name of the icon is the same word. */
export interface GuideCell {
  readonly label: string;
  readonly word: "yes" | "in part" | "no";
}

export function guideIndexPage(formats: readonly Format[], site: SiteFacts): GuideIndexPage {
  return {
    frame: frameOf(site, {
      title: "Trace formats",
      description: `The ${formats.length} trace formats that blkreport reads, how to record them and what each carries.`,
      path: GUIDE_PATH,
    }),
    columns: CARRIED.map((carried) => COLUMN[carried]),
    rows: formats.map(({ id, title, guide, carries }) => ({
      title,
      about: guide.about,
      href: pageLink(GUIDE_PATH, formatGuidePath(id)),
      cells: CARRIED.map((carried) => ({ label: COLUMN[carried].title, word: wordOf(carries[carried]) })),
    })),
  };
}

function wordOf(carried: boolean | "some"): GuideCell["word"] {
  if (carried === "some") return "in part";
  return carried ? "yes" : "no";
}
