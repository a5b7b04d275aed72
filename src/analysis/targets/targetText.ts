import { listed } from "../../model/quantities.ts";
import type { Placement } from "./placement.ts";
import { touched } from "./touched.ts";

const MOST_NAMES = 3;

/** What a request touches, in words: "journal", "/hello and inode table, group 0"; null: nothing that has a name. */
export function targetText(
  placement: Placement,
  device: number,
  offsetBytes: number,
  lengthBytes: number,
): string | null {
  const names = new Set<string>();
  touched(placement, device, offsetBytes, lengthBytes, (structure) => names.add(placement.structures[structure]!.name));
  if (names.size === 0) return null;
  const shown = [...names].slice(0, MOST_NAMES);
  return listed(names.size > MOST_NAMES ? [...shown, `${names.size - MOST_NAMES} more`] : shown);
}
