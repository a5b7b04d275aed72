import { everything, type Part, push } from "./part.ts";
import { edgesUpTo, type Segments } from "./segments.ts";

interface Batch {
  readonly device: Uint16Array;
  readonly length: number;
}

/** Gives every row to the part of its device, where it has one. */
export function divideByDevice({ device, length }: Batch, partOf: readonly (Part | undefined)[]): void {
  for (let i = 0; i < length; i++) {
    const part = partOf[device[i]!];
    if (part !== undefined) push(part, i);
  }
}

/** The rows of the devices that are not stacked on others of this trace. */
export function lowestLayer({ device, length }: Batch, stacked: Uint8Array | null, reuse: Part): Part {
  if (stacked === null) return everything(length);
  reuse.count = 0;
  for (let i = 0; i < length; i++) if (stacked[device[i]!] === 0) push(reuse, i);
  return reuse;
}

/** Gives the chosen rows to the takers of the segments in which their places (rows or times) lie. */
export function divideBySpan(places: Float64Array, { index, count }: Part, { edges, takers }: Segments<Part>): void {
  let from = Number.NaN;
  let until = Number.NaN;
  let parts: readonly Part[] = [];
  for (let k = 0; k < count; k++) {
    const position = index[k]!;
    const place = places[position]!;
    if (!(place >= from && place < until)) {
      const segment = edgesUpTo(edges, place);
      from = segment === 0 ? Number.NEGATIVE_INFINITY : edges[segment - 1]!;
      until = segment === edges.length ? Number.POSITIVE_INFINITY : edges[segment]!;
      parts = takers[segment]!;
    }
    for (let t = 0; t < parts.length; t++) push(parts[t]!, position);
  }
}
