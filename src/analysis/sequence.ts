import type { Chunk } from "../model/batch.ts";
import type { Process, TraceEnd } from "../model/trace.ts";
import { SEQUENCE_COLUMNS, type Sequence } from "./summary.ts";
import type { Placement } from "./targets/placement.ts";
import { targetText } from "./targets/targetText.ts";

/** Rows that a Summary lists at most. */
const SEQUENCE_ROWS = 4096;

/** The first rows of a trace while it goes by. */
export interface SequenceState {
  /** In the order of the columns; the process is still the trace's index. */
  readonly rows: (number | null)[][];
  /** Names what the rows touched; null without a layout. */
  readonly placement: Placement | null;
  /** What they touched, each once, with its place in this list. */
  readonly targets: Map<string, number>;
}

const LATENCY = SEQUENCE_COLUMNS.indexOf("latencyNs");
const PROCESS = SEQUENCE_COLUMNS.indexOf("process");

export function startSequence(placement: Placement | null = null): SequenceState {
  return { rows: [], placement, targets: new Map() };
}

export function addToSequence(state: SequenceState, { requests, completions }: Chunk): void {
  const { rows } = state;
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
      targetOf(state, requests.device[i]!, requests.offsetBytes[i]!, requests.lengthBytes[i]!),
    ]);
  }
  const { row, issueNs, completeNs, length } = completions;
  for (let i = 0; i < length; i++) {
    if (row[i]! >= rows.length) continue;
    const latencyNs = completeNs[i]! - issueNs[i]!;
    if (latencyNs >= 0) rows[row[i]!]![LATENCY] = latencyNs;
  }
}

/** The place of what a request touches in the list of targets; null: nothing that has a name. */
function targetOf({ placement, targets }: SequenceState, device: number, offsetBytes: number, lengthBytes: number) {
  if (placement === null || lengthBytes === 0) return null;
  const name = targetText(placement, device, offsetBytes, lengthBytes);
  if (name === null) return null;
  const known = targets.get(name) ?? targets.size;
  targets.set(name, known);
  return known;
}

export function sequenceOf({ rows, targets }: SequenceState, { rows: all, processes }: TraceEnd): Sequence {
  const names = namesOf(rows, processes);
  const place = new Map(names.map((name, index) => [name, index]));
  for (const row of rows) {
    const process = row[PROCESS]!;
    row[PROCESS] = process === 0 ? null : place.get(processes[process]!.name)!;
  }
  return {
    complete: all <= SEQUENCE_ROWS,
    columns: SEQUENCE_COLUMNS,
    requests: rows,
    processes: names,
    targets: [...targets.keys()],
  };
}

/** The names of the processes that occur, in the order in which they do. */
function namesOf(rows: SequenceState["rows"], processes: readonly Process[]): string[] {
  const used = new Set(rows.map((row) => row[PROCESS]!));
  used.delete(0);
  return [...new Set([...used].map((index) => processes[index]!.name))];
}
