import { type Static, Type } from "typebox";
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
import { Count, Real } from "../schemas.ts";

const Held = Type.Object({
  /** The trace's row. */
  row: Count,
  op: Type.String(),
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
  /** The longest in flight, of equals the first to complete; null: none completed. */
  slowest: Type.Union([Held, Type.Null()]),
  /** Overtaken by most, of equals the first to complete; null: none was overtaken. */
  mostOvertaken: Type.Union([Held, Type.Null()]),
  /** Requests not followed to their end, because more than 4,096 were in flight. */
  givenUp: Count,
});
export type Ordering = Static<typeof Ordering>;

interface State {
  /** By device. */
  readonly open: (OpenRows | undefined)[];
  completed: number;
  overtaken: number;
  givenUp: number;
  slowest: Held | null;
  mostOvertaken: Held | null;
}

/** Merges issues and completions by time; a completion waits for its own issue. */
function add(state: State, view: View): void {
  const { requests, rows, rowCount, completions, done, doneCount } = view;
  let k = 0;
  for (let d = 0; d < doneCount; d++) {
    const c = done[d]!;
    const atNs = completions.completeNs[c]!;
    while (k < rowCount) {
      const i = rows[k]!;
      if (requests.firstRow + i > completions.row[c]! && !(requests.issueNs[i]! < atNs)) break;
      addIssued(state, view, i);
      k++;
    }
    addCompleted(state, view, c);
  }
  for (; k < rowCount; k++) addIssued(state, view, rows[k]!);
}

function addIssued(state: State, { requests }: View, i: number): void {
  if (IS_DATA_OP[requests.op[i]!] === 0 || !(requests.lengthBytes[i]! > 0)) return;
  const device = requests.device[i]!;
  state.open[device] ??= startOpenRows();
  if (openRow(state.open[device], requests.firstRow + i, requests.issueNs[i]!)) state.givenUp++;
}

function addCompleted(state: State, { completions }: View, c: number): void {
  const open = state.open[completions.device[c]!];
  const place = open === undefined ? -1 : placeOfRow(open, completions.row[c]!);
  if (open === undefined || place < 0) return;
  const atNs = completions.completeNs[c]!;
  const latencyNs = atNs - completions.issueNs[c]!;
  const by = overtakenBy(open, place, atNs);
  state.completed++;
  if (by > 0) state.overtaken++;
  const isSlowest = latencyNs > (state.slowest?.latencyNs ?? -1);
  const isMost = by > (state.mostOvertaken?.overtakenBy ?? 0);
  if (isSlowest || isMost) {
    const held: Held = {
      row: completions.row[c]!,
      op: OPS[completions.op[c]!]!,
      lengthBytes: completions.lengthBytes[c]!,
      latencyNs,
      overtakenBy: by,
      behind: openBehind(open, place, atNs),
    };
    if (isSlowest) state.slowest = held;
    if (isMost) state.mostOvertaken = held;
  }
  closeRow(open, place, atNs);
}

export const ordering = defineMetric({
  id: "ordering",
  schema: Ordering,
  weight: "heavy",
  needs: ["clock", "completion"],
  start: (): State => ({ open: [], completed: 0, overtaken: 0, givenUp: 0, slowest: null, mostOvertaken: null }),
  add,
  finish: ({ open: _, ...figures }: State): Ordering => figures,
});
