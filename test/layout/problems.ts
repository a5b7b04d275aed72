import type { Extent, Layout, Structure, StructureKind } from "../../src/model/layout.ts";

/** Kinds in which others lie that are told beside them: chunks of btrfs, the clusters of a FAT. */
const HOLD_OTHERS = new Set<StructureKind>(["allocation"]);

/** What cannot be: structures outside of what holds them, or upon each other. */
export function problemsOf({ devices }: Layout): string[] {
  return devices.flatMap(({ device, bytes, structures }) => {
    const outside = structures.filter(({ within, extents }) => {
      const holder: readonly Extent[] =
        within === null ? [[0, bytes ?? Number.MAX_SAFE_INTEGER]] : structures[within]!.extents;
      return extents.some((extent) => !isCovered(extent, holder));
    });
    return [
      ...outside.map(({ name }) => `${device}: ${name} lies outside of what holds it`),
      ...overlaps(structures).map(([a, b]) => `${device}: ${a.name} and ${b.name} overlap`),
    ];
  });
}

function isCovered([from, length]: Extent, holder: readonly Extent[]): boolean {
  let at = from;
  const end = from + length;
  for (const [start, bytes] of [...holder].sort((a, b) => a[0] - b[0]))
    if (start <= at) at = Math.max(at, start + bytes);
  return at >= end;
}

function overlaps(structures: readonly Structure[]): [Structure, Structure][] {
  const found: [Structure, Structure][] = [];
  const holders = new Set(structures.map(({ within }) => within));
  for (const holder of holders) {
    const own = structures
      .filter(({ within, kind, name }) => within === holder && !(HOLD_OTHERS.has(kind) && /chunk|clusters/.test(name)))
      .flatMap((structure) => structure.extents.map(([from, length]) => ({ structure, from, end: from + length })))
      .sort((a, b) => a.from - b.from);
    for (const [i, { structure, from }] of own.entries()) {
      const before = own[i - 1];
      if (before !== undefined && before.end > from) found.push([before.structure, structure]);
    }
  }
  return found;
}
