import { hashOf } from "./pageTable.ts";

const PLACES = 4096;

/** For few numbers: at the place of each by its hash, how many of them are there. Says for certain that a number is absent. */
export type Presence = Uint8Array;

export function startPresence(): Presence {
  return new Uint8Array(PLACES);
}

export function mayHold(presence: Presence, value: number): boolean {
  return presence[hashOf(value) & (PLACES - 1)]! > 0;
}

export function addPresent(presence: Presence, value: number): void {
  presence[hashOf(value) & (PLACES - 1)]!++;
}

export function removePresent(presence: Presence, value: number): void {
  presence[hashOf(value) & (PLACES - 1)]!--;
}
