import type { Chunk } from "../model/batch.ts";
import { endInCompany, type InCompany, isQuiet, issueInCompany, letAllIn } from "./company.ts";
import type { Part } from "./scopes/part.ts";

/** How many issues and ends of a chunk are behind. */
export interface Reached {
  issues: number;
  ends: number;
}

/** By request of the chunk at hand 1 where it is still open when the stretch ends; 0 everywhere between two calls. */
let staysOpen = new Uint8Array(0);

/**
 * While nobody's company may be asked for, nothing needs an order: of a chunk's first issues and ends only those
 * requests are told that stay open. The stretch ends before the first request that may be asked for is issued.
 */
export function passQuietStretch(
  company: InCompany,
  chunk: Chunk,
  issued: Part,
  done: Part,
  isAsked: Uint8Array,
  reached: Reached,
): void {
  reached.issues = 0;
  reached.ends = 0;
  if (!isQuiet(company, issued.count)) return;
  const quiet = quietIssues(issued, isAsked);
  reach(reached, chunk, issued, quiet, done);
  if (reached.issues === 0) reached.ends = 0;
  else passTo(reached, company, chunk, issued, done, isAsked);
}

/** How many are issued before the first that may be asked for. */
function quietIssues({ index, count }: Part, isAsked: Uint8Array): number {
  let k = 0;
  while (k < count && isAsked[index[k]!] === 0) k++;
  return k;
}

/**
 * The ends that come before a request is issued, and the issues that come before the last of them. One without a
 * plausible time ends the stretch: it leaves later.
 */
function reach(reached: Reached, { requests, completions }: Chunk, issued: Part, quiet: number, done: Part): void {
  const { firstRow, issueNs } = requests;
  const { row, completeNs } = completions;
  const nextRow = quiet < issued.count ? firstRow + issued.index[quiet]! : Number.POSITIVE_INFINITY;
  const nextNs = quiet < issued.count ? issueNs[issued.index[quiet]!]! : Number.POSITIVE_INFINITY;
  let lastRow = -1;
  let lastNs = Number.NEGATIVE_INFINITY;
  let d = 0;
  for (; d < done.count; d++) {
    const c = done.index[d]!;
    const ownRow = row[c]!;
    const atNs = completeNs[c]!;
    if (ownRow >= nextRow || !(atNs <= nextNs)) break;
    if (ownRow > lastRow) lastRow = ownRow;
    if (atNs > lastNs) lastNs = atNs;
  }
  let k = quiet;
  for (; k > 0; k--) {
    const i = issued.index[k - 1]!;
    if (firstRow + i <= lastRow || issueNs[i]! < lastNs) break;
  }
  reached.ends = d;
  reached.issues = k;
}

function passTo(
  { issues, ends }: Reached,
  company: InCompany,
  { requests, completions }: Chunk,
  issued: Part,
  done: Part,
  isAsked: Uint8Array,
): void {
  const { firstRow, length } = requests;
  if (staysOpen.length < length) staysOpen = new Uint8Array(2 * length);
  letAllIn(company);
  for (let k = 0; k < issues; k++) staysOpen[issued.index[k]!] = 1;
  for (let d = 0; d < ends; d++) {
    const c = done.index[d]!;
    const i = completions.row[c]! - firstRow;
    if (i >= 0) staysOpen[i] = 0;
    else endInCompany(company, completions, c);
  }
  for (let k = 0; k < issues; k++) {
    const i = issued.index[k]!;
    if (staysOpen[i] !== 0) issueInCompany(company, requests, i, isAsked[i]!);
    staysOpen[i] = 0;
  }
  letAllIn(company);
}
