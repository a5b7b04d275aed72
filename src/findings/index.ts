import type { FindingResult, Severity } from "../analysis/summary.ts";
import { deviceErrors } from "./deviceErrors.ts";
import type { Evidence, Finding } from "./finding.ts";
import { flushAfterEveryWrite } from "./flushAfterEveryWrite.ts";
import { flushes } from "./flushes.ts";
import { lostEvents } from "./lostEvents.ts";
import { markersIncomplete } from "./markersIncomplete.ts";
import { misalignedPartition } from "./misalignedPartition.ts";
import { repeatedReads } from "./repeatedReads.ts";
import { rewrittenBlocks } from "./rewrittenBlocks.ts";
import { unalignedReads } from "./unalignedReads.ts";
import { unalignedWrites } from "./unalignedWrites.ts";

/** Every finding, in the order in which equally severe ones stand on a page. To add one: a file beside this one, and a line here. */
export const FINDINGS: readonly Finding[] = [
  deviceErrors,
  unalignedWrites,
  misalignedPartition,
  unalignedReads,
  flushAfterEveryWrite,
  lostEvents,
  markersIncomplete,
  rewrittenBlocks,
  repeatedReads,
  flushes,
];

const SEVERITIES: readonly Severity[] = ["high", "medium", "low", "info"];

/** What is wrong, the most severe first. */
export function judge(evidence: Evidence): FindingResult[] {
  const found = FINDINGS.flatMap((finding) => {
    const result = finding.judge(evidence);
    return result === null ? [] : [{ id: finding.id, ...result }];
  });
  return found.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}
