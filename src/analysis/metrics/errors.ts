import { type Static, Type } from "typebox";
import { OPS } from "../../model/ops.ts";
import { defineMetric, type View } from "../metric.ts";
import { ByOp, byOp, Count } from "../schemas.ts";

/** Requests that the device completed with an error. */
export const Errors = Type.Object({
  total: Count,
  byOp: ByOp(Count),
  /** [errno, requests], ascending by errno. */
  byErrno: Type.Array(Type.Array(Count, { minItems: 2, maxItems: 2 })),
});
export type Errors = Static<typeof Errors>;

interface State {
  readonly byOp: Float64Array;
  readonly byErrno: Map<number, number>;
}

function add(state: State, { completions, done, doneCount }: View): void {
  const { op, error } = completions;
  for (let k = 0; k < doneCount; k++) {
    const i = done[k]!;
    const errno = error[i]!;
    if (errno === 0) continue;
    state.byOp[op[i]!]!++;
    state.byErrno.set(errno, (state.byErrno.get(errno) ?? 0) + 1);
  }
}

export const errors = defineMetric({
  id: "errors",
  schema: Errors,
  weight: "light",
  needs: ["error"],
  start: (): State => ({ byOp: new Float64Array(OPS.length), byErrno: new Map() }),
  add,
  finish: (state: State): Errors => ({
    total: state.byOp.reduce((sum, count) => sum + count, 0),
    byOp: byOp((op) => state.byOp[op] || null),
    byErrno: [...state.byErrno].sort(([a], [b]) => a - b),
  }),
});
