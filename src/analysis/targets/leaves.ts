import type { Structure } from "../../model/layout.ts";

/** A device's structures as stretches that do not overlap, in order: each has the innermost structure that lies there. */
export interface Leaves {
  readonly fromBytes: Float64Array;
  readonly toBytes: Float64Array;
  /** Positions in the list of structures. */
  readonly structure: Uint32Array;
}

/** Between two neighbouring ends of extents everything belongs to one structure: the last in the list that covers it. */
export function leavesOf(structures: readonly Structure[]): Leaves {
  const edges = edgesOf(structures);
  const owner = ownersBetween(edges, structures);
  const starts: number[] = [];
  for (let i = 0; i < owner.length; i++) if (owner[i] !== 0 && (i === 0 || owner[i] !== owner[i - 1])) starts.push(i);
  const ends = starts.map((i) => {
    let end = i + 1;
    while (owner[end] === owner[i]) end++;
    return end;
  });
  return {
    fromBytes: Float64Array.from(starts, (i) => edges[i]!),
    toBytes: Float64Array.from(ends, (i) => edges[i]!),
    structure: Uint32Array.from(starts, (i) => owner[i]! - 1),
  };
}

/** Where extents begin and end, ascending, each once. */
function edgesOf(structures: readonly Structure[]): Float64Array {
  const all = structures.flatMap(({ extents }) => extents.flatMap(([from, length]) => [from, from + length]));
  return Float64Array.from(new Set(all)).sort();
}

/** For each stretch between neighbouring edges its structure's position and 1; 0 where there is none. */
function ownersBetween(edges: Float64Array, structures: readonly Structure[]): Uint32Array {
  const owner = new Uint32Array(edges.length);
  const nextFree = Uint32Array.from({ length: edges.length + 1 }, (_, i) => i);
  const place = new Map(Array.from(edges, (edge, i) => [edge, i]));
  for (let s = structures.length - 1; s >= 0; s--)
    for (const [from, length] of structures[s]!.extents) {
      const end = place.get(from + length)!;
      for (let i = freeFrom(nextFree, place.get(from)!); i < end; i = freeFrom(nextFree, i)) {
        owner[i] = s + 1;
        nextFree[i] = i + 1;
      }
    }
  return owner;
}

/** The first stretch from `i` on that nobody owns; the way there becomes shorter for the next. */
function freeFrom(nextFree: Uint32Array, i: number): number {
  let free = i;
  while (nextFree[free] !== free) free = nextFree[free]!;
  for (let at = i; at !== free; ) {
    const next = nextFree[at]!;
    nextFree[at] = free;
    at = next;
  }
  return free;
}

/** The first leaf that ends after a place; as many as there are where none does. */
export function firstLeafAfter({ toBytes }: Leaves, atBytes: number): number {
  let low = 0;
  let high = toBytes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (toBytes[middle]! > atBytes) high = middle;
    else low = middle + 1;
  }
  return low;
}
