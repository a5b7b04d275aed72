import type { DataTable } from "../../charts/chart.ts";
import { countText } from "../../model/quantities.ts";
import type { DrawnFigure, SizePx } from "../siteModel.ts";
import { type Embed, type EmbedPlace, embedOf } from "./embed.ts";
import { linkFrom } from "./links.ts";

export interface Picture extends SizePx {
  readonly href: string;
  /** The markup itself, in a page that is one file. */
  readonly inline: string | null;
}

/** A figure as its partial needs it: words, pictures, files to take away. */
export interface FigureView {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly answer: string;
  readonly alternativeText: string;
  readonly map: boolean;
  /** The page's first figure loads at once, the others when they come into view. */
  readonly first: boolean;
  readonly wide: Picture;
  readonly narrow: Picture;
  readonly files: readonly { readonly name: string; readonly href: string }[];
  readonly embed: Embed;
  readonly note: DataTable | null;
  /** The note needs more room than the margin has on middling screens. */
  readonly noteIsWide: boolean;
  readonly table: DataTable | null;
  /** What the table on the page leaves out, or null. */
  readonly rest: string | null;
}

const MOST_MARGIN_COLUMNS = 3;

const FILES = [
  ["SVG", "svg"],
  ["PNG", "png"],
  ["Spec", "vl.json"],
  ["CSV", "csv"],
] as const;

/** null for a figure that is absent. */
export function figureView(figure: DrawnFigure, place: EmbedPlace, first: boolean): FigureView | null {
  if (figure.absent !== null || figure.wide === null || figure.narrow === null) return null;
  const { id, title, label, answer, alternativeText, map, note, table, tableRows } = figure;
  const href = (ending: string) => linkFrom(place.page, `${place.files}.${ending}`);
  return {
    id,
    title,
    label,
    answer,
    alternativeText,
    map,
    first,
    wide: { href: `${href("svg")}#plot`, inline: null, ...figure.wide },
    narrow: { href: `${href("narrow.svg")}#plot`, inline: null, ...figure.narrow },
    files: FILES.map(([name, ending]) => ({ name, href: href(ending) })),
    embed: embedOf(figure, place),
    note,
    noteIsWide: (note?.columns.length ?? 0) > MOST_MARGIN_COLUMNS,
    table,
    rest:
      table === null || table.rows.length >= tableRows
        ? null
        : `The first ${countText(table.rows.length)} of ${countText(tableRows)} rows; the CSV has all.`,
  };
}
