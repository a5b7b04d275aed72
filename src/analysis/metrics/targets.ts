import { type Static, Type } from "typebox";
import { STRUCTURE_KINDS } from "../../model/layout.ts";
import { isAligned } from "../../model/units.ts";
import { defineMetric, type View } from "../metric.ts";
import { ByOp, Count, KindName, Optionally } from "../schemas.ts";
import { placementOf } from "../shared.ts";
import type { Placement } from "../targets/placement.ts";
import { type Amount, Tally } from "../targets/tally.ts";
import { touched } from "../targets/touched.ts";

const Amounts = ByOp(
  Type.Object({
    count: Count,
    /** Those that lie there. */
    bytes: Count,
    /** Of `count`, those that are not aligned to 4 KiB. */
    unaligned: Count,
  }),
);

/** What the data requests touched, by the names of a layout. A request counts once for each structure that it touches. */
export const Targets = Type.Object({
  /** The 500 that most requests touched, the most touched first. */
  structures: Type.Array(
    Type.Object({
      name: Type.String(),
      kind: KindName,
      /** What holds it, from the inside out: "ext4 on sda1"; null: the device itself. */
      within: Type.Union([Type.String(), Type.Null()]),
      byOp: Amounts,
    }),
  ),
  /** Of those that were touched beside these. */
  otherStructures: Count,
  /** A request counts once for each kind. */
  byKind: Optionally(STRUCTURE_KINDS, Amounts),
  /** Bytes in no structure. */
  elsewhere: Amounts,
});
export type Targets = Static<typeof Targets>;

const MOST_STRUCTURES = 500;
const BOUNDARY_BYTES = 4096;
const ELSEWHERE = STRUCTURE_KINDS.length;

interface State {
  readonly placement: Placement;
  /** By structure, the position of its kind. */
  readonly kindOf: Uint8Array;
  readonly byStructure: Tally;
  /** Positions of kinds, and ELSEWHERE. */
  readonly byKind: Tally;
}

export const targets = defineMetric({
  id: "targets",
  schema: Targets,
  weight: "light",
  needs: ["layout"],
  start: (shared) => startTargets(placementOf(shared)),
  add,
  finish: (state: State): Targets => {
    const { structures } = state.placement;
    const all = state.byStructure.things.map((thing) => ({ thing, byOp: state.byStructure.of(thing) }));
    const listed = all.sort((a, b) => countOf(b.byOp) - countOf(a.byOp) || a.thing - b.thing).slice(0, MOST_STRUCTURES);
    const kinds = state.byKind.things.filter((kind) => kind !== ELSEWHERE);
    return {
      structures: listed.map(({ thing, byOp }) => ({ ...structures[thing]!, byOp })),
      otherStructures: all.length - listed.length,
      byKind: Object.fromEntries(kinds.map((kind) => [STRUCTURE_KINDS[kind]!, state.byKind.of(kind)])),
      elsewhere: state.byKind.of(ELSEWHERE),
    };
  },
});

function startTargets(placement: Placement): State {
  const kindOf = Uint8Array.from(placement.structures, ({ kind }) => STRUCTURE_KINDS.indexOf(kind));
  return { placement, kindOf, byStructure: new Tally(), byKind: new Tally() };
}

function add({ placement, kindOf, byStructure, byKind }: State, { requests, rows, rowCount }: View): void {
  const { op, device, offsetBytes, lengthBytes, firstRow } = requests;
  for (let k = 0; k < rowCount; k++) {
    const i = rows[k]!;
    const length = lengthBytes[i]!;
    if (length === 0) continue;
    const row = firstRow + i;
    const code = op[i]!;
    const unaligned = !isAligned(offsetBytes[i]!, length, BOUNDARY_BYTES);
    const unnamed = touched(placement, device[i]!, offsetBytes[i]!, length, (structure, bytes) => {
      byStructure.add(structure, code, row, bytes, unaligned);
      byKind.add(kindOf[structure]!, code, row, bytes, unaligned);
    });
    if (unnamed > 0) byKind.add(ELSEWHERE, code, row, unnamed, unaligned);
  }
}

function countOf(amounts: { readonly [op: string]: Amount }): number {
  return Object.values(amounts).reduce((sum, { count }) => sum + count, 0);
}
