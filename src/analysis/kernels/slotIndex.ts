import { scattered } from "./scatter.ts";

const PLACE_BITS = 12;
const SHIFT = 32 - PLACE_BITS;
const NOWHERE = 2 ** PLACE_BITS;

/** What holderAt says beside the slot: that there is none, or that one has to be searched for. */
export const NOBODY = -1;
export const SEVERAL = -2;

/** Finds which of a few slots (at most 128) holds a number, nearly always without a search. */
export interface SlotIndex {
  /** By place of a number: how many slots hold a number of that place, and the last one that was told to. */
  readonly holders: Uint8Array;
  readonly likely: Uint8Array;
  /** By slot: the place of its number. */
  readonly placeOf: Uint16Array;
}

export function startSlotIndex(slots: number): SlotIndex {
  return {
    holders: new Uint8Array(2 ** PLACE_BITS),
    likely: new Uint8Array(2 ** PLACE_BITS),
    placeOf: new Uint16Array(slots).fill(NOWHERE),
  };
}

/** Where a number is entered. */
export function indexPlace(value: number): number {
  return scattered(value) >>> SHIFT;
}

/** The only slot that holds a number of a place; NOBODY; or SEVERAL, where that is not known. */
export function holderAt({ holders, likely, placeOf }: SlotIndex, place: number): number {
  const count = holders[place]!;
  if (count === 0) return NOBODY;
  const slot = likely[place]!;
  return count === 1 && placeOf[slot] === place ? slot : SEVERAL;
}

/** A slot takes a number of a place; it holds none before. */
export function enterSlot({ holders, likely, placeOf }: SlotIndex, slot: number, place: number): void {
  holders[place]!++;
  likely[place] = slot;
  placeOf[slot] = place;
}

/** A slot's number goes. */
export function leaveSlot({ holders, placeOf }: SlotIndex, slot: number): void {
  holders[placeOf[slot]!]!--;
  placeOf[slot] = NOWHERE;
}
