import { LARGEST_EXACT } from "../../model/units.ts";

/** A request's place that doubles cannot hold exactly. Whoever reads the event adds where it stands. */
export class InexactRange extends Error {}

/** Whether offset and length are those of a request. Hot. */
export function isRange(offsetBytes: number, lengthBytes: number): boolean {
  if (!(offsetBytes >= 0 && lengthBytes >= 0)) return false;
  if (offsetBytes + lengthBytes > LARGEST_EXACT) throw new InexactRange();
  return true;
}
