import { type Static, Type } from "typebox";
import { lowerEdge } from "../kernels/buckets.ts";
import {
  addToHistogram,
  histogramCount,
  histogramMax,
  histogramMean,
  histogramMin,
  type LogHistogram,
  startLogHistogram,
} from "../kernels/logHistogram.ts";
import { octavesOf } from "../kernels/octaves.ts";
import { percentile } from "../kernels/percentile.ts";
import { defineMetric, type View } from "../metric.ts";
import { ByOp, byOp, Count, Real } from "../schemas.ts";

const Sizes = Type.Object({
  count: Count,
  minBytes: Count,
  meanBytes: Real,
  p50Bytes: Count,
  p90Bytes: Count,
  p99Bytes: Count,
  maxBytes: Count,
  /** [lower edge in bytes (a power of two, or 0), requests], ascending, only those that occur. */
  octaves: Type.Array(Type.Array(Count, { minItems: 2, maxItems: 2 })),
});

/** How large the data requests were. */
export const RequestSizes = Type.Object({ byOp: ByOp(Sizes) });
export type RequestSizes = Static<typeof RequestSizes>;

/** By op. */
type State = (LogHistogram | undefined)[];

function add(sizes: State, { requests, rows, rowCount }: View): void {
  const { op, lengthBytes } = requests;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const length = lengthBytes[i]!;
    if (length === 0) continue;
    const code = op[i]!;
    sizes[code] ??= startLogHistogram();
    addToHistogram(sizes[code], length);
  }
}

/** Powers of two and other sizes with few binary digits are lower edges, and so come out exact. */
function figures(sizes: LogHistogram): Static<typeof Sizes> {
  return {
    count: histogramCount(sizes),
    minBytes: histogramMin(sizes),
    meanBytes: histogramMean(sizes),
    p50Bytes: percentile(sizes, 0.5, lowerEdge),
    p90Bytes: percentile(sizes, 0.9, lowerEdge),
    p99Bytes: percentile(sizes, 0.99, lowerEdge),
    maxBytes: histogramMax(sizes),
    octaves: octavesOf(sizes),
  };
}

export const requestSizes = defineMetric({
  id: "requestSizes",
  schema: RequestSizes,
  weight: "light",
  needs: [],
  start: (): State => [],
  add,
  finish: (sizes: State): RequestSizes => ({
    byOp: byOp((op) => {
      const ofOp = sizes[op];
      return ofOp === undefined ? null : figures(ofOp);
    }),
  }),
});
