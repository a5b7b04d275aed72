import type { Chunk } from "../model/batch.ts";
import type { Process, TraceEnd } from "../model/trace.ts";
import { SEQUENCE_COLUMNS, type Sequence } from "./summary.ts";

/** Rows that a Summary lists at most. */
const SEQUENCE_ROWS = 4096;

/** The first rows of a trace while it goes by. */
export interface SequenceState {
  /** In the order of the columns; the process is still the trace's index. */
  readonly rows: (number | null)[][];
}

const LATENCY = SEQUENCE_COLUMNS.indexOf("latencyNs");
const PROCESS = SEQUENCE_COLUMNS.indexOf("process");

export function startSequence(): SequenceState {
  return { rows: [] };
}

export function addToSequence({ rows }: SequenceState, { requests, completions }: Chunk): void {
  const wanted = Math.min(requests.length, SEQUENCE_ROWS - rows.length);
  for (let i = 0; i < wanted; i++) {
    rows.push([
      requests.op[i]!,
      requests.offsetBytes[i]!,
      requests.lengthBytes[i]!,
      requests.issueNs[i]!,
      null,
      requests.device[i]!,
      requests.process[i]!,
      requests.flags[i]!,
    ]);
  }
  const { row, issueNs, completeNs, length } = completions;
  for (let i = 0; i < length; i++) {
    if (row[i]! >= rows.length) continue;
    const latencyNs = completeNs[i]! - issueNs[i]!;
    if (latencyNs >= 0) rows[row[i]!]![LATENCY] = latencyNs;
  }
}

export function sequenceOf({ rows }: SequenceState, { rows: all, processes }: TraceEnd): Sequence {
  const names = namesOf(rows, processes);
  const place = new Map(names.map((name, index) => [name, index]));
  for (const row of rows) {
    const process = row[PROCESS]!;
    row[PROCESS] = process === 0 ? null : place.get(processes[process]!.name)!;
  }
  return { complete: all <= SEQUENCE_ROWS, columns: SEQUENCE_COLUMNS, requests: rows, processes: names };
}

/** The names of the processes that occur, in the order in which they do. */
function namesOf(rows: SequenceState["rows"], processes: readonly Process[]): string[] {
  const used = new Set(rows.map((row) => row[PROCESS]!));
  used.delete(0);
  return [...new Set([...used].map((index) => processes[index]!.name))];
}
