import { FLAG, OP_CODE } from "../model/ops.ts";
import { bytesText, counted, countText, shareText } from "../model/quantities.ts";
import { SECTOR_BYTES } from "../model/units.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";
import { listedRequests } from "./requestsOfScope.ts";

const FEWEST_READS = 100;
const LEAST_SHARE = 0.5;
/** More would take long to follow sector by sector. */
const MOST_BYTES = 256 * 2 ** 20;

interface Ahead {
  readonly bytes: number;
  /** What later reads asked for once more, each time counted. */
  readonly againBytes: number;
}

/** Distinct sectors that were read ahead; null where not all requests are listed, or they are too many to follow. */
function aheadOf(evidence: Evidence): Ahead | null {
  const reads = listedRequests(evidence).filter(({ op }) => op === OP_CODE.read);
  const allBytes = reads.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
  if (!evidence.sequence.complete || allBytes > MOST_BYTES) return null;
  const ahead = new Map<number, Set<number>>();
  let sectors = 0;
  let again = 0;
  for (const { device, offsetBytes, lengthBytes, flags } of reads) {
    const known = ahead.get(device) ?? new Set();
    ahead.set(device, known);
    const isAhead = (flags & FLAG.readAhead) !== 0;
    for (let sector = offsetBytes / SECTOR_BYTES; sector < (offsetBytes + lengthBytes) / SECTOR_BYTES; sector++) {
      if (known.has(sector)) again++;
      else if (isAhead) {
        known.add(sector);
        sectors++;
      }
    }
  }
  return { bytes: sectors * SECTOR_BYTES, againBytes: again * SECTOR_BYTES };
}

export const readAhead: Finding = {
  id: "read-ahead",
  question: "How much is read ahead?",
  why: "What the kernel reads ahead is a guess; whether anybody used it stays inside the page cache, and no trace of the device tells. Only what was read once more shows: the cache had dropped it.",
  source: { title: "Linux, read-ahead", url: "https://docs.kernel.org/mm/readahead.html" },
  judge(evidence) {
    const requests = figure(evidence, "requests");
    const reads = requests?.byOp.read?.count ?? 0;
    const ahead = requests?.byFlag?.readAhead ?? 0;
    if (reads < FEWEST_READS || ahead < LEAST_SHARE * reads) return null;
    const sectors = aheadOf(evidence);
    const known =
      sectors === null
        ? ""
        : ` ${bytesText(sectors.bytes)} of the disk, of which later reads asked for ${bytesText(sectors.againBytes)} again, each time counted.`;
    return {
      severity: "info",
      title: `${shareText(Math.min(1, ahead / reads))} of the reads are read-ahead`,
      evidence: `${countText(ahead)} of ${counted(reads, "read")}.${known}`,
      advice: "",
      chart: null,
    };
  },
};
