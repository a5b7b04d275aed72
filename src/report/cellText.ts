import type { CellKind, CellValue } from "../charts/chart.ts";
import { byteRateText, countRateText } from "../charts/kit/rates.ts";
import { bytesText, countText, durationText, shareText } from "../model/quantities.ts";

const UNKNOWN = "–";

/** A cell of a data table as people read it. */
export function cellText(value: CellValue, kind: CellKind): string {
  if (value === null) return UNKNOWN;
  return typeof value === "string" ? value : numberText(value, kind);
}

function numberText(value: number, kind: CellKind): string {
  switch (kind) {
    case "text":
      return String(value);
    case "count":
      return Number.isInteger(value) ? countText(value) : value.toFixed(1);
    case "sector":
      return countText(value);
    case "bytes":
      return bytesText(Number.isInteger(value) ? value : Math.round(value));
    case "ns":
      return durationText(value);
    case "share":
      return shareText(value);
    case "bytesPerSecond":
      return byteRateText(value);
    case "perSecond":
      return countRateText(value);
    default:
      return kind satisfies never;
  }
}
