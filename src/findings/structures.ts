import type { MetricValues } from "../analysis/summary.ts";
import type { StructureKind } from "../model/layout.ts";

type Targets = MetricValues["targets"];

/** What a filesystem writes for itself. */
export const FILESYSTEM_METADATA: readonly StructureKind[] = [
  "bootSector",
  "superblock",
  "groupDescriptors",
  "reservedDescriptors",
  "blockBitmap",
  "inodeBitmap",
  "inodeTable",
  "journal",
  "allocation",
  "metadata",
  "directory",
];

/** Whether a filesystem is made, resized or repaired: only that writes copies of its superblock. */
export function isOnFilesystemItself({ structures }: Targets): boolean {
  const written = structures.filter(({ kind, byOp }) => kind === "superblock" && byOp.write !== undefined);
  const holders = new Set(written.map(({ within }) => within));
  return written.length > holders.size;
}
