import type { Diff, SequenceStep } from "../../compare/diff.ts";
import type { ComparedRequest } from "../../compare/sequence/requests.ts";
import { bytesText, counted, countText } from "../../model/quantities.ts";
import { SECTOR_BYTES } from "../../model/units.ts";

/** One line of the sequence: a sign as `diff` writes it, and the request. */
export interface SequenceLine {
  readonly sign: " " | "-" | "+" | "~" | "…";
  readonly text: string;
}

/** The steps of a sequence as lines, so many at most; `more` counts what is left out. */
export function sequenceLines({ sequence }: Diff, most: number): { lines: readonly SequenceLine[]; more: number } {
  const steps = sequence?.steps ?? [];
  const lines = steps.slice(0, most).map((step): SequenceLine => {
    if (step.change === "folded") return { sign: "…", text: `${counted(step.count, "request")} the same` };
    return { sign: signOf(step), text: textOf(step) };
  });
  return { lines, more: steps.length - lines.length };
}

function signOf(step: SequenceStep): SequenceLine["sign"] {
  switch (step.change) {
    case "same":
      return " ";
    case "removed":
      return "-";
    case "added":
      return "+";
    case "reordered":
      return step.at === "a" ? "-" : "+";
    default:
      return "~";
  }
}

function textOf(step: SequenceStep): string {
  switch (step.change) {
    case "removed":
    case "same":
      return requestText(step.a);
    case "added":
      return requestText(step.b);
    case "moved":
      return `${requestText(step.a)} → sector ${sectorText(step.b)}`;
    case "resized":
      return `${requestText(step.a)} → ${bytesText(step.b.lengthBytes)}`;
    case "reordered":
      return step.at === "a"
        ? `${requestText(step.a)} (comes as request ${countText(step.b.row + 1)} in B)`
        : `${requestText(step.b)} (was request ${countText(step.a.row + 1)} in A)`;
    default:
      return step satisfies never;
  }
}

function requestText(request: ComparedRequest): string {
  const { op, device, lengthBytes } = request;
  const on = device === "" ? "" : ` on ${device}`;
  return lengthBytes === 0 ? `${op}${on}` : `${op} ${bytesText(lengthBytes)} at sector ${sectorText(request)}${on}`;
}

function sectorText({ offsetBytes }: ComparedRequest): string {
  const sector = offsetBytes / SECTOR_BYTES;
  return Number.isInteger(sector)
    ? countText(sector)
    : `${countText(Math.floor(sector))} + ${offsetBytes % SECTOR_BYTES} B`;
}
