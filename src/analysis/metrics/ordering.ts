import { type Static, Type } from "typebox";
import type { CompletionBatch, RequestBatch } from "../../model/batch.ts";
import { OPS } from "../../model/ops.ts";
import { IS_DATA_OP } from "../kernels/dataRequest.ts";
import {
  closeRow,
  type OpenRows,
  openBehind,
  openRow,
  overtakenBy,
  placeOfRow,
  startOpenRows,
} from "../kernels/openRows.ts";
import { defineMetric, type View } from "../metric.ts";
import { Count, OpName, Real } from "../schemas.ts";

/** A constant of this module is folded into the code; an imported one is loaded each time. */
const MOVES_DATA = IS_DATA_OP;

const Held = Type.Object({
  /** The trace's row. */
  row: Count,
  op: OpName,
  lengthBytes: Count,
  latencyNs: Real,
  /** Requests issued after it that completed before it. */
  overtakenBy: Count,
  /** Requests issued while it was in flight that had not completed when it did. */
  behind: Count,
});
type Held = Static<typeof Held>;

/** Data requests that completed in another order than that of their issue, device by device. */
export const Ordering = Type.Object({
  completed: Count,
  /** Those of them that at least one later request overtook. */
  overtaken: Count,
  /** The longest in flight, of equals the first row; null: none completed. */
  slowest: Type.Union([Held, Type.Null()]),
  /** Overtaken by most, of equals the first row; null: none was overtaken. */
  mostOvertaken: Type.Union([Held, Type.Null()]),
  /** Requests not followed to their end, because more than 4,096 were in flight. */
  givenUp: Count,
});
export type Ordering = Static<typeof Ordering>;

/** What is held so far: completions of its own moment that are still to come are none that it held up. */
interface Holding extends Held {
  readonly device: number;
  readonly doneNs: number;
  behind: number;
}

interface State {
  /** By device. */
  readonly open: (OpenRows | undefined)[];
  completed: number;
  overtaken: number;
  givenUp: number;
  slowest: Holding | null;
  mostOvertaken: Holding | null;
}

/** Merges issues and completions by time; a completion waits for its own issue. */
function add(state: State, view: View): void {
  const { requests, rows, rowCount, completions, done, doneCount } = view;
  const { issueNs, firstRow } = requests;
  const { row, completeNs } = completions;
  let k = 0;
  for (let d = 0; d < doneCount; d++) {
    const c = done[d]!;
    const atNs = completeNs[c]!;
    const ownRow = row[c]!;
    while (k < rowCount) {
      const i = rows[k]!;
      if (firstRow + i > ownRow && !(issueNs[i]! < atNs)) break;
      addIssued(state, requests, i);
      k++;
    }
    addCompleted(state, completions, c);
  }
  for (; k < rowCount; k++) addIssued(state, requests, rows[k]!);
}

function addIssued(state: State, { op, lengthBytes, device, issueNs, firstRow }: RequestBatch, i: number): void {
  if (MOVES_DATA[op[i]!] === 0 || !(lengthBytes[i]! > 0)) return;
  const open = state.open[device[i]!] ?? meetDevice(state, device[i]!);
  if (openRow(open, firstRow + i, issueNs[i]!)) state.givenUp++;
}

function meetDevice({ open }: State, device: number): OpenRows {
  const ofDevice = startOpenRows();
  open[device] = ofDevice;
  return ofDevice;
}

function addCompleted(state: State, completions: CompletionBatch, c: number): void {
  const open = state.open[completions.device[c]!];
  if (open === undefined) return;
  const row = completions.row[c]!;
  const place = placeOfRow(open, row);
  if (place < 0) return;
  const atNs = completions.completeNs[c]!;
  const latencyNs = atNs - completions.issueNs[c]!;
  const by = overtakenBy(open, place, atNs);
  const { slowest, mostOvertaken } = state;
  state.completed++;
  if (by > 0) state.overtaken++;
  if (slowest !== null && slowest.doneNs === atNs) endBeside(slowest, completions, c);
  if (mostOvertaken !== null && mostOvertaken !== slowest && mostOvertaken.doneNs === atNs)
    endBeside(mostOvertaken, completions, c);
  const isSlowest = isAbove(latencyNs, row, slowest === null ? -1 : slowest.latencyNs, slowest);
  const isMost = by > 0 && isAbove(by, row, mostOvertaken === null ? 0 : mostOvertaken.overtakenBy, mostOvertaken);
  if (isSlowest || isMost) {
    const held = holdingOf(completions, c, by, openBehind(open, place, atNs));
    if (isSlowest) state.slowest = held;
    if (isMost) state.mostOvertaken = held;
  }
  closeRow(open, place, atNs);
}

function holdingOf(completions: CompletionBatch, c: number, by: number, behind: number): Holding {
  const doneNs = completions.completeNs[c]!;
  return {
    row: completions.row[c]!,
    op: OPS[completions.op[c]!]!,
    lengthBytes: completions.lengthBytes[c]!,
    latencyNs: doneNs - completions.issueNs[c]!,
    overtakenBy: by,
    behind,
    device: completions.device[c]!,
    doneNs,
  };
}

function isAbove(value: number, row: number, best: number, held: Held | null): boolean {
  return value > best || (value === best && held !== null && row < held.row);
}

/** Another request ends at the moment at which the held one did: it does not wait behind it. */
function endBeside(held: Holding, { row, device, issueNs }: CompletionBatch, c: number): void {
  if (device[c] === held.device && row[c]! > held.row && issueNs[c]! < held.doneNs) held.behind--;
}

function shown(held: Holding | null): Held | null {
  if (held === null) return null;
  const { device: _, doneNs: __, ...figures } = held;
  return figures;
}

export const ordering = defineMetric({
  id: "ordering",
  schema: Ordering,
  weight: "heavy",
  needs: ["clock", "completion"],
  start: (): State => ({ open: [], completed: 0, overtaken: 0, givenUp: 0, slowest: null, mostOvertaken: null }),
  add,
  finish: ({ completed, overtaken, slowest, mostOvertaken, givenUp }: State): Ordering => ({
    completed,
    overtaken,
    slowest: shown(slowest),
    mostOvertaken: shown(mostOvertaken),
    givenUp,
  }),
});
