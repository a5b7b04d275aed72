import type { Extent, Structure, StructureKind } from "../model/layout.ts";

/** A structure with those that lie in it, all at addresses of the same volume. */
export interface Piece {
  readonly name: string;
  readonly kind: StructureKind;
  readonly extents: readonly Extent[];
  readonly inner: readonly Piece[];
}

export function piece(
  name: string,
  kind: StructureKind,
  extents: readonly Extent[],
  inner: readonly Piece[] = [],
): Piece {
  return { name, kind, extents, inner };
}

/** Where a stretch of a volume lies on what holds the volume; what lies elsewhere is left out. */
export type AddressMap = (extent: Extent) => readonly Extent[];

export function shifted(byBytes: number): AddressMap {
  return ([from, length]) => [[from + byBytes, length]];
}

/** A stretch of a volume and where it begins on what holds it. */
export interface Segment {
  readonly from: number;
  readonly bytes: number;
  readonly to: number;
}

export function segmented(segments: readonly Segment[]): AddressMap {
  return ([from, length]) =>
    segments.flatMap((segment): Extent[] => {
      const start = Math.max(from, segment.from);
      const end = Math.min(from + length, segment.from + segment.bytes);
      return start < end ? [[start - segment.from + segment.to, end - start]] : [];
    });
}

/** The pieces at the addresses of what holds their volume. */
export function moved(pieces: readonly Piece[], map: AddressMap): Piece[] {
  return pieces.flatMap(({ name, kind, extents, inner }) => {
    const there = joined(extents.flatMap(map));
    return there.length === 0 ? [] : [piece(name, kind, there, moved(inner, map))];
  });
}

/** The same stretches, those that continue each other as one. */
export function joined(extents: readonly Extent[]): Extent[] {
  const result: [number, number][] = [];
  for (const [from, length] of extents) {
    const last = result.at(-1);
    if (length <= 0) continue;
    if (last !== undefined && last[0] + last[1] === from) last[1] += length;
    else result.push([from, length]);
  }
  return result;
}

/** The pieces as a list in which each says what holds it. */
export function flattened(pieces: readonly Piece[]): Structure[] {
  const structures: Structure[] = [];
  const add = (within: number | null) => (one: Piece) => {
    const at = structures.length;
    structures.push({ name: one.name, kind: one.kind, within, extents: one.extents });
    one.inner.forEach(add(at));
  };
  pieces.forEach(add(null));
  return structures;
}
