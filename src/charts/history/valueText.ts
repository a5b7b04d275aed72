import type { HistoryFigure } from "../../compare/history.ts";
import { bytesText, countText, durationText, shareText } from "../../model/quantities.ts";

/** A value of a figure as people read it. */
export function valueText(value: number | null, kind: HistoryFigure["kind"]): string {
  if (value === null) return "not recorded";
  switch (kind) {
    case "count":
      return Number.isInteger(value) ? countText(value) : value.toFixed(1);
    case "bytes":
      return bytesText(Math.round(value));
    case "ns":
      return durationText(value);
    case "share":
      return shareText(value);
    default:
      return kind satisfies never;
  }
}
