import type { MetricValues } from "../analysis/summary.ts";
import type { Op } from "../model/ops.ts";
import { bytesText, countText } from "../model/quantities.ts";
import { SECTOR_BYTES } from "../model/units.ts";
import { figure } from "./figures.ts";
import type { Evidence } from "./finding.ts";
import { boundaryBytes, misalignedPartitions, partitionsOf, START_ON_A_BOUNDARY, startText } from "./partitions.ts";

const BLOCK_BYTES = 4096;
const SMALLEST_FILESYSTEM_BLOCK = 1024;

type Counts = { readonly aligned: number; readonly unaligned: number };
type Alignment = MetricValues["alignment"];

function countsOf(byOp: Alignment["byOp"], ops: readonly Op[]): Counts {
  let aligned = 0;
  let unaligned = 0;
  for (const op of ops) {
    aligned += byOp[op]?.aligned ?? 0;
    unaligned += byOp[op]?.unaligned ?? 0;
  }
  return { aligned, unaligned };
}

/** How many requests of some ops are unaligned to 4 KiB, of how many. */
export function unalignedOf(evidence: Evidence, ops: readonly Op[]): { unaligned: number; all: number } | null {
  const alignment = figure(evidence, "alignment");
  if (alignment === null) return null;
  const { aligned, unaligned } = countsOf(alignment.byOp, ops);
  return { unaligned, all: aligned + unaligned };
}

/** Where it comes from as far as the Summary tells, and what can be done. */
export function causeOf(evidence: Evidence, ops: readonly Op[]): { evidence: string; advice: string } {
  const [partition] = misalignedPartitions(evidence);
  if (partition !== undefined)
    return { evidence: `${startText(partition, boundaryBytes(evidence))}.`, advice: START_ON_A_BOUNDARY };
  const unaligned = unalignedByBoundary(figure(evidence, "alignment")!, ops);
  return { evidence: keptText(unaligned), advice: adviceFor(unaligned, partitionsOf(evidence).length > 0) };
}

interface AtBoundary {
  readonly bytes: number;
  readonly unaligned: number;
}

/** From 512 bytes to 4 KiB. */
function unalignedByBoundary({ byBoundary }: Alignment, ops: readonly Op[]): readonly AtBoundary[] {
  return byBoundary
    .filter(({ boundaryBytes: bytes }) => bytes <= BLOCK_BYTES)
    .map(({ boundaryBytes: bytes, byOp }) => ({ bytes, unaligned: countsOf(byOp, ops).unaligned }));
}

/** Sectors are the smallest unit that most devices take: that requests are of whole ones says nothing. */
function keptText(boundaries: readonly AtBoundary[]): string {
  const told = boundaries.filter(({ bytes }) => bytes > SECTOR_BYTES && bytes < BLOCK_BYTES);
  const kept = told.filter(({ unaligned }) => unaligned === 0).at(-1);
  const counts = told
    .filter(({ unaligned }) => unaligned > 0)
    .map(({ bytes, unaligned }) => ({ count: countText(unaligned), bytes: bytesText(bytes) }));
  if (kept === undefined) {
    const [first, ...others] = counts;
    return `${first!.count} unaligned even to ${first!.bytes}${others.map(({ count, bytes }) => `, ${count} to ${bytes}`).join("")}.`;
  }
  return `All are aligned to ${bytesText(kept.bytes)}${counts.map(({ count, bytes }) => `, ${count} not to ${bytes}`).join("")}.`;
}

function adviceFor(boundaries: readonly AtBoundary[], startIsKnown: boolean): string {
  const inKibs = boundaries.every(({ bytes, unaligned }) => bytes > SMALLEST_FILESYSTEM_BLOCK || unaligned === 0);
  const likely = inKibs
    ? "a filesystem with blocks of 1 or 2 KiB (mkfs.ext4 -b 4096 makes larger ones)"
    : "what works in sectors: superblocks, XFS log records (mkfs.xfs -s size=4096), headers of LVM and md, clusters of FAT, direct I/O";
  return `${startIsKnown ? "The partition starts on a boundary: look for" : "Look for a partition that starts off a boundary (sfdisk --dump), or for"} ${likely}.`;
}
