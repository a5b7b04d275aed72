import type { FindingResult } from "../analysis/summary.ts";
import { isFilesystemMetadata, STRUCTURE_KINDS } from "../model/layout.ts";
import { counted, countText, listed, shareText } from "../model/quantities.ts";
import { pluralKind } from "../model/structureWords.ts";
import { figure } from "./figures.ts";
import type { Evidence, Finding } from "./finding.ts";
import { isOnFilesystemItself } from "./structures.ts";

const FEWEST_REQUESTS = 30;
const LEAST_SHARE = 0.5;
const MOST_KINDS = 3;
const ADVICE = "Fewer files and fewer attribute updates (noatime), or a journal on another device, make less of it.";

export const metadataShare: Finding = {
  id: "metadata-share",
  question: "Is most of the work metadata?",
  why: "Metadata is small, scattered and often waited for: where it dominates, the time goes into the filesystem's own books. REQ_META marks it where the filesystem says so, and a layout tells it by its place.",
  source: {
    title: "Linux, include/linux/blk_types.h",
    url: "https://github.com/torvalds/linux/blob/v6.1/include/linux/blk_types.h",
  },
  judge: (evidence) => byPlace(evidence) ?? byFlag(evidence),
};

type Judged = Omit<FindingResult, "id"> | null;

/** A request that touches data or a place without a name is not for metadata, so it is at least that share. */
function byPlace(evidence: Evidence): Judged {
  const requests = figure(evidence, "requests");
  const targets = figure(evidence, "targets");
  if (requests === null || targets === null || isOnFilesystemItself(targets)) return null;
  const { byKind, elsewhere } = targets;
  const kinds = STRUCTURE_KINDS.map((kind) => ({ kind, count: countOf(byKind[kind]) }));
  const others = kinds.filter(({ kind }) => !isFilesystemMetadata(kind));
  const all = countOf(requests.byOp);
  const least = all - countOf(elsewhere) - others.reduce((sum, { count }) => sum + count, 0);
  if (all < FEWEST_REQUESTS || least < LEAST_SHARE * all) return null;
  const most = kinds
    .filter(({ kind, count }) => isFilesystemMetadata(kind) && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_KINDS)
    .map(({ kind, count }) => `${pluralKind(kind)} (${countText(count)})`);
  return {
    severity: "info",
    title: `${least === all ? "All" : `At least ${shareText(least / all)} of the`} reads and writes are for the filesystem's metadata`,
    evidence: `${countText(least)} of ${countText(all)} touch nothing else, as the layout names the places: most often ${listed(most)}.`,
    advice: ADVICE,
    chart: null,
  };
}

/** Of these alone it is said what they are for. */
type ReadsAndWrites = { readonly [O in "read" | "write"]?: { readonly count: number } };

function countOf({ read, write }: ReadsAndWrites = {}): number {
  return (read?.count ?? 0) + (write?.count ?? 0);
}

function byFlag(evidence: Evidence): Judged {
  const requests = figure(evidence, "requests");
  if (requests === null || requests.byFlag === null) return null;
  const all = requests.total - (requests.byOp.flush?.count ?? 0);
  const { meta } = requests.byFlag;
  if (all < FEWEST_REQUESTS || meta < LEAST_SHARE * all) return null;
  return {
    severity: "info",
    title: `${shareText(meta / all)} of the requests are for the filesystem's metadata`,
    evidence: `${countText(meta)} of ${counted(all, "request")} without the flushes.`,
    advice: ADVICE,
    chart: null,
  };
}
