import { bytesText, countText, shareText } from "../model/quantities.ts";
import { figure } from "./figures.ts";
import type { Finding } from "./finding.ts";
import { isOnFilesystemItself } from "./structures.ts";

const FEWEST_WRITES = 30;
const LEAST_SHARE = 0.5;

export const journalShare: Finding = {
  id: "journal-share",
  question: "Is most of what is written the journal?",
  why: "What goes through a journal is written twice: there first, and at its own place later. Where the journal is most of it, small changes are committed one by one, or the data itself is journalled.",
  source: {
    title: "Linux, Documentation/filesystems/ext4/journal.rst",
    url: "https://docs.kernel.org/filesystems/ext4/journal.html",
  },
  judge(evidence) {
    const requests = figure(evidence, "requests");
    const targets = figure(evidence, "targets");
    if (requests === null || targets === null || isOnFilesystemItself(targets)) return null;
    const all = requests.byOp.write;
    const journal = targets.byKind.journal?.write;
    if (all === undefined || journal === undefined || all.count < FEWEST_WRITES) return null;
    if (journal.bytes < LEAST_SHARE * all.bytes) return null;
    return {
      severity: "info",
      title: `${shareText(journal.bytes / all.bytes)} of what is written goes to the journal`,
      evidence: `${bytesText(journal.bytes)} of ${bytesText(all.bytes)}, in ${countText(journal.count)} of ${countText(all.count)} writes.`,
      advice:
        "Fewer calls of fsync, or a longer time between commits (commit=), put more into one commit; data=ordered keeps file data out of it; a journal on another device takes it from this one.",
      chart: null,
    };
  },
};
