import { type Static, Type } from "typebox";
import { defineMetric } from "../metric.ts";
import { ByOp, Count } from "../schemas.ts";

const Aligned = ByOp(Type.Object({ aligned: Count, unaligned: Count }));

/** A data request is aligned to a boundary when offset and length are both multiples of it. */
export const Alignment = Type.Object({
  boundaryBytes: Type.Literal(4096),
  byOp: Aligned,
  /** Twelve boundaries, 512 B to 1 MiB, each double the one before. */
  byBoundary: Type.Array(Type.Object({ boundaryBytes: Count, byOp: Aligned })),
});
export type Alignment = Static<typeof Alignment>;

export const alignment = defineMetric({
  id: "alignment",
  schema: Alignment,
  weight: "light",
  needs: [],
  start: () => ({}),
  add: () => {},
  finish: (): Alignment => {
    throw new Error("not written yet");
  },
});
