const NOT_MET = 0;

/** The first indexes met, up to `most` (below 255), each with a place of its own; those met later share the place `most`. */
export interface Places {
  readonly met: number[];
  readonly most: number;
  /** By index: its place + 1. */
  placeOf: Uint8Array;
}

export function startPlaces(most: number): Places {
  return { met: [], most, placeOf: new Uint8Array(16) };
}

/** The place of an index into a table. */
export function placeIn(places: Places, index: number): number {
  const { placeOf } = places;
  const known = index < placeOf.length ? placeOf[index]! : NOT_MET;
  return known === NOT_MET ? meet(places, index) : known - 1;
}

function meet(places: Places, index: number): number {
  const { met, most } = places;
  const place = met.length;
  if (place < most) met.push(index);
  if (index >= places.placeOf.length) makeRoom(places, index);
  places.placeOf[index] = place + 1;
  return place;
}

function makeRoom(places: Places, index: number): void {
  const larger = new Uint8Array(2 ** Math.ceil(Math.log2(index + 1)));
  larger.set(places.placeOf);
  places.placeOf = larger;
}
