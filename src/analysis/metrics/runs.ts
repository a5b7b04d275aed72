import { type Static, Type } from "typebox";
import type { RequestBatch } from "../../model/batch.ts";
import { lowerEdge } from "../kernels/buckets.ts";
import { IS_DATA_OP } from "../kernels/dataRequest.ts";
import { type Frequent, frequentTotal, mostFrequent, startFrequent } from "../kernels/frequent.ts";
import {
  addToHistogram,
  histogramCount,
  histogramMax,
  type LogHistogram,
  startLogHistogram,
} from "../kernels/logHistogram.ts";
import { percentile } from "../kernels/percentile.ts";
import {
  bytesOf,
  closeStream,
  continuedSlot,
  extendStream,
  isOpen,
  kindOf,
  MOST_OPEN,
  openStream,
  opOfStream,
  othersSince,
  putAway,
  requestsOf,
  type Streams,
  startStreams,
  takeUp,
} from "../kernels/streams.ts";
import { addStrides, type Strides, startStrides } from "../kernels/strides.ts";
import { defineMetric, type View } from "../metric.ts";
import { ByOp, byOp, Count } from "../schemas.ts";

const MOST_STRIDES = 8;
const OCTAVES = 54;

const Lengths = Type.Object({ p50: Count, p90: Count, p99: Count, max: Count });

const OfOp = Type.Object({
  /** Data requests. */
  requests: Count,
  bytes: Count,
  /** Runs of two requests or more. The other requests stand alone. */
  runs: Count,
  requestsInRuns: Count,
  bytesInRuns: Count,
  /** Of the runs of two requests or more; null without one. */
  lengthRequests: Type.Union([Lengths, Type.Null()]),
  lengthBytes: Type.Union([Lengths, Type.Null()]),
  /** [least requests of a run (a power of two; 1: alone), runs, their requests, their bytes], ascending, only those that occur. */
  octaves: Type.Array(Type.Array(Count, { minItems: 4, maxItems: 4 })),
  /** [streams that had a request in between, requests that continue a run], ascending, only those that occur; 0: at once. */
  interleaved: Type.Array(Type.Array(Count, { minItems: 2, maxItems: 2 })),
  strides: Type.Object({
    /** Requests with one of the same op on their device before. */
    count: Count,
    /** Whether there were so few strides that each was counted exactly. */
    exact: Type.Boolean(),
    /** From the start of one request to the start of the next: those that certainly occur twice, the most frequent first; each that makes up more than 1/64 is among the candidates. */
    commonest: Type.Array(Type.Object({ strideBytes: Type.Integer(), atLeast: Count, atMost: Count }), {
      maxItems: MOST_STRIDES,
    }),
  }),
});

/**
 * Sequential runs. A request continues a stream when it starts where the stream's last request, of the same op and device, ended;
 * at most openStreams are followed at a time, the least recently used ends.
 */
export const Runs = Type.Object({ openStreams: Count, byOp: ByOp(OfOp) });
export type Runs = Static<typeof Runs>;

interface OpState {
  readonly requests: LogHistogram;
  readonly bytes: LogHistogram;
  /** [octave of the length in requests][runs, requests, bytes] */
  readonly octaves: Float64Array;
  readonly interleaved: Float64Array;
}

interface State {
  readonly streams: Streams;
  readonly byOp: (OpState | undefined)[];
  readonly strides: Strides;
}

export const runs = defineMetric({
  id: "runs",
  schema: Runs,
  weight: "heavy",
  needs: [],
  start: (): State => ({ streams: startStreams(), byOp: [], strides: startStrides() }),
  add,
  finish: (state): Runs => {
    takeUp(state.streams);
    for (let slot = 0; slot < MOST_OPEN; slot++) endRun(state, slot);
    putAway(state.streams);
    return {
      openStreams: MOST_OPEN,
      byOp: byOp((op) => {
        const ofOp = state.byOp[op];
        return ofOp === undefined ? null : figures(ofOp, state.strides.byOp[op] ?? startFrequent());
      }),
    };
  },
});

function startOp(): OpState {
  return {
    requests: startLogHistogram(),
    bytes: startLogHistogram(),
    octaves: new Float64Array(OCTAVES * 3),
    interleaved: new Float64Array(MOST_OPEN),
  };
}

function add(state: State, { requests, rows, rowCount }: View): void {
  addStrides(state.strides, requests, rows, rowCount);
  takeUp(state.streams);
  followStreams(state, requests, rows, rowCount);
  putAway(state.streams);
}

function followStreams(state: State, requests: RequestBatch, rows: Uint32Array, rowCount: number): void {
  const { op, device, offsetBytes, lengthBytes } = requests;
  const { streams, byOp: ofOps } = state;
  const movesData = IS_DATA_OP;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const code = op[i]!;
    const length = lengthBytes[i]!;
    if (movesData[code] === 0 || !(length > 0)) continue;
    const offset = offsetBytes[i]!;
    ofOps[code] ??= startOp();
    const kind = kindOf(device[i]!, code);
    let slot = continuedSlot(streams, kind, offset);
    if (slot >= 0) ofOps[code].interleaved[othersSince(streams, slot)]!++;
    else {
      slot = streams.oldest;
      endRun(state, slot);
      openStream(slot, kind);
    }
    extendStream(streams, slot, offset, length);
  }
}

function endRun({ byOp: ofOps }: State, slot: number): void {
  if (!isOpen(slot)) return;
  const { requests, bytes, octaves } = ofOps[opOfStream(slot)]!;
  const ofRun = requestsOf(slot);
  const bytesOfRun = bytesOf(slot);
  let octave = 0;
  if (ofRun > 1) {
    addToHistogram(requests, ofRun);
    addToHistogram(bytes, bytesOfRun);
    octave = Math.floor(Math.log2(ofRun)) * 3;
  }
  octaves[octave]!++;
  octaves[octave + 1]! += ofRun;
  octaves[octave + 2]! += bytesOfRun;
  closeStream(slot);
}

function figures({ requests, bytes, octaves, interleaved }: OpState, strides: Frequent): Static<typeof OfOp> {
  const rows = Array.from({ length: OCTAVES }, (_, o) => [
    2 ** o,
    octaves[o * 3]!,
    octaves[o * 3 + 1]!,
    octaves[o * 3 + 2]!,
  ]);
  const sumFrom = (first: number, column: number) => rows.slice(first).reduce((sum, row) => sum + row[column]!, 0);
  return {
    requests: sumFrom(0, 2),
    bytes: sumFrom(0, 3),
    runs: sumFrom(1, 1),
    requestsInRuns: sumFrom(1, 2),
    bytesInRuns: sumFrom(1, 3),
    lengthRequests: lengths(requests),
    lengthBytes: lengths(bytes),
    octaves: rows.filter(([, count]) => count! > 0),
    interleaved: Array.from(interleaved, (count, others) => [others, count]).filter(([, count]) => count! > 0),
    strides: {
      count: frequentTotal(strides),
      exact: strides.isExact,
      commonest: mostFrequent(strides, 2)
        .slice(0, MOST_STRIDES)
        .map(({ value, atLeast, atMost }) => ({ strideBytes: value, atLeast, atMost })),
    },
  };
}

function lengths(histogram: LogHistogram): Static<typeof Lengths> | null {
  if (histogramCount(histogram) === 0) return null;
  return {
    p50: percentile(histogram, 0.5, lowerEdge),
    p90: percentile(histogram, 0.9, lowerEdge),
    p99: percentile(histogram, 0.99, lowerEdge),
    max: histogramMax(histogram),
  };
}
