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

/** As many as their bits make; the bits above them are the op's. */
const FLAG_SETS = 256;
// Constants of this module are folded into the code; imported ones are loaded each time.
const FLUSH_REQUESTED = EVENT_CODE.flushRequested;
const PASSTHROUGH = EVENT_CODE.passthrough;

interface State {
  /** By op · FLAG_SETS + set of flags. */
  readonly count: Float64Array;
  readonly bytes: Float64Array;
  readonly sequentialOfOp: Float64Array;
  sequential: number;
  mergedBios: number;
  flushesRequested: number;
  passthrough: number;
  previousEnd: Float64Array;
}

function start(): State {
  return {
    count: new Float64Array(OPS.length * FLAG_SETS),
    bytes: new Float64Array(OPS.length * FLAG_SETS),
    sequentialOfOp: new Float64Array(OPS.length),
    sequential: 0,
    mergedBios: 0,
    flushesRequested: 0,
    passthrough: 0,
    previousEnd: startPrevious(),
  };
}

function addRequests(state: State, { requests, rows, rowCount }: View): void {
  const { op, flags, device, offsetBytes, lengthBytes, mergedBios } = requests;
  const { count, bytes, sequentialOfOp } = state;
  let ends = state.previousEnd;
  let sequential = 0;
  let merged = 0;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const code = op[i]!;
    const length = lengthBytes[i]!;
    const kind = code * FLAG_SETS + (flags[i]! & (FLAG_SETS - 1));
    count[kind]!++;
    bytes[kind]! += length;
    merged += mergedBios[i]!;
    if (length === 0) continue;
    const base = device[i]! * PER_DEVICE;
    if (base >= ends.length) ends = roomForDevice(ends, device[i]!);
    const own = base + 1 + code;
    const offset = offsetBytes[i]!;
    if (offset === ends[base]!) sequential++;
    if (offset === ends[own]!) sequentialOfOp[code]!++;
    ends[base] = offset + length;
    ends[own] = offset + length;
  }
  state.mergedBios += merged;
  state.sequential += sequential;
  state.previousEnd = ends;
}

function addEvents(state: State, { events, eventRows, eventCount }: View): void {
  const { kind } = events;
  for (let k = 0; k < eventCount; k++) {
    const code = kind[eventRows[k]!]!;
    if (code === FLUSH_REQUESTED) state.flushesRequested++;
    else if (code === PASSTHROUGH) state.passthrough++;
  }
}

function ofOp(numbers: Float64Array, op: number): number {
  return sum(numbers.subarray(op * FLAG_SETS, (op + 1) * FLAG_SETS));
}

/** The sum over the sets that have a flag. */
function withFlag(numbers: Float64Array, flag: number): number {
  return numbers.reduce((total, some, kind) => ((kind & flag) === 0 ? total : total + some), 0);
}

function sum(numbers: Float64Array): number {
  return numbers.reduce((total, some) => total + some, 0);
}

function byFlag(numbers: Float64Array) {
  return {
    fua: withFlag(numbers, FLAG.fua),
    sync: withFlag(numbers, FLAG.sync),
    meta: withFlag(numbers, FLAG.meta),
    readAhead: withFlag(numbers, FLAG.readAhead),
    preflush: withFlag(numbers, FLAG.preflush),
  };
}

function byPriority({ count, bytes }: State): NonNullable<Requests["byPriority"]> | null {
  const of = (flag: number) => ({ count: withFlag(count, flag), bytes: withFlag(bytes, flag) });
  const classes = { realtime: of(PRIORITY.realtime), bestEffort: of(PRIORITY.bestEffort), idle: of(PRIORITY.idle) };
  return Object.values(classes).some((ofClass) => ofClass.count > 0) ? classes : null;
}

export const requests = defineMetric({
  id: "requests",
  schema: Requests,
  weight: "light",
  needs: [],
  start,
  add: (state: State, view) => {
    addRequests(state, view);
    addEvents(state, view);
  },
  finish: (state: State, { trace: { recorded } }): Requests => ({
    total: sum(state.count),
    sequential: state.sequential,
    byOp: byOp((op) => {
      const count = ofOp(state.count, op);
      return count === 0 ? null : { count, bytes: ofOp(state.bytes, op), sequential: state.sequentialOfOp[op]! };
    }),
    flushesRequested: recorded.bios ? state.flushesRequested : null,
    passthrough: state.passthrough,
    byFlag: recorded.flags ? byFlag(state.count) : null,
    bytesByFlag: recorded.flags ? byFlag(state.bytes) : null,
    byPriority: recorded.flags ? byPriority(state) : null,
    mergedBios: recorded.merges ? state.mergedBios : null,
  }),
});
