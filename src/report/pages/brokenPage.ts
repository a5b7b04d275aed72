import type { DataTable } from "../../charts/chart.ts";
import { table } from "../../charts/kit/table.ts";
import { sentence } from "../../model/quantities.ts";
import { readable } from "../../model/readable.ts";
import type { BrokenTrace } from "../siteModel.ts";
import { type Frame, frameOf, type SiteFacts } from "./frame.ts";
import { tracePath } from "./links.ts";

/** The page of a trace that could not be read: what is wrong, where, and what to do. */
export interface BrokenPage {
  readonly frame: Frame;
  readonly group: string;
  readonly title: string;
  readonly place: string;
  readonly what: string;
  readonly cure: string;
  readonly message: string;
  readonly files: DataTable;
}

/** A message may hold a whole line of the trace; broken.json has it all. */
const MOST_CHARACTERS = 2000;

export function brokenPage(trace: BrokenTrace, site: SiteFacts): BrokenPage {
  const { slug, group, title, place, what, cure, message, files } = readable(trace, MOST_CHARACTERS);
  return {
    frame: frameOf(site, { title: `${title} could not be read`, description: message, path: tracePath(slug) }),
    group,
    title,
    place,
    what,
    cure: sentenceCase(cure),
    message,
    files: table(
      [
        ["name", "File", "text"],
        ["bytes", "Size", "bytes"],
      ],
      files.map(({ name, bytes }) => [name, bytes]),
    ),
  };
}

function sentenceCase(text: string): string {
  const start = sentence(text);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
