import { type Static, Type } from "typebox";
import { OPS } from "../../model/ops.ts";
import { defineMetric, type View } from "../metric.ts";
import { ByOp, byOp, Count } from "../schemas.ts";

const Aligned = ByOp(Type.Object({ aligned: Count, unaligned: Count }));

/** A data request is aligned to a boundary when offset and length are both multiples of it. */
export const Alignment = Type.Object({
  boundaryBytes: Type.Literal(4096),
  byOp: Aligned,
  /** Twelve boundaries, 512 B to 1 MiB, each double the one before. */
  byBoundary: Type.Array(Type.Object({ boundaryBytes: Count, byOp: Aligned })),
});
export type Alignment = Static<typeof Alignment>;

const SMALLEST_BITS = 9;
const LARGEST_BITS = 20;
const BELOW_LARGEST = 2 ** LARGEST_BITS - 1;
const PER_OP = LARGEST_BITS + 1;
const BOUNDARIES = Array.from({ length: LARGEST_BITS - SMALLEST_BITS + 1 }, (_, i) => 2 ** (SMALLEST_BITS + i));

/** Counts data requests by op and by the zeros at the end of offset and length in binary, 20 at most. */
function add(counts: Float64Array, { requests, rows, rowCount }: View): void {
  const { op, offsetBytes, lengthBytes } = requests;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const length = lengthBytes[i]!;
    if (length === 0) continue;
    const bits = (offsetBytes[i]! | length) & BELOW_LARGEST;
    const zeros = bits === 0 ? LARGEST_BITS : 31 - Math.clz32(bits & -bits);
    counts[op[i]! * PER_OP + zeros]!++;
  }
}

function alignedTo(boundaryBytes: number, counts: Float64Array): Alignment["byOp"] {
  const bits = Math.log2(boundaryBytes);
  return byOp((op) => {
    const byZeros = counts.subarray(op * PER_OP, (op + 1) * PER_OP);
    const aligned = byZeros.subarray(bits).reduce((sum, count) => sum + count, 0);
    const unaligned = byZeros.subarray(0, bits).reduce((sum, count) => sum + count, 0);
    return aligned + unaligned === 0 ? null : { aligned, unaligned };
  });
}

export const alignment = defineMetric({
  id: "alignment",
  schema: Alignment,
  weight: "light",
  needs: [],
  start: () => new Float64Array(OPS.length * PER_OP),
  add,
  finish: (counts: Float64Array): Alignment => ({
    boundaryBytes: 4096,
    byOp: alignedTo(4096, counts),
    byBoundary: BOUNDARIES.map((boundaryBytes) => ({ boundaryBytes, byOp: alignedTo(boundaryBytes, counts) })),
  }),
});
