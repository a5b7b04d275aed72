import { counted, sentence } from "../model/quantities.ts";
import type { Finding } from "./finding.ts";

/** The notes of the data-quality record that are about spans. */
const CODES: readonly string[] = ["marker-without-partner", "span-after-end", "too-many-spans"];

export const markersIncomplete: Finding = {
  id: "markers-incomplete",
  question: "Do the markers tell where each span begins and ends?",
  why: "A span without both of its markers takes in requests that do not belong to it: its figures are those of another stretch. Whatever is compared with it is then compared with the wrong requests.",
  source: {
    title: "libguestfs, visualize-alignment",
    url: "https://github.com/libguestfs/libguestfs/blob/v1.48.0/contrib/visualize-alignment/README",
  },
  judge({ quality }) {
    const notes = quality.notes.filter(({ code }) => CODES.includes(code));
    if (notes.length === 0) return null;
    return {
      severity: "low",
      title: `${counted(notes.length, "marker")} without a partner`,
      evidence: `${sentence(notes.map(({ text }) => text).join("; "))}.`,
      advice: "Set both markers, or name the span in the side file (spans: name, fromNs, toNs).",
      chart: null,
    };
  },
};
