import type { Chunk, Span } from "../model/batch.ts";
import { OPS } from "../model/ops.ts";
import { SECTOR_BYTES } from "../model/units.ts";

const ALIGNED_BYTES = 4096;

/** The head of the columns of `requestLines`. */
export const LISTING_HEAD = columns("row", "time", "op", "sector", "sectors", "4 KiB", "device", "spans");

function columns(
  row: string,
  time: string,
  op: string,
  sector: string,
  sectors: string,
  class4k: string,
  device: string,
  spans: string,
): string {
  const left = `${row.padStart(8)} ${time.padStart(16)}  ${op.padEnd(11)}`;
  return `${left} ${sector.padStart(14)} ${sectors.padStart(9)}  ${class4k.padEnd(9)} ${device.padEnd(8)} ${spans}`.trimEnd();
}

/** Seconds with nanoseconds: the blkparse way. */
function secondsText(ns: number): string {
  const whole = Math.floor(ns / 1e9);
  return `${whole}.${String(Math.round(ns - whole * 1e9)).padStart(9, "0")}`;
}

function spanNames(spans: readonly Span[], row: number): string {
  return spans
    .filter(({ fromRow, toRow }) => fromRow <= row && row < toRow)
    .map(({ name }) => name)
    .join(" ");
}

/**
 * One line for each request of a chunk, for people: its time, range, class at 4 KiB and spans.
 * @param firstRow the trace's row from which the chunk counts its own.
 */
export function requestLines({ requests, spans, devices }: Chunk, clock: boolean, firstRow = 0): string[] {
  return Array.from({ length: requests.length }, (_, i) => {
    const row = requests.firstRow + i;
    const offset = requests.offsetBytes[i]!;
    const length = requests.lengthBytes[i]!;
    const aligned = offset % ALIGNED_BYTES === 0 && length % ALIGNED_BYTES === 0;
    const hasRange = length > 0;
    return columns(
      String(firstRow + row),
      clock ? secondsText(requests.issueNs[i]!) : `#${requests.issueNs[i]!}`,
      OPS[requests.op[i]!]!,
      hasRange ? String(offset / SECTOR_BYTES) : "-",
      hasRange ? String(length / SECTOR_BYTES) : "-",
      hasRange ? (aligned ? "aligned" : "unaligned") : "-",
      devices[requests.device[i]!]?.name ?? "-",
      spanNames(spans, row),
    );
  });
}
