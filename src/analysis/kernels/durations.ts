import { OPS } from "../../model/ops.ts";
import { addToHistogram, type LogHistogram, startLogHistogram } from "./logHistogram.ts";

/** Two histograms to an op: at 2·op those of requests without bytes, at 2·op + 1 those of data requests. */
export type Durations = (LogHistogram | undefined)[];

interface Columns {
  readonly op: Uint8Array;
  readonly lengthBytes: Float64Array;
}

/** Adds `to − from` of the chosen rows; where one of them is not recorded, or time ran backwards, there is none. */
export function addDurations(
  durations: Durations,
  { op, lengthBytes }: Columns,
  from: Float64Array,
  to: Float64Array,
  rows: Uint32Array,
  rowCount: number,
): void {
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const duration = to[i]! - from[i]!;
    if (!(duration >= 0)) continue;
    const key = op[i]! * 2 + (lengthBytes[i]! > 0 ? 1 : 0);
    durations[key] ??= startLogHistogram();
    addToHistogram(durations[key], duration);
  }
}

/** The histograms of an op, or with `null` those of every op's requests with bytes. */
export function durationsOf(durations: Durations, op: number | null): LogHistogram[] {
  const chosen = op === null ? OPS.map((_, code) => durations[code * 2 + 1]) : durations.slice(op * 2, op * 2 + 2);
  return chosen.filter((histogram) => histogram !== undefined);
}
