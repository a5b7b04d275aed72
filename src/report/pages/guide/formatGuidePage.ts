import { CARRIED, type Format } from "../../../model/format.ts";
import { type Frame, frameOf, type SiteFacts } from "../frame.ts";
import { formatGuidePath } from "../links.ts";
import { COLUMN } from "./columns.ts";
import { HINT_MEANING } from "./hintMeaning.ts";

/** How to record traces of one format, and what they carry. */
export interface FormatGuidePage {
  readonly frame: Frame;
  readonly title: string;
  readonly about: string;
  readonly record: readonly { readonly what: string; readonly commands: string }[];
  readonly carries: readonly { readonly title: string; readonly text: string }[];
  /** What its side file can say under `read`. */
  readonly hints: readonly { readonly key: string; readonly meaning: string }[];
  readonly notes: readonly string[];
  readonly sample: string;
  readonly source: string;
}

export function formatGuidePage({ id, title, guide, carries, reads }: Format, site: SiteFacts): FormatGuidePage {
  const { about, record, notes, sample, source } = guide;
  const titles = (value: boolean | "some") =>
    CARRIED.filter((carried) => carries[carried] === value).map((carried) => COLUMN[carried].title);
  const lines = [
    { title: "Carries", texts: titles(true) },
    { title: "In part", texts: titles("some") },
    { title: "Lacks", texts: titles(false) },
  ];
  return {
    frame: frameOf(site, { title: `${title}: how to record it`, description: about, path: formatGuidePath(id) }),
    title,
    about,
    record: record.map(({ what, commands }) => ({ what, commands: commands.trim() })),
    carries: lines
      .filter(({ texts }) => texts.length > 0)
      .map(({ title: name, texts }) => ({ title: name, text: texts.join(", ") })),
    hints: reads.map((key) => ({ key: `read.${key}`, meaning: HINT_MEANING[key] })),
    notes,
    sample: sample.replace(/^\n|\n$/g, ""),
    source,
  };
}
