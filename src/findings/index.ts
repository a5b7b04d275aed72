import type { FindingResult, Severity } from "../analysis/summary.ts";
import { alignedPartition } from "./alignedPartition.ts";
import { beyondDevice } from "./beyondDevice.ts";
import { bimodalLatency } from "./bimodalLatency.ts";
import { deviceErrors } from "./deviceErrors.ts";
import { discards } from "./discards.ts";
import type { Evidence, Finding } from "./finding.ts";
import { flushAfterEveryWrite } from "./flushAfterEveryWrite.ts";
import { flushes } from "./flushes.ts";
import { flushStorm } from "./flushStorm.ts";
import { fullScan } from "./fullScan.ts";
import { headOfLine } from "./headOfLine.ts";
import { journalShare } from "./journalShare.ts";
import { latencyOutliers } from "./latencyOutliers.ts";
import { lostEvents } from "./lostEvents.ts";
import { markersIncomplete } from "./markersIncomplete.ts";
import { metadataShare } from "./metadataShare.ts";
import { misalignedPartition } from "./misalignedPartition.ts";
import { outsidePartitions } from "./outsidePartitions.ts";
import { partialBlockWrites } from "./partialBlockWrites.ts";
import { queueAlwaysFull } from "./queueAlwaysFull.ts";
import { queueDepthOne } from "./queueDepthOne.ts";
import { readAhead } from "./readAhead.ts";
import { repeatedReads } from "./repeatedReads.ts";
import { requeues } from "./requeues.ts";
import { rewrittenBlocks } from "./rewrittenBlocks.ts";
import { rewrittenSoon } from "./rewrittenSoon.ts";
import { seeksDominate } from "./seeksDominate.ts";
import { shiftedRequests } from "./shiftedRequests.ts";
import { slowDevice } from "./slowDevice.ts";
import { smallSequentialWrites } from "./smallSequentialWrites.ts";
import { tinyDiscards } from "./tinyDiscards.ts";
import { tinySyncWrites } from "./tinySyncWrites.ts";
import { unalignedReads } from "./unalignedReads.ts";
import { unalignedWrites } from "./unalignedWrites.ts";

/** Every finding, in the order in which equally severe ones stand on a page. To add one: a file beside this one, and a line here. */
export const FINDINGS: readonly Finding[] = [
  deviceErrors,
  unalignedWrites,
  partialBlockWrites,
  misalignedPartition,
  unalignedReads,
  beyondDevice,
  outsidePartitions,
  slowDevice,
  seeksDominate,
  queueAlwaysFull,
  requeues,
  flushStorm,
  flushAfterEveryWrite,
  tinySyncWrites,
  lostEvents,
  markersIncomplete,
  latencyOutliers,
  headOfLine,
  queueDepthOne,
  smallSequentialWrites,
  rewrittenSoon,
  rewrittenBlocks,
  repeatedReads,
  tinyDiscards,
  shiftedRequests,
  alignedPartition,
  bimodalLatency,
  fullScan,
  metadataShare,
  journalShare,
  readAhead,
  discards,
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
