import type { Quality } from "./trace.ts";

/** What is missing in a trace, as far as it can be told: `share` is of all records that should be there. */
export interface Loss {
  readonly records: number;
  readonly share: number;
}

/** The recorder's own count and the sequence numbers tell of the same losses: the larger one holds. */
export function lossOf({ records, notUnderstood, droppedEvents, missingEvents }: Readonly<Quality>): Loss {
  const lost = Math.max(droppedEvents ?? 0, missingEvents ?? 0);
  const missing = lost + notUnderstood;
  return { records: missing, share: missing === 0 ? 0 : missing / (Math.max(1, records) + lost) };
}

/** The note of a per-CPU set with a gap in its numbers: a CPU without a file was idle, or its file was left behind. */
export const CPU_FILES_MISSING = "cpu-files-missing";

export function lacksCpuFiles({ notes }: Readonly<Quality>): boolean {
  return notes.some(({ code }) => code === CPU_FILES_MISSING);
}
