import { SECTOR_BYTES } from "./units.ts";

/** libguestfs' `debug qtrace DEV on|off` reads one sector each at these places, past every cache. */
const ON = [2, 21, 15, 2] as const;
const OFF = [2, 15, 21, 2] as const;

/** A pattern's four reads may have other requests between them (no other single-sector read of the device), but all lie within this many rows. */
export const QTRACE_WINDOW_ROWS = 64;

/** Whether a read of one sector may be a pattern's first. */
export function beginsPattern(offsetBytes: number): boolean {
  return offsetBytes === ON[0] * SECTOR_BYTES;
}

export interface QtraceMatch {
  readonly switch: "on" | "off";
  readonly firstRow: number;
  readonly firstNs: number;
}

interface Progress {
  readonly pattern: readonly number[];
  matched: number;
  firstRow: number;
  firstNs: number;
}

/** Takes a pattern one read further; gives whether it is complete. Both patterns begin with a sector that only their ends repeat. */
function advance(progress: Progress, sector: number, row: number, timeNs: number): boolean {
  const { pattern, matched, firstRow } = progress;
  const inTime = matched > 0 && row - firstRow < QTRACE_WINDOW_ROWS;
  if (inTime && pattern[matched] === sector) return ++progress.matched === pattern.length;
  progress.matched = sector === pattern[0] ? 1 : 0;
  progress.firstRow = row;
  progress.firstNs = timeNs;
  return false;
}

/** Recognises the qtrace patterns among the single-sector reads of one device. */
export class QtraceDetector {
  readonly #on: Progress = { pattern: ON, matched: 0, firstRow: 0, firstNs: 0 };
  readonly #off: Progress = { pattern: OFF, matched: 0, firstRow: 0, firstNs: 0 };

  /** The first row of an off pattern that has begun and that `nextRow` may still complete, or Infinity. */
  pendingOff(nextRow: number): number {
    const { matched, firstRow } = this.#off;
    return matched > 0 && nextRow - firstRow < QTRACE_WINDOW_ROWS ? firstRow : Number.POSITIVE_INFINITY;
  }

  /** @param offsetBytes of a read of exactly one sector. */
  sectorRead(offsetBytes: number, row: number, timeNs: number): QtraceMatch | null {
    const sector = offsetBytes / SECTOR_BYTES;
    const on = advance(this.#on, sector, row, timeNs);
    const off = advance(this.#off, sector, row, timeNs);
    if (!on && !off) return null;
    this.#on.matched = 0;
    this.#off.matched = 0;
    const { firstRow, firstNs } = on ? this.#on : this.#off;
    return { switch: on ? "on" : "off", firstRow, firstNs };
  }
}
