import { SECTOR_BYTES } from "./units.ts";

/** libguestfs' `debug qtrace DEV on|off` reads one sector each at these places, past every cache. */
const ON = [2, 21, 15, 2] as const;
const OFF = [2, 15, 21, 2] as const;

/** A pattern's four reads may have other requests between them, but all lie within this many rows. */
export const QTRACE_WINDOW_ROWS = 64;

export interface QtraceMatch {
  readonly switch: "on" | "off";
  readonly firstRow: number;
  readonly firstNs: number;
}

interface Progress {
  on: number;
  off: number;
  firstRow: number;
  firstNs: number;
}

/** Recognises the qtrace patterns among the single-sector reads of each device. */
export class QtraceDetector {
  readonly #byDevice = new Map<number, Progress>();

  /** The first row of the oldest pattern that has begun and may still be completed, or Infinity. */
  pendingRow(row: number): number {
    let oldest = Number.POSITIVE_INFINITY;
    for (const [device, progress] of this.#byDevice) {
      if (row - progress.firstRow >= QTRACE_WINDOW_ROWS) this.#byDevice.delete(device);
      else oldest = Math.min(oldest, progress.firstRow);
    }
    return oldest;
  }

  /** @param offsetBytes of a read of exactly one sector. */
  sectorRead(device: number, offsetBytes: number, row: number, timeNs: number): QtraceMatch | null {
    const sector = offsetBytes / SECTOR_BYTES;
    const progress = this.#byDevice.get(device);
    if (progress && row - progress.firstRow < QTRACE_WINDOW_ROWS) {
      progress.on = ON[progress.on] === sector ? progress.on + 1 : 0;
      progress.off = OFF[progress.off] === sector ? progress.off + 1 : 0;
      if (progress.on === ON.length || progress.off === OFF.length) {
        this.#byDevice.delete(device);
        const { firstRow, firstNs } = progress;
        return { switch: progress.on === ON.length ? "on" : "off", firstRow, firstNs };
      }
      if (progress.on > 0 || progress.off > 0) return null;
      this.#byDevice.delete(device);
    }
    if (sector === ON[0]) this.#byDevice.set(device, { on: 1, off: 1, firstRow: row, firstNs: timeNs });
    return null;
  }
}
