import type { Op } from "../model/ops.ts";
import { isAligned, SECTOR_BYTES } from "../model/units.ts";
import { type ComparedRequest, requestsOf } from "./sequence/requests.ts";
import type { Side } from "./side.ts";

/** Sectors in which such requests lie. */
export interface Place {
  readonly firstSector: number;
  readonly lastSector: number;
  readonly requests: number;
}

const BOUNDARY_BYTES = 4096;
/** Requests nearer to each other than this are one place. */
const NEAR_SECTORS = 2048;
const MOST_PLACES = 3;

/** Where a side's unaligned requests of an op lie, most first; null where the Summary does not hold its requests. */
export function unalignedPlaces(side: Side, op: Op): readonly Place[] | null {
  const unaligned = requestsOf(side)?.filter(
    (request) =>
      request.op === op &&
      request.lengthBytes > 0 &&
      !isAligned(request.offsetBytes, request.lengthBytes, BOUNDARY_BYTES),
  );
  if (unaligned === undefined) return null;
  return merged(unaligned.map(placeOf).sort((a, b) => a.firstSector - b.firstSector))
    .sort((a, b) => b.requests - a.requests || a.firstSector - b.firstSector)
    .slice(0, MOST_PLACES);
}

function placeOf({ offsetBytes, lengthBytes }: ComparedRequest): Place {
  const firstSector = Math.floor(offsetBytes / SECTOR_BYTES);
  const lastSector = Math.ceil((offsetBytes + lengthBytes) / SECTOR_BYTES) - 1;
  return { firstSector, lastSector, requests: 1 };
}

function merged(ascending: readonly Place[]): Place[] {
  const places: Place[] = [];
  for (const place of ascending) {
    const last = places.at(-1);
    if (last === undefined || place.firstSector > last.lastSector + NEAR_SECTORS) places.push(place);
    else
      places[places.length - 1] = {
        firstSector: last.firstSector,
        lastSector: Math.max(last.lastSector, place.lastSector),
        requests: last.requests + place.requests,
      };
  }
  return places;
}
