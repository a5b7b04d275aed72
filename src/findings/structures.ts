import type { MetricValues } from "../analysis/summary.ts";

type Targets = MetricValues["targets"];

/** Whether a filesystem is made, resized or repaired: only that writes copies of its superblock. */
export function isOnFilesystemItself({ structures }: Targets): boolean {
  const written = structures.filter(({ kind, byOp }) => kind === "superblock" && byOp.write !== undefined);
  const holders = new Set(written.map(({ within }) => within));
  return written.length > holders.size;
}
