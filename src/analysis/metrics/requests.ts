import { type Static, Type } from "typebox";
import { EVENT_CODE } from "../../model/batch.ts";
import { FLAG, OPS, PRIORITY } from "../../model/ops.ts";
import { PER_DEVICE, roomForDevice, startPrevious } from "../kernels/previous.ts";
import { defineMetric, type View } from "../metric.ts";
import { ByOp, byOp, Count } from "../schemas.ts";

const CountAndBytes = Type.Object({ count: Count, bytes: Count });

/** How many requests there were. A request is sequential that starts where the previous data request (in byOp: of that op) on its device ended. */
export const Requests = Type.Object({
  total: Count,
  sequential: Count,
  byOp: ByOp(Type.Object({ count: Count, bytes: Count, sequential: Count })),
  /** Flushes as queued by the filesystem; byOp.flush counts those issued. null: the trace does not record the bios that were queued. */
  flushesRequested: Type.Union([Count, Type.Null()]),
  /** SCSI and other passthrough commands: in no total. */
  passthrough: Count,
  /** Requests with the flag set, where the format records flags. */
  byFlag: Type.Union([
    Type.Object({ fua: Count, sync: Count, meta: Count, readAhead: Count, preflush: Count }),
    Type.Null(),
  ]),
  /** What those requests moved, by flag. */
  bytesByFlag: Type.Optional(
    Type.Union([Type.Object({ fua: Count, sync: Count, meta: Count, readAhead: Count, preflush: Count }), Type.Null()]),
  ),
  /** Requests by the class of their I/O priority; those without one are in none. null: no request has one. */
  byPriority: Type.Optional(
    Type.Union([Type.Object({ realtime: CountAndBytes, bestEffort: CountAndBytes, idle: CountAndBytes }), Type.Null()]),
  ),
  /** Bios merged into requests, not counting the one that made each. null: merges are not recorded. */
  mergedBios: Type.Union([Count, Type.Null()]),
});
export type Requests = Static<typeof Requests>;

const FLAG_SETS = 256;

interface State {
  readonly count: Float64Array;
  readonly bytes: Float64Array;
  readonly sequentialOfOp: Float64Array;
  sequential: number;
  /** Requests with each set of flags. */
  readonly withFlags: Float64Array;
  readonly bytesWithFlags: Float64Array;
  mergedBios: number;
  flushesRequested: number;
  passthrough: number;
  previousEnd: Float64Array;
}

function start(): State {
  return {
    count: new Float64Array(OPS.length),
    bytes: new Float64Array(OPS.length),
    sequentialOfOp: new Float64Array(OPS.length),
    sequential: 0,
    withFlags: new Float64Array(FLAG_SETS),
    bytesWithFlags: new Float64Array(FLAG_SETS),
    mergedBios: 0,
    flushesRequested: 0,
    passthrough: 0,
    previousEnd: startPrevious(),
  };
}

function addCounts(state: State, { requests, rows, rowCount }: View): void {
  const { op, flags, lengthBytes, mergedBios } = requests;
  const { count, bytes, withFlags, bytesWithFlags } = state;
  let merged = 0;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const code = op[i]!;
    count[code]!++;
    bytes[code]! += lengthBytes[i]!;
    const set = flags[i]! & (FLAG_SETS - 1);
    withFlags[set]!++;
    bytesWithFlags[set]! += lengthBytes[i]!;
    merged += mergedBios[i]!;
  }
  state.mergedBios += merged;
}

function addSequential(state: State, { requests, rows, rowCount }: View): void {
  const { op, device, offsetBytes, lengthBytes } = requests;
  const { sequentialOfOp } = state;
  let ends = state.previousEnd;
  let sequential = 0;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const length = lengthBytes[i]!;
    if (length === 0) continue;
    const base = device[i]! * PER_DEVICE;
    if (base >= ends.length) ends = roomForDevice(ends, device[i]!);
    const own = base + 1 + op[i]!;
    const offset = offsetBytes[i]!;
    if (offset === ends[base]!) sequential++;
    if (offset === ends[own]!) sequentialOfOp[op[i]!]!++;
    ends[base] = offset + length;
    ends[own] = offset + length;
  }
  state.sequential += sequential;
  state.previousEnd = ends;
}

function addEvents(state: State, { events, eventRows, eventCount }: View): void {
  const { kind } = events;
  for (let k = 0; k < eventCount; k++) {
    const code = kind[eventRows[k]!]!;
    if (code === EVENT_CODE.flushRequested) state.flushesRequested++;
    else if (code === EVENT_CODE.passthrough) state.passthrough++;
  }
}

/** The sum over the sets that have a flag. */
function withFlag(bySet: Float64Array, flag: number): number {
  return bySet.reduce((sum, some, flags) => ((flags & flag) === 0 ? sum : sum + some), 0);
}

function byFlag(bySet: Float64Array) {
  return {
    fua: withFlag(bySet, FLAG.fua),
    sync: withFlag(bySet, FLAG.sync),
    meta: withFlag(bySet, FLAG.meta),
    readAhead: withFlag(bySet, FLAG.readAhead),
    preflush: withFlag(bySet, FLAG.preflush),
  };
}

function byPriority({ withFlags, bytesWithFlags }: State): NonNullable<Requests["byPriority"]> | null {
  const of = (flag: number) => ({ count: withFlag(withFlags, flag), bytes: withFlag(bytesWithFlags, flag) });
  const classes = { realtime: of(PRIORITY.realtime), bestEffort: of(PRIORITY.bestEffort), idle: of(PRIORITY.idle) };
  return Object.values(classes).some(({ count }) => count > 0) ? classes : null;
}

export const requests = defineMetric({
  id: "requests",
  schema: Requests,
  weight: "light",
  needs: [],
  start,
  add: (state: State, view) => {
    addCounts(state, view);
    addSequential(state, view);
    addEvents(state, view);
  },
  finish: (state: State, { trace: { recorded } }): Requests => ({
    total: state.count.reduce((sum, count) => sum + count, 0),
    sequential: state.sequential,
    byOp: byOp((op) => {
      const count = state.count[op]!;
      return count === 0 ? null : { count, bytes: state.bytes[op]!, sequential: state.sequentialOfOp[op]! };
    }),
    flushesRequested: recorded.bios ? state.flushesRequested : null,
    passthrough: state.passthrough,
    byFlag: recorded.flags ? byFlag(state.withFlags) : null,
    bytesByFlag: recorded.flags ? byFlag(state.bytesWithFlags) : null,
    byPriority: recorded.flags ? byPriority(state) : null,
    mergedBios: recorded.merges ? state.mergedBios : null,
  }),
});
