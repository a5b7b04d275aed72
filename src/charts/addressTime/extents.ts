import type { Accesses } from "../../analysis/metrics/accesses.ts";
import type { ScopeInfo } from "../../analysis/summary.ts";
import type { Op } from "../../model/ops.ts";
import { bytesText, countText, durationText, listed, sentence } from "../../model/quantities.ts";
import type { DataTable } from "../chart.ts";
import { OP_STYLE, opsIn, SHOWN_OPS } from "../kit/opStyle.ts";
import { table } from "../kit/table.ts";
import type { TimeScale } from "../kit/timeScale.ts";
import type { RequestRow } from "./rows.ts";

/** The lowest and highest address that an op touched, and how many of it there were. */
export interface OpExtent {
  readonly op: Op;
  readonly requests: number;
  readonly lowestBytes: number;
  readonly highestBytes: number;
}

/** Exact, from the requests; flushes have no address. */
export function extentsOfRows(rows: readonly RequestRow[]): readonly OpExtent[] {
  return SHOWN_OPS.flatMap((op) => {
    const own = rows.filter((row) => row.op === op && row.lengthBytes > 0);
    if (own.length === 0) return [];
    const lowestBytes = own.reduce((least, { offsetBytes }) => Math.min(least, offsetBytes), Number.POSITIVE_INFINITY);
    const highestBytes = own.reduce(
      (most, { offsetBytes, lengthBytes }) => Math.max(most, offsetBytes + lengthBytes),
      0,
    );
    return [{ op, requests: own.length, lowestBytes, highestBytes }];
  });
}

/** The lowest and highest address of some cells, to their edges. */
export function extentOfCells(
  { addressStartBytes, addressBinBytes }: Pick<Accesses, "addressStartBytes" | "addressBinBytes">,
  cells: readonly number[],
): Pick<OpExtent, "lowestBytes" | "highestBytes"> {
  const bins = cells.filter((_, i) => i % 3 === 1);
  const lowest = bins.reduce((least, bin) => Math.min(least, bin));
  const highest = bins.reduce((most, bin) => Math.max(most, bin));
  return {
    lowestBytes: addressStartBytes + lowest * addressBinBytes,
    highestBytes: addressStartBytes + (highest + 1) * addressBinBytes,
  };
}

/** From a histogram: to the edges of its cells. */
export function extentsOfCells({ byOp, ...axis }: Accesses): readonly OpExtent[] {
  return opsIn(byOp).flatMap((op) => {
    const { requests, cells } = byOp[op]!;
    return cells.length === 0 ? [] : [{ op, requests, ...extentOfCells(axis, cells) }];
  });
}

function named(op: Op, count: number): string {
  const { singular, plural } = OP_STYLE[op];
  return `${countText(count)} ${count === 1 ? singular : plural}`;
}

/** Addresses closer than that to each other, in parts of themselves, read the same in three digits. */
const ONE_PLACE = 0.005;

export function placeText({ lowestBytes, highestBytes }: Pick<OpExtent, "lowestBytes" | "highestBytes">): string {
  const isOnePlace = highestBytes - lowestBytes < lowestBytes * ONE_PLACE;
  return isOnePlace
    ? `at ${bytesText(lowestBytes)}`
    : `between ${bytesText(lowestBytes)} and ${bytesText(highestBytes)}`;
}

/** Where each op was, and how long it all took. */
export function extentsAnswer(
  extents: readonly OpExtent[],
  flushes: number,
  { firstNs, lastNs }: ScopeInfo,
  clock: TimeScale["clock"],
): string {
  const parts = extents.map((extent) => `${named(extent.op, extent.requests)} ${placeText(extent)}`);
  if (flushes > 0) parts.push(named("flush", flushes));
  const spanNs = (lastNs ?? 0) - (firstNs ?? 0);
  const within = clock === "ns" && spanNs > 0 ? `, in ${durationText(spanNs)}` : "";
  return sentence(`${listed(parts)}${within}.`);
}

/** Lowest and highest address of each op, for the margin. */
export function extentsNote(extents: readonly OpExtent[]): DataTable {
  const columns = extents.map(({ op }) => [`${op}Bytes`, OP_STYLE[op].singular, "bytes"] as const);
  return table(
    [["figure", "", "text"], ...columns],
    [
      ["lowest", ...extents.map(({ lowestBytes }) => lowestBytes)],
      ["highest", ...extents.map(({ highestBytes }) => highestBytes)],
    ],
  );
}
