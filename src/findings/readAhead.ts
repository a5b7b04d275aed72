import { FLAG, OP_CODE } from "../model/ops.ts";
import { bytesText, counted, countText, shareText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";
import { listedRequests } from "./requestsOfScope.ts";

const FEWEST_READS = 30;
const LEAST_SHARE = 0.5;
const BLOCK_BYTES = 4096;

/** Bytes read ahead in whole blocks, and how many of them a later read asked for again; null where not all requests are listed. */
function readAgain(evidence: Evidence): { ahead: number; again: number } | null {
  if (!evidence.sequence.complete) return null;
  const ahead = new Set<string>();
  const again = new Set<string>();
  for (const { op, device, offsetBytes, lengthBytes, flags } of listedRequests(evidence)) {
    if (op !== OP_CODE.read) continue;
    const end = Math.floor((offsetBytes + lengthBytes) / BLOCK_BYTES);
    for (let block = Math.ceil(offsetBytes / BLOCK_BYTES); block < end; block++) {
      const key = `${device} ${block}`;
      if (ahead.has(key)) again.add(key);
      if ((flags & FLAG.readAhead) !== 0) ahead.add(key);
    }
  }
  return { ahead: ahead.size * BLOCK_BYTES, again: again.size * BLOCK_BYTES };
}

/**
 * What the kernel reads ahead is a guess; whether anybody used it stays inside the page cache, and no trace of the device tells.
 * Only what was read once more shows: the cache had dropped it. https://docs.kernel.org/mm/readahead.html
 */
export const readAhead: Finding = {
  id: "read-ahead",
  question: "How much is read ahead?",
  judge(evidence) {
    const requests = figure(evidence, "requests");
    const reads = requests?.byOp.read?.count ?? 0;
    const ahead = requests?.byFlag?.readAhead ?? 0;
    if (reads < FEWEST_READS || ahead < LEAST_SHARE * reads) return null;
    const repeated = readAgain(evidence);
    const known =
      repeated === null
        ? ""
        : ` Of ${bytesText(repeated.ahead)} read ahead, ${bytesText(repeated.again)} were read again later.`;
    return {
      severity: "info",
      title: `${shareText(Math.min(1, ahead / reads))} of the reads are read-ahead`,
      evidence: `${countText(ahead)} of ${counted(reads, "read")}.${known}`,
      advice: "",
      chart: null,
    };
  },
};
