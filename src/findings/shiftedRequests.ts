import { bytesText, counted, shareText } from "../model/quantities.ts";
import type { Evidence, Finding } from "./finding.ts";
import { partitionsOf, START_ON_A_BOUNDARY } from "./partitions.ts";
import { listedRequests } from "./requestsOfScope.ts";

const BLOCK_BYTES = 4096;
/** Below, a few metadata blocks of the same kind agree by chance. */
const FEWEST_REQUESTS = 20;
const LEAST_SHARE = 0.9;
/** A file whose blocks of 1 KiB or 2 KiB lie in a row is shifted by whole ones without any partition. */
const SMALLEST_FILESYSTEM_BLOCK = 1024;

/** How many requests of whole blocks begin how far past a block boundary: the commonest remainder. */
function commonestShift(evidence: Evidence): { shift: number; count: number; all: number } {
  const counts = new Map<number, number>();
  let all = 0;
  for (const { offsetBytes, lengthBytes } of listedRequests(evidence)) {
    if (lengthBytes === 0 || lengthBytes % BLOCK_BYTES !== 0) continue;
    const shift = offsetBytes % BLOCK_BYTES;
    counts.set(shift, (counts.get(shift) ?? 0) + 1);
    all++;
  }
  const [shift, count] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0]);
  return { shift, count, all };
}

export const shiftedRequests: Finding = {
  id: "shifted-requests",
  question: "Are the requests shifted by the same distance?",
  why: "Requests of whole blocks that all begin the same distance past a block boundary point to a partition that starts there. It is a guess, since neither the trace nor the side file says where partitions start.",
  source: { title: "virt-alignment-scan(1)", url: "https://libguestfs.org/virt-alignment-scan.1.html" },
  judge(evidence) {
    if (partitionsOf(evidence).length > 0) return null;
    const { shift, count, all } = commonestShift(evidence);
    if (shift % SMALLEST_FILESYSTEM_BLOCK === 0 || count < FEWEST_REQUESTS || count < LEAST_SHARE * all) return null;
    return {
      severity: "info",
      title: `Requests of whole blocks begin ${bytesText(shift)} past a 4 KiB boundary`,
      evidence: `${shareText(count / all)} of ${counted(all, "request")} whose length is a multiple of 4 KiB do. Where partitions start is not recorded.`,
      advice: `Look where the partition starts (sfdisk --dump). ${START_ON_A_BOUNDARY}`,
      chart: "alignment",
    };
  },
};
