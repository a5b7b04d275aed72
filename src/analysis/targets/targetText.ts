import { isContainer } from "../../model/layout.ts";
import { listed } from "../../model/quantities.ts";
import { touchedName } from "../../model/structureWords.ts";
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
  const exact = new Set<string>();
  const elsewhere = new Set<string>();
  touched(placement, device, offsetBytes, lengthBytes, (position) => {
    const structure = placement.structures[position]!;
    (isContainer(structure.kind) ? elsewhere : exact).add(touchedName(structure));
  });
  const names = [...exact, ...elsewhere];
  if (names.length === 0) return null;
  const shown = names.slice(0, MOST_NAMES);
  return listed(names.length > MOST_NAMES ? [...shown, `${names.length - MOST_NAMES} more`] : shown);
}
