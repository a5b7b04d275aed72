import type { FigureChange } from "../../compare/diff.ts";
import type { Place } from "../../compare/places.ts";
import { countText, listed } from "../../model/quantities.ts";

/** "in A in sectors 63–1 023 (20) and 16 384–16 447 (2)"; null where it is not known. */
export function placeWords({ where }: FigureChange): string | null {
  const sides = [sideWords("A", where?.a ?? null), sideWords("B", where?.b ?? null)].filter((side) => side !== null);
  return sides.length === 0 ? null : sides.join("; ");
}

function sideWords(side: string, places: readonly Place[] | null): string | null {
  if (places === null || places.length === 0) return null;
  return `in ${side} in sectors ${listed(places.map(placeWord))}`;
}

function placeWord({ firstSector, lastSector, requests }: Place): string {
  return `${countText(firstSector)}–${countText(lastSector)} (${countText(requests)})`;
}
