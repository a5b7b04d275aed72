import { historyOf } from "../compare/history.ts";
import type { PlannedFile } from "../io/publish.ts";
import { historyChartPath } from "../report/pages/links.ts";
import type { HistoryEntry } from "../report/siteModel.ts";
import type { Bench } from "./bench.ts";
import { drawn } from "./drawn.ts";
import type { Failure } from "./outcome.ts";
import { contentKey } from "./prepareTrace.ts";
import type { KeyedSummary } from "./readTrace.ts";

export interface PreparedHistory {
  readonly key: string;
  readonly entry: HistoryEntry;
  readonly files: readonly PlannedFile[];
  readonly failures: readonly Failure[];
}

/** The recordings of the same work, as their side files say, in the order of their names. */
export function prepareHistories(bench: Bench, reads: readonly KeyedSummary[]): Promise<readonly PreparedHistory[]> {
  const byName = new Map<string, KeyedSummary[]>();
  for (const read of reads) {
    const of = read.trace.history?.of;
    if (of !== undefined) byName.set(of, [...(byName.get(of) ?? []), read]);
  }
  const names = [...byName.keys()].sort();
  bench.progress.expect(names.length);
  return Promise.all(names.map((of) => prepareHistory(bench, of, byName.get(of)!)));
}

async function prepareHistory(bench: Bench, of: string, reads: readonly KeyedSummary[]): Promise<PreparedHistory> {
  const summaries = reads.map(({ summary }) => summary);
  const key = JSON.stringify([of, ...reads.map((read) => read.key)]);
  const { figures, files, failures } = await drawn(bench, {
    subject: `history ${of}`,
    kind: "history",
    key,
    draw: (folder) => bench.pool.run("drawHistoryTask", { of, summaries, folder }),
    pathOf: (name) => historyChartPath(of, name),
  });
  return {
    key: contentKey([key, failures]),
    entry: { slug: of, history: historyOf(of, summaries), figures: figures() },
    files,
    failures,
  };
}
