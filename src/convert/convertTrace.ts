import { counted, countText } from "../model/quantities.ts";
import { anonymous } from "./anonymous.ts";
import type { Extents, ReadTrace, Survey } from "./extents.ts";
import { notCarried } from "./notCarried.ts";
import { JoinedRows, MOST_WAITING, type Rows } from "./rows.ts";
import { type Selection, selector } from "./selection.ts";
import { sourceOf } from "./source.ts";
import type { Target } from "./target.ts";

export interface Conversion {
  readonly target: Target;
  readonly survey: Survey;
  readonly selection: Selection;
  /** Of the selection. */
  readonly extents: Extents;
  readonly anonymize: boolean;
}

/** What became of a trace. */
export interface Converted {
  /** Requests written. */
  readonly requests: number;
  /** What the output does not say: one sentence each. */
  readonly notes: readonly string[];
}

/** Reads a trace once more and writes the selected requests, in pieces that are no larger than what is read at a time. */
export async function convertTrace(
  read: ReadTrace,
  { target, survey, selection, extents, anonymize }: Conversion,
  write: (piece: Uint8Array) => void,
): Promise<Converted> {
  const plain = sourceOf(survey.end, selection, extents);
  const { source, rebase } = anonymize ? anonymous(plain) : { source: plain, rebase: () => {} };
  const writer = target.writer(source);
  let requests = 0;
  const joined = new JoinedRows((rows: Rows) => {
    requests += rows.length;
    rebase(rows);
    write(writer.add(rows));
  });
  const select = selector(selection);
  const awaits = target.completions && source.recorded.completion;
  await read((chunk) => {
    joined.add(chunk.requests, select(chunk.requests));
    if (!awaits) return joined.finish();
    joined.complete(chunk.completions);
    joined.handOn();
  });
  joined.finish();
  write(writer.finish());
  return {
    requests: requests - writer.leftOut(),
    notes: [...notCarried(target, plain), ...notAwaited(joined.notAwaited), ...writer.notes()],
  };
}

function notAwaited(count: number): string[] {
  if (count === 0) return [];
  return [
    `${counted(count, "request")} written without a completion: none came within ${countText(MOST_WAITING)} requests`,
  ];
}
